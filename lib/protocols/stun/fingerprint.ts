import { ByteWriter } from '@/lib/bytes';
import { crc32 } from './crc32';
import { StunError } from './errors';
import { writeLength } from './encode-message';
import { locateAttribute } from './locate-attribute';

const FINGERPRINT = 0x8028;
const ATTRIBUTE_OCTETS = 8;
/** "STUN", so that the CRC-32 that some payload carries of itself is not taken for one (RFC 8489 §14.7). */
const XOR = 0x5354554e;

/**
 * The value of FINGERPRINT for a message: the CRC-32 of all before that attribute, XORed with "STUN" (RFC 8489 §14.7).
 * The length in the header must count the attribute already.
 */
export function fingerprint(messageBefore: Uint8Array): number {
  return (crc32(messageBefore) ^ XOR) >>> 0;
}

/** The message with FINGERPRINT at its end. It must be the last thing added. @throws StunError STUN_ATTRIBUTE_MISPLACED */
export function addFingerprint(message: Uint8Array): Uint8Array {
  const present = locateAttribute(message, FINGERPRINT);
  if (present) {
    throw new StunError('STUN_ATTRIBUTE_MISPLACED', present.start, 'FINGERPRINT', 'a message without one');
  }
  const before = Uint8Array.from(message);
  writeLength(before, before.length + ATTRIBUTE_OCTETS);
  return new ByteWriter(before.length + ATTRIBUTE_OCTETS)
    .write(before)
    .uint16(FINGERPRINT)
    .uint16(4)
    .uint32(fingerprint(before))
    .finish();
}

/**
 * Whether the fingerprint of a received message is right; `undefined`: it has none at its end.
 * @throws StunError when the header is not STUN's
 */
export function checkFingerprint(message: Uint8Array): boolean | undefined {
  const place = locateAttribute(message, FINGERPRINT);
  if (!place || place.length !== 4 || place.start + ATTRIBUTE_OCTETS !== message.length) return undefined;
  const expected = fingerprint(message.subarray(0, place.start));
  return message
    .subarray(place.start + 4)
    .every((octet, i) => octet === ((expected >>> (24 - i * 8)) & 0xff));
}
