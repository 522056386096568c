import { ProtocolError } from '@/lib/bytes';

/** Why a certificate or its chain is refused; stable. */
export type X509ErrorCode =
  /** Octets that are no certificate. */
  | 'X509_MALFORMED'
  /** Of another version, or with a critical extension that nobody here knows. */
  | 'X509_UNSUPPORTED'
  /** Past its time, or before it. */
  | 'X509_EXPIRED'
  /** A signature in the chain that does not hold, or by a hash that proves nothing. */
  | 'X509_SIGNATURE_WRONG'
  /** For another host. */
  | 'X509_HOST_WRONG'
  /** For another purpose, or by an authority that may not say this. */
  | 'X509_NOT_PERMITTED'
  /** No path to a trust anchor. */
  | 'X509_CA_UNKNOWN';

/** What RFC 5280 and RFC 9525 do not allow. `offset` is the certificate's place in the chain, the owner's is 0. */
export class X509Error extends ProtocolError<X509ErrorCode> {
  override readonly name = 'X509Error';

  constructor(code: X509ErrorCode, offset: number, seen: string, expected: string) {
    super(code, offset, seen, expected, `certificate ${offset}`);
  }
}
