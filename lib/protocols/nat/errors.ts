import { ProtocolError } from '@/lib/bytes';

/** What was asked of a NAT that cannot be; stable. */
export type NatErrorCode = 'NAT_OPTION_INVALID' | 'NAT_PACKET_NOT_UDP';

/** A NAT was made of impossible options, or given octets that it does not translate. */
export class NatError extends ProtocolError<NatErrorCode> {
  override readonly name = 'NatError';
  constructor(code: NatErrorCode, seen: string, expected: string, offset = 0) {
    super(code, offset, seen, expected);
  }
}
