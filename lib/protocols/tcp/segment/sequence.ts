/**
 * Sequence numbers count modulo 2^32 (RFC 9293 §3.4): after 4294967295 comes 0, and "less than" only means
 * something for two numbers less than half the circle apart.
 */
const CIRCLE = 2 ** 32;

/** `seq` moved by `octets` (may be negative), back on the circle. */
export function seqAdd(seq: number, octets: number): number {
  return (((seq + octets) % CIRCLE) + CIRCLE) % CIRCLE;
}

/** The way from `from` to `to`, from -2^31 to 2^31 - 1: positive when `to` is the later one. */
export function seqDistance(from: number, to: number): number {
  return (to - from) | 0;
}

/** a < b on the circle. */
export function seqBefore(a: number, b: number): boolean {
  return seqDistance(a, b) > 0;
}

/** a =< b on the circle. */
export function seqAtOrBefore(a: number, b: number): boolean {
  return seqDistance(a, b) >= 0;
}

/** The later of the two. */
export function seqMax(a: number, b: number): number {
  return seqBefore(a, b) ? b : a;
}

/** start =< seq < start + size. */
export function seqInWindow(seq: number, start: number, size: number): boolean {
  const distance = seqDistance(start, seq);
  return distance >= 0 && distance < size;
}
