import { joinOctets } from '@/lib/bytes';
import { numberOctets, xorAt } from './octets';

/** Blocks are counted in the last 16 bits, which every IV leaves at zero. */
const COUNTER_BITS = 16;

/** AES in counter mode: the same for encryption and decryption (RFC 3711 §4.1.1). `iv` has 16 octets. */
export async function aesCm(key: CryptoKey, iv: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
  const algorithm = { name: 'AES-CTR', counter: iv.slice(), length: COUNTER_BITS };
  return new Uint8Array(await crypto.subtle.encrypt(algorithm, key, data.slice()));
}

/** A key of AES for counter mode, 16 or 32 octets. */
export function importCounterKey(key: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', key.slice(), 'AES-CTR', false, ['encrypt']);
}

/**
 * IV = (k_s * 2^16) XOR (SSRC * 2^64) XOR (i * 2^16) (RFC 3711 §4.1.1): the salt of 14 octets, the SSRC below it from octet
 * 4, the packet's index from octet 8, and the two octets in which blocks are counted.
 */
export function counterModeIv(salt: Uint8Array, ssrc: number, index: number): Uint8Array {
  const both = joinOctets([numberOctets(ssrc, 4), numberOctets(index, 6)]);
  return xorAt(joinOctets([salt, new Uint8Array(2)]), both, 4);
}
