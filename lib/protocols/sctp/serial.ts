/** Numbers that begin again at zero: TSNs of 32 bits, stream sequence numbers of 16 (RFC 9260 §1.6, RFC 1982). */

/** `tsn` moved on by `count`, which may be negative. */
export function addTsn(tsn: number, count: number): number {
  return (tsn + count) >>> 0;
}

/** How far `b` is ahead of `a`: positive if b is the later one, -2^31 to 2^31 - 1. */
export function tsnDistance(a: number, b: number): number {
  return (b - a) | 0;
}

/** Whether `a` comes before `b`. */
export function tsnBefore(a: number, b: number): boolean {
  return tsnDistance(a, b) > 0;
}

/** The stream sequence number after `streamSeq`: 16 bits, then 0 again (RFC 9260 §6.5). */
export function nextStreamSeq(streamSeq: number): number {
  return (streamSeq + 1) & 0xffff;
}

/** How far `b` is ahead of `a`, -2^15 to 2^15 - 1. */
export function streamSeqDistance(a: number, b: number): number {
  return ((b - a) << 16) >> 16;
}
