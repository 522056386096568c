import {
  type CertificateRefusal,
  TlsError,
  type TlsClientOptions,
  verifySignature,
} from '@/lib/protocols/tls';
import { X509Error, type X509ErrorCode } from './errors';
import { type ChainExpectations, verifyChain } from './verify-chain';

/** What each refusal is to a TLS client; it chooses the alert by that (RFC 8446 §6.2). */
const REFUSALS: Readonly<Record<X509ErrorCode, CertificateRefusal['code']>> = {
  X509_MALFORMED: 'TLS_CERTIFICATE_MALFORMED',
  X509_UNSUPPORTED: 'TLS_CERTIFICATE_UNSUPPORTED',
  X509_EXPIRED: 'TLS_CERTIFICATE_EXPIRED',
  X509_SIGNATURE_WRONG: 'TLS_CERTIFICATE_SIGNATURE_WRONG',
  X509_HOST_WRONG: 'TLS_CERTIFICATE_HOST_WRONG',
  X509_NOT_PERMITTED: 'TLS_CERTIFICATE_NOT_PERMITTED',
  X509_CA_UNKNOWN: 'TLS_CERTIFICATE_CA_UNKNOWN',
};

/**
 * `verifyCertificate` for a `TlsClient`: the chain as `verifyChain` has it, then the signature of CertificateVerify by the
 * key of its first certificate (RFC 8446 §4.4.3).
 */
export function createCertificateVerifier(
  expectations: ChainExpectations,
): TlsClientOptions['verifyCertificate'] {
  return async ({ chain, scheme, signature, signed }) => {
    try {
      const certificates = chain.map(({ certificate }) => certificate);
      const { subjectPublicKeyInfo } = await verifyChain(certificates, expectations);
      if (await verifySignature(scheme, subjectPublicKeyInfo, signature, signed)) return true;
      return {
        code: 'TLS_CERTIFICATE_VERIFY_WRONG',
        seen: 'another signature',
        expected: 'one by the key of the certificate over this handshake',
      };
    } catch (error) {
      if (error instanceof X509Error)
        return { code: REFUSALS[error.code], seen: error.seen, expected: error.expected };
      if (error instanceof TlsError && error.code === 'TLS_ILLEGAL_PARAMETER')
        return { code: error.code, seen: error.seen, expected: error.expected };
      throw error;
    }
  };
}
