import type { ClientCertificate } from './client-options';
import { encodeHandshake } from './encode-handshake';
import { TlsError } from './errors';
import type { CertificateRequest } from './handshake';
import { findExtension } from './server-hello';

/**
 * The scheme to answer a CertificateRequest with: the first of ours that the server takes; undefined where we have nothing
 * that it takes (RFC 8446 §4.3.2, §4.4.2.3). Inside of a handshake a request has no context.
 * @throws TlsError TLS_EXTENSION_MISSING: the request must name schemes; TLS_ILLEGAL_PARAMETER
 */
export function schemeFor(
  { context, extensions }: CertificateRequest,
  certificate: ClientCertificate | undefined,
): number | undefined {
  if (context.length > 0)
    throw new TlsError('TLS_ILLEGAL_PARAMETER', 4, `a context of ${context.length} octets`, 'none');
  const taken = findExtension(extensions, 'signature_algorithms')?.schemes;
  if (!taken)
    throw new TlsError('TLS_EXTENSION_MISSING', 0, 'no signature_algorithms', 'the schemes that it takes');
  return certificate?.schemes.find((scheme) => taken.includes(scheme));
}

/** Certificate: the chain, or an empty list where there is nothing to show (RFC 8446 §4.4.2). */
export function encodeClientCertificate(chain: readonly Uint8Array[]): Uint8Array {
  const entries = chain.map((certificate) => ({ certificate, extensions: [] }));
  return encodeHandshake({ type: 'certificate', context: new Uint8Array(), entries });
}
