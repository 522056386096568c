import { QuicError } from './errors';

/** 2^62 − 1, the largest variable-length integer (RFC 9000 §16). */
export const MAX_VARINT = (1n << 62n) - 1n;

/** Octets that a value takes at least: 1, 2, 4 or 8 (RFC 9000 §16). */
export function varintLength(value: bigint): 1 | 2 | 4 | 8 {
  if (value < 0x40n) return 1;
  if (value < 0x4000n) return 2;
  return value < 0x4000_0000n ? 4 : 8;
}

/**
 * A variable-length integer (RFC 9000 §16): the first two bits say how many octets, 1, 2, 4 or 8; the rest is the value in
 * network order. `length` takes more octets than are needed.
 * @throws QuicError QUIC_VARINT_OUT_OF_RANGE
 */
export function encodeVarint(value: bigint | number, length?: 1 | 2 | 4 | 8): Uint8Array {
  const big = BigInt(value);
  if (big < 0n || big > MAX_VARINT || (length !== undefined && length < varintLength(big)))
    throw new QuicError('QUIC_VARINT_OUT_OF_RANGE', 0, String(value), '0 to 2^62 - 1, and octets enough');
  const count = length ?? varintLength(big);
  const octets = new Uint8Array(count);
  let rest = big;
  for (let i = count - 1; i >= 0; i--) {
    octets[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  octets[0] = (octets[0] ?? 0) | (Math.log2(count) << 6);
  return octets;
}

/** Reads one from `offset`, shortest or not; undefined: octets are lacking. */
export function decodeVarint(bytes: Uint8Array, offset = 0): { value: bigint; next: number } | undefined {
  const first = bytes[offset];
  if (first === undefined) return undefined;
  const next = offset + (1 << (first >>> 6));
  if (next > bytes.length) return undefined;
  // Up to four octets a number is enough.
  let value = first & 0x3f;
  const easyEnd = Math.min(next, offset + 4);
  for (let i = offset + 1; i < easyEnd; i++) value = value * 256 + (bytes[i] ?? 0);
  if (next === easyEnd) return { value: BigInt(value), next };
  let low = 0;
  for (let i = easyEnd; i < next; i++) low = low * 256 + (bytes[i] ?? 0);
  return { value: (BigInt(value) << 32n) | BigInt(low), next };
}
