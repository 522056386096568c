import { joinOctets } from '@/lib/bytes';
import { chacha20 } from './chacha20';

const PRIME = (1n << 130n) - 5n;
/** Bits of the multiplier that are cleared (RFC 8439 §2.5). */
const CLAMP = 0x0ffffffc0ffffffc0ffffffc0fffffffn;
const TAG_OCTETS = 16;

function littleEndian(octets: Uint8Array): bigint {
  let value = 0n;
  for (let i = octets.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(octets[i]!);
  return value;
}

/** Poly1305 (RFC 8439 §2.5): a tag of 16 octets under a key that is used once. */
function poly1305(key: Uint8Array, message: Uint8Array): Uint8Array {
  const multiplier = littleEndian(key.subarray(0, 16)) & CLAMP;
  let sum = 0n;
  for (let at = 0; at < message.length; at += 16) {
    const block = message.subarray(at, at + 16);
    sum = ((sum + littleEndian(block) + (1n << BigInt(8 * block.length))) * multiplier) % PRIME;
  }
  const tag = sum + littleEndian(key.subarray(16));
  return Uint8Array.from({ length: TAG_OCTETS }, (_, i) => Number((tag >> BigInt(8 * i)) & 0xffn));
}

/** What the tag is over: additional data and ciphertext, each filled up to 16 octets, then both lengths (RFC 8439 §2.8). */
function tagOf(
  key: Uint8Array,
  nonce: Uint8Array,
  additional: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array {
  const onceKey = chacha20(key, 0, nonce, new Uint8Array(32));
  const filled = (octets: Uint8Array) => joinOctets([octets, new Uint8Array(-octets.length & 15)]);
  const lengths = new DataView(new ArrayBuffer(16));
  lengths.setBigUint64(0, BigInt(additional.length), true);
  lengths.setBigUint64(8, BigInt(ciphertext.length), true);
  return poly1305(
    onceKey,
    joinOctets([filled(additional), filled(ciphertext), new Uint8Array(lengths.buffer)]),
  );
}

/** Ciphertext and tag (RFC 8439 §2.8). It is written to be read, not to keep secrets: it takes no constant time. */
export function sealChacha20Poly1305(
  key: Uint8Array,
  nonce: Uint8Array,
  additional: Uint8Array,
  plaintext: Uint8Array,
): Uint8Array {
  const ciphertext = chacha20(key, 1, nonce, plaintext);
  return joinOctets([ciphertext, tagOf(key, nonce, additional, ciphertext)]);
}

/** The plaintext; undefined: the tag does not fit. */
export function openChacha20Poly1305(
  key: Uint8Array,
  nonce: Uint8Array,
  additional: Uint8Array,
  sealed: Uint8Array,
): Uint8Array | undefined {
  if (sealed.length < TAG_OCTETS) return undefined;
  const ciphertext = sealed.subarray(0, -TAG_OCTETS);
  const tag = tagOf(key, nonce, additional, ciphertext);
  if (tag.some((octet, i) => octet !== sealed[ciphertext.length + i])) return undefined;
  return chacha20(key, 1, nonce, ciphertext);
}
