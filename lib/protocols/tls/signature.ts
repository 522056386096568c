import { joinOctets } from '@/lib/bytes';
import { decodeEcdsaSignature, encodeEcdsaSignature } from './ecdsa-signature';
import { TlsError } from './errors';
import { nameIn, SIGNATURE_SCHEMES } from './registry';

type Algorithm = {
  /** What a key is imported with. */
  key: { name: string; namedCurve?: string; hash?: string };
  /** What it signs with. */
  use: { name: string; hash?: string; saltLength?: number };
  /** Octets of each of the two numbers of an ECDSA signature. */
  scalarOctets?: number;
};

const ecdsa = (namedCurve: string, hash: string, scalarOctets: number): Algorithm => ({
  key: { name: 'ECDSA', namedCurve },
  use: { name: 'ECDSA', hash },
  scalarOctets,
});
const rsaPss = (hash: string, saltLength: number): Algorithm => ({
  key: { name: 'RSA-PSS', hash },
  use: { name: 'RSA-PSS', saltLength },
});

/** The schemes that may sign a handshake and that WebCrypto can do: PKCS #1 v1.5 is for certificates only (§4.2.3). */
const ALGORITHMS: Readonly<Record<number, Algorithm>> = {
  [SIGNATURE_SCHEMES.ecdsa_secp256r1_sha256]: ecdsa('P-256', 'SHA-256', 32),
  [SIGNATURE_SCHEMES.ecdsa_secp384r1_sha384]: ecdsa('P-384', 'SHA-384', 48),
  [SIGNATURE_SCHEMES.ecdsa_secp521r1_sha512]: ecdsa('P-521', 'SHA-512', 66),
  [SIGNATURE_SCHEMES.rsa_pss_rsae_sha256]: rsaPss('SHA-256', 32),
  [SIGNATURE_SCHEMES.rsa_pss_rsae_sha384]: rsaPss('SHA-384', 48),
  [SIGNATURE_SCHEMES.rsa_pss_rsae_sha512]: rsaPss('SHA-512', 64),
  [SIGNATURE_SCHEMES.ed25519]: { key: { name: 'Ed25519' }, use: { name: 'Ed25519' } },
};

/** What CertificateVerify signs: 64 spaces, who signs, a zero, and the hash of the messages so far (RFC 8446 §4.4.3). */
export function certificateVerifyInput(side: 'server' | 'client', transcriptHash: Uint8Array): Uint8Array {
  const context = new TextEncoder().encode(`TLS 1.3, ${side} CertificateVerify`);
  return joinOctets([new Uint8Array(64).fill(0x20), context, Uint8Array.of(0), transcriptHash]);
}

/**
 * Whether the key of `subjectPublicKeyInfo` (DER, as a certificate holds it: RFC 5280 §4.1) made `signature` over `signed`
 * by a scheme of RFC 8446 §4.2.3.
 * @throws TlsError TLS_ILLEGAL_PARAMETER: a scheme that signs no handshake, or none for this kind of key
 */
export async function verifySignature(
  scheme: number,
  subjectPublicKeyInfo: Uint8Array,
  signature: Uint8Array,
  signed: Uint8Array,
): Promise<boolean> {
  const { key, use, scalarOctets } = algorithmOf(scheme);
  const raw = scalarOctets === undefined ? signature : decodeEcdsaSignature(signature, scalarOctets);
  const imported = await crypto.subtle
    .importKey('spki', subjectPublicKeyInfo.slice(), key, false, ['verify'])
    .catch(() => {
      throw illegal('a key of another kind', `one for ${nameIn(SIGNATURE_SCHEMES, scheme)}`);
    });
  if (raw === undefined || isShorterThanModulus(raw, imported)) return false;
  return crypto.subtle.verify(use, imported, raw.slice(), signed.slice());
}

/** RFC 8017 §8.1.2, step 1, which Node leaves out: it takes a signature without its leading zeros for the same number. */
function isShorterThanModulus(signature: Uint8Array, { algorithm }: CryptoKey): boolean {
  return 'modulusLength' in algorithm && signature.length * 8 < Number(algorithm.modulusLength);
}

/**
 * A signature as CertificateVerify carries it (RFC 8446 §4.4.3), by a private key of WebCrypto that fits the scheme.
 * @throws TlsError TLS_ILLEGAL_PARAMETER: a scheme that signs no handshake
 */
export async function createSignature(
  scheme: number,
  privateKey: CryptoKey,
  signed: Uint8Array,
): Promise<Uint8Array> {
  const { use, scalarOctets } = algorithmOf(scheme);
  const raw = new Uint8Array(await crypto.subtle.sign(use, privateKey, signed.slice()));
  return scalarOctets === undefined ? raw : encodeEcdsaSignature(raw);
}

function algorithmOf(scheme: number): Algorithm {
  const algorithm = ALGORITHMS[scheme];
  if (algorithm) return algorithm;
  throw illegal(nameIn(SIGNATURE_SCHEMES, scheme), 'a scheme that signs handshakes');
}

const illegal = (seen: string, expected: string) => new TlsError('TLS_ILLEGAL_PARAMETER', 0, seen, expected);
