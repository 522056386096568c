import { joinOctets } from '@/lib/bytes';
import { TlsError } from './errors';
import { opaque } from './presentation';

/** The hash functions that HMAC is used with here. */
export type HmacHash = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

const OCTETS = { 'SHA-1': 20, 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 } as const;

/** HMAC (RFC 2104). WebCrypto takes no empty key; one of zeros means the same. */
export async function hmac(hash: HmacHash, key: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
  const material = key.length > 0 ? key : new Uint8Array(OCTETS[hash]);
  const algorithm = { name: 'HMAC', hash };
  const imported = await crypto.subtle.importKey('raw', material.slice(), algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, data.slice()));
}

/** The hash of some octets, by WebCrypto. */
export async function digest(hash: HmacHash, data: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest(hash, data.slice()));
}

/** HKDF-Extract (RFC 5869 §2.2): a key of the hash's length from whatever is secret in `ikm`. */
export function hkdfExtract(hash: HmacHash, salt: Uint8Array, ikm: Uint8Array): Promise<Uint8Array> {
  return hmac(hash, salt, ikm);
}

/**
 * HKDF-Expand (RFC 5869 §2.3): `octets` octets from the key `prk`, 255 hashes at most.
 * @throws TlsError TLS_FIELD_OUT_OF_RANGE
 */
export async function hkdfExpand(
  hash: HmacHash,
  prk: Uint8Array,
  info: Uint8Array,
  octets: number,
): Promise<Uint8Array> {
  const most = 255 * OCTETS[hash];
  if (octets > most)
    throw new TlsError('TLS_FIELD_OUT_OF_RANGE', 0, `${octets} octets`, `at most ${most}, 255 hashes`);
  let block: Uint8Array = new Uint8Array();
  let output: Uint8Array = new Uint8Array();
  for (let counter = 1; output.length < octets; counter++) {
    block = await hmac(hash, prk, joinOctets([block, info, Uint8Array.of(counter)]));
    output = joinOctets([output, block]);
  }
  return output.slice(0, octets);
}

/** HkdfLabel (RFC 8446 §7.1): what HKDF-Expand-Label expands with. */
export function hkdfLabel(label: string, context: Uint8Array, octets: number, prefix = 'tls13 '): Uint8Array {
  const name = new TextEncoder().encode(prefix + label);
  return joinOctets([Uint8Array.of(octets >> 8, octets & 0xff), opaque(1, name), opaque(1, context)]);
}

/** HKDF-Expand-Label (RFC 8446 §7.1). `prefix` is "dtls13" in DTLS 1.3 (RFC 9147 §5.9). */
export function hkdfExpandLabel(
  hash: HmacHash,
  secret: Uint8Array,
  label: string,
  context: Uint8Array,
  octets: number,
  prefix?: string,
): Promise<Uint8Array> {
  return hkdfExpand(hash, secret, hkdfLabel(label, context, octets, prefix), octets);
}
