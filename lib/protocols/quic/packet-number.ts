import { QuicError } from './errors';

/** Packet numbers are read and written as numbers, so up to 2^53 − 1; the RFC's limit is 2^62 − 1 (RFC 9000 §12.3). */
const MAX_PACKET_NUMBER = Number.MAX_SAFE_INTEGER;

/**
 * How many octets a packet number needs so that the peer can tell which is meant: enough for twice the distance to the
 * largest one acknowledged (RFC 9000 §17.1, §A.2). 1 to 4.
 * @throws QuicError QUIC_PACKET_NUMBER_OUT_OF_RANGE when four are too few
 */
export function packetNumberLength(packetNumber: number, largestAcked: number | undefined): 1 | 2 | 3 | 4 {
  const unacked = largestAcked === undefined ? packetNumber + 1 : packetNumber - largestAcked;
  for (const length of [1, 2, 3, 4] as const) if (unacked <= 2 ** (length * 8 - 1)) return length;
  throw new QuicError('QUIC_PACKET_NUMBER_OUT_OF_RANGE', 0, String(unacked), 'at most 2^31 unacknowledged');
}

/** The last octets of a packet number (RFC 9000 §17.1). */
export function encodePacketNumber(packetNumber: number, length: 1 | 2 | 3 | 4): Uint8Array {
  if (!Number.isInteger(packetNumber) || packetNumber < 0 || packetNumber > MAX_PACKET_NUMBER)
    throw new QuicError('QUIC_PACKET_NUMBER_OUT_OF_RANGE', 0, String(packetNumber), '0 to 2^53 - 1');
  return Uint8Array.from({ length }, (_, i) => Math.floor(packetNumber / 256 ** (length - 1 - i)) % 256);
}

/**
 * The packet number that is meant: the one with these last bits that is closest to what is expected next (RFC 9000 §A.3).
 * `largest`: the largest one so far, undefined when there is none.
 */
export function decodePacketNumber(largest: number | undefined, truncated: number, bits: number): number {
  const expected = largest === undefined ? 0 : largest + 1;
  const window = 2 ** bits;
  const half = window / 2;
  const candidate = expected - (expected % window) + truncated;
  if (candidate <= expected - half && candidate < 2 ** 62 - window) return candidate + window;
  return candidate > expected + half && candidate >= window ? candidate - window : candidate;
}
