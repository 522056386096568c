import { HpackError } from './errors';
import { OctetWriter } from './octet-writer';

/** The largest integer that is read or written: no length, index or size of HTTP/2 is above it. */
export const MAX_INTEGER = 2 ** 32 - 1;

/** Continuation octets that are read at most: five hold 35 bits, more is "excessive" (RFC 7541 §5.1). */
const MAX_CONTINUATION = 5;

/**
 * An integer with an N-bit prefix (RFC 7541 §5.1): as many bits as fit beside the flags; if the prefix is all ones,
 * the rest follows in groups of seven bits, least significant first, the highest bit saying that more follow.
 *
 *       0   1   2   3   4   5   6   7
 *     +---+---+---+---+---+---+---+---+
 *     | ?   ?   ? | 1   1   1   1   1 |  prefix of 5: 31, and there is more
 *     | 1 |    (value - 31) mod 128   |
 *     | 0 |    (value - 31) / 128     |
 *
 * @param prefixBits 1 to 8
 * @param firstOctetFlags the bits above the prefix, in place (0x80 for an indexed field)
 * @throws RangeError on a value that is not whole or above 2^32 - 1, or a prefix that is none
 */
export function encodeInteger(value: number, prefixBits: number, firstOctetFlags = 0): Uint8Array {
  const octets = new OctetWriter();
  writeInteger(octets, value, prefixBits, firstOctetFlags);
  return octets.finish();
}

/** The same, at the end of `octets`. */
export function writeInteger(
  octets: OctetWriter,
  value: number,
  prefixBits: number,
  firstOctetFlags: number,
): void {
  const full = prefixMask(prefixBits);
  if (!Number.isInteger(value) || value < 0 || value > MAX_INTEGER)
    throw new RangeError(`${value} is no integer from 0 to ${MAX_INTEGER}`);
  if (value < full) {
    octets.push(firstOctetFlags | value);
    return;
  }
  octets.push(firstOctetFlags | full);
  let rest = value - full;
  for (; rest >= 128; rest = Math.floor(rest / 128)) octets.push((rest % 128) | 0x80);
  octets.push(rest);
}

/**
 * Reads what encodeInteger writes, from `offset`; `next` is the octet after it. The bits above the prefix are passed
 * over. Padded forms (a last group of zeros) are read, as long as there are at most five groups.
 * @throws HpackError HPACK_INTEGER_TRUNCATED, HPACK_INTEGER_OVERFLOW (above 2^32 - 1, or a sixth group)
 */
export function decodeInteger(
  bytes: Uint8Array,
  offset: number,
  prefixBits: number,
): { value: number; next: number } {
  const full = prefixMask(prefixBits);
  let value = octetOrThrow(bytes, offset) & full;
  let next = offset + 1;
  if (value < full) return { value, next };
  for (let group = 0; group < MAX_CONTINUATION; group++) {
    const octet = octetOrThrow(bytes, next++);
    // No shift: at 28 bits it would run into the sign.
    value += (octet & 0x7f) * 128 ** group;
    if (value > MAX_INTEGER)
      throw new HpackError('HPACK_INTEGER_OVERFLOW', next - 1, `${value} or more`, `at most ${MAX_INTEGER}`);
    if (octet < 0x80) return { value, next };
  }
  throw new HpackError(
    'HPACK_INTEGER_OVERFLOW',
    next - 1,
    'an integer that goes on',
    `its end within ${MAX_CONTINUATION} octets`,
  );
}

function prefixMask(prefixBits: number): number {
  if (!Number.isInteger(prefixBits) || prefixBits < 1 || prefixBits > 8)
    throw new RangeError(`a prefix has 1 to 8 bits, not ${prefixBits}`);
  return (1 << prefixBits) - 1;
}

function octetOrThrow(bytes: Uint8Array, offset: number): number {
  const octet = bytes[offset];
  if (octet === undefined)
    throw new HpackError('HPACK_INTEGER_TRUNCATED', offset, 'the end of the block', 'the rest of an integer');
  return octet;
}
