import type { CertificateClaim, TlsClientOptions } from './client-options';
import { TlsError } from './errors';
import type { CertificateMessage, ClientHello } from './handshake';
import { EXTENSION_TYPES, nameIn, SIGNATURE_SCHEMES } from './registry';
import { checkExtensions, findExtension } from './server-hello';

const { status_request, signed_certificate_timestamp } = EXTENSION_TYPES;

/**
 * A server shows at least one certificate, and outside of a request its context is empty (RFC 8446 §4.4.2, §4.4.2.4).
 * @throws TlsError TLS_LENGTH_WRONG, TLS_ILLEGAL_PARAMETER, TLS_EXTENSION_UNSOLICITED
 */
export function checkServerCertificate({ context, entries }: CertificateMessage, hello: ClientHello): void {
  if (context.length > 0)
    throw new TlsError('TLS_ILLEGAL_PARAMETER', 4, `a context of ${context.length} octets`, 'none');
  if (entries.length === 0) throw new TlsError('TLS_LENGTH_WRONG', 5, 'no certificate', 'at least one');
  for (const { extensions } of entries)
    checkExtensions(extensions, hello, [status_request, signed_certificate_timestamp]);
}

/**
 * Asks the caller about the chain and the signature of CertificateVerify (RFC 8446 §4.4.3).
 * @throws TlsError TLS_ILLEGAL_PARAMETER: a scheme that we did not offer; TLS_CERTIFICATE_REFUSED or what the caller says
 */
export async function verifyServer(
  claim: CertificateClaim,
  hello: ClientHello,
  verify: TlsClientOptions['verifyCertificate'],
): Promise<void> {
  const { scheme, chain, signature, signed } = claim;
  if (!findExtension(hello.extensions, 'signature_algorithms')?.schemes.includes(scheme))
    throw new TlsError(
      'TLS_ILLEGAL_PARAMETER',
      4,
      nameIn(SIGNATURE_SCHEMES, scheme),
      'a scheme that we offered',
    );
  const verdict = await verify({ scheme, chain, signature, signed });
  if (verdict === true) return;
  const { code, seen, expected } = verdict || {
    code: 'TLS_CERTIFICATE_REFUSED' as const,
    seen: 'a certificate that was refused',
    expected: 'one to trust',
  };
  throw new TlsError(code, 0, seen, expected);
}
