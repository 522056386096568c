import { toHex, isSameOctets } from '@/lib/bytes';
import { DtlsError } from './errors';

/** The value of SDP's a=fingerprint (RFC 8122 §5): a hash of the certificate that the handshake will show. */
export type Fingerprint = { /** In lower case, as in the registry. */ hash: string; digest: Uint8Array };

/** Hash functions by their names in SDP (RFC 8122 §5), as WebCrypto names them; undefined: it does not have them. */
const HASHES: Readonly<Record<string, { webCrypto: string | undefined; octets: number }>> = {
  'sha-1': { webCrypto: 'SHA-1', octets: 20 },
  'sha-224': { webCrypto: undefined, octets: 28 },
  'sha-256': { webCrypto: 'SHA-256', octets: 32 },
  'sha-384': { webCrypto: 'SHA-384', octets: 48 },
  'sha-512': { webCrypto: 'SHA-512', octets: 64 },
  md5: { webCrypto: undefined, octets: 16 },
  md2: { webCrypto: undefined, octets: 16 },
};

/** The fingerprint of a certificate in DER (RFC 8122 §5). @throws DtlsError DTLS_HASH_UNSUPPORTED */
export async function fingerprintOf(certificate: Uint8Array, hash = 'sha-256'): Promise<Fingerprint> {
  const name = HASHES[hash.toLowerCase()]?.webCrypto;
  if (name === undefined)
    throw new DtlsError('DTLS_HASH_UNSUPPORTED', 0, hash, 'sha-1, sha-256, sha-384 or sha-512');
  return {
    hash: hash.toLowerCase(),
    digest: new Uint8Array(await crypto.subtle.digest(name, certificate.slice())),
  };
}

/** The attribute's value: hash, space, octets in upper-case hexadecimal with colons (RFC 8122 §5). */
export function writeFingerprint({ hash, digest }: Fingerprint): string {
  return `${hash} ${toHex(digest, ':').toUpperCase()}`;
}

/**
 * An attribute's value, in either case. `offset` of an error counts characters.
 * @throws DtlsError DTLS_FINGERPRINT_MALFORMED
 */
export function parseFingerprint(value: string): Fingerprint {
  const space = value.indexOf(' ');
  const hash = value.slice(0, Math.max(space, 0)).toLowerCase();
  const digits = value.slice(space + 1);
  const octets = Object.hasOwn(HASHES, hash) ? HASHES[hash]!.octets : undefined;
  if (octets === undefined)
    throw new DtlsError(
      'DTLS_FINGERPRINT_MALFORMED',
      0,
      JSON.stringify(value.slice(0, 20)),
      'a hash function, a space',
    );
  if (digits.length !== octets * 3 - 1 || !/^[0-9a-f]{2}(:[0-9a-f]{2})*$/i.test(digits))
    throw new DtlsError(
      'DTLS_FINGERPRINT_MALFORMED',
      space + 1,
      JSON.stringify(digits.slice(0, 20)),
      `${octets} octets in hexadecimal with colons`,
    );
  return { hash, digest: Uint8Array.from(digits.split(':'), (pair) => Number.parseInt(pair, 16)) };
}

/** Whether a certificate is the one that was promised (RFC 8122 §6.2): this, and no authority, is what WebRTC trusts. */
export async function isCertificateOf(fingerprint: Fingerprint, certificate: Uint8Array): Promise<boolean> {
  const { digest } = await fingerprintOf(certificate, fingerprint.hash);
  return isSameOctets(digest, fingerprint.digest);
}
