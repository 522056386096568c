import { ByteWriter } from '@/lib/bytes';
import { StunError } from './errors';
import { writeLength } from './encode-message';
import { locateAttribute } from './locate-attribute';

/** MESSAGE-INTEGRITY is HMAC-SHA1 (RFC 8489 §14.5), MESSAGE-INTEGRITY-SHA256 is HMAC-SHA256 (§14.6). */
export type IntegrityAlgorithm = 'SHA-1' | 'SHA-256';

const ATTRIBUTES = {
  'SHA-1': { type: 0x0008, octets: 20 },
  'SHA-256': { type: 0x001c, octets: 32 },
} as const;
const FINGERPRINT = 0x8028;

/**
 * The message with an integrity attribute at its end: the HMAC of everything before it, with a header whose length
 * already counts it (RFC 8489 §14.5). A message may get both: SHA-1 first. `truncatedTo` is for SHA-256 only: 16 to 32
 * octets, a multiple of 4.
 * @throws StunError STUN_ATTRIBUTE_MISPLACED when the message has a fingerprint or this attribute already
 */
export async function addIntegrity(
  message: Uint8Array,
  key: Uint8Array,
  algorithm: IntegrityAlgorithm = 'SHA-1',
  truncatedTo: number = ATTRIBUTES[algorithm].octets,
): Promise<Uint8Array> {
  const { type, octets } = ATTRIBUTES[algorithm];
  const isLengthRight = algorithm === 'SHA-1' ? truncatedTo === octets : isSha256Length(truncatedTo);
  if (!isLengthRight) {
    throw new StunError(
      'STUN_FIELD_OUT_OF_RANGE',
      message.length,
      `${truncatedTo} octets`,
      `${octets} octets`,
    );
  }
  for (const later of [FINGERPRINT, type, ...(algorithm === 'SHA-1' ? [ATTRIBUTES['SHA-256'].type] : [])]) {
    const present = locateAttribute(message, later);
    if (!present) continue;
    const seen = `attribute 0x${later.toString(16).padStart(4, '0')}`;
    throw new StunError('STUN_ATTRIBUTE_MISPLACED', present.start, seen, 'integrity before it');
  }
  const before = Uint8Array.from(message);
  writeLength(before, before.length + 4 + truncatedTo);
  const mac = await hmac(before, key, algorithm);
  return new ByteWriter(before.length + 4 + truncatedTo)
    .write(before)
    .uint16(type)
    .uint16(truncatedTo)
    .write(mac.subarray(0, truncatedTo))
    .finish();
}

/**
 * Whether the integrity attribute of a received message was made with this key; `undefined`: it has none that counts (behind
 * the SHA-256 one the other is ignored, §14.6). What stands behind the attribute is left out, and the length in the header is
 * set back to where it ended when the HMAC was made.
 * @throws StunError when the header is not STUN's
 */
export async function checkIntegrity(
  message: Uint8Array,
  key: Uint8Array,
  algorithm: IntegrityAlgorithm = 'SHA-1',
): Promise<boolean | undefined> {
  const { type, octets } = ATTRIBUTES[algorithm];
  const place = locateAttribute(message, type);
  if (!place) return undefined;
  if (algorithm === 'SHA-1' && isAfter(message, place.start, ATTRIBUTES['SHA-256'].type)) return undefined;
  const isLengthRight = algorithm === 'SHA-1' ? place.length === octets : isSha256Length(place.length);
  if (!isLengthRight) return false;
  const before = message.slice(0, place.start);
  const valueStart = place.start + 4;
  writeLength(before, valueStart + place.length);
  const expected = await hmac(before, key, algorithm);
  // Every octet is compared, right or wrong, so that the time says nothing about where they differ.
  let difference = 0;
  for (let i = 0; i < place.length; i++) difference |= message[valueStart + i]! ^ expected[i]!;
  return difference === 0;
}

function isAfter(message: Uint8Array, start: number, type: number): boolean {
  const other = locateAttribute(message, type);
  return other !== undefined && other.start < start;
}

function isSha256Length(octets: number): boolean {
  return octets >= 16 && octets <= 32 && octets % 4 === 0;
}

async function hmac(octets: Uint8Array, key: Uint8Array, hash: IntegrityAlgorithm): Promise<Uint8Array> {
  // WebCrypto refuses an empty key; HMAC fills keys up with zeros, so one zero octet is the same key (RFC 2104 §2).
  const raw = key.length === 0 ? new Uint8Array(1) : new Uint8Array(key);
  const imported = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, new Uint8Array(octets)));
}
