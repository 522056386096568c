import { messageOctets } from './frame';
import { STUN_HEADER_OCTETS } from './message';

/** Where an attribute lies in a message: of its type field, and its value's length. */
export type AttributePlace = { start: number; length: number };

/**
 * The first attribute of type `type` among the octets of a message. Integrity and fingerprint are verified over the
 * octets as they came, never over a message that was written again: padding may hold anything.
 * `undefined`: not there, or the message is not whole.
 */
export function locateAttribute(message: Uint8Array, type: number): AttributePlace | undefined {
  const octets = messageOctets(message);
  if (octets === undefined || message.length < octets) return undefined;
  for (let start = STUN_HEADER_OCTETS; start + 4 <= octets;) {
    const length = (message[start + 2]! << 8) | message[start + 3]!;
    const next = start + 4 + length + (-length & 3);
    if (next > octets) return undefined;
    if (((message[start]! << 8) | message[start + 1]!) === type) return { start, length };
    start = next;
  }
  return undefined;
}
