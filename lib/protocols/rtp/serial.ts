/** Numbers that begin again at zero: sequence numbers of 16 bits, timestamps of 32 (RFC 3550 §5.1, RFC 1982). */

/** How far sequence number `b` is ahead of `a`: positive if `b` is the later one, -2^15 to 2^15 - 1. */
export function sequenceDistance(a: number, b: number): number {
  return ((b - a) << 16) >> 16;
}

/** The sequence number after this one. */
export function nextSequence(sequenceNumber: number): number {
  return (sequenceNumber + 1) & 0xffff;
}

/**
 * The sequence number with how often it began again in front, as the number next to `reference`, which is such a one
 * (RFC 3550 §6.4.1, "extended highest sequence number"). 0 or more.
 */
export function extendSequence(sequenceNumber: number, reference: number): number {
  const extended = reference + sequenceDistance(reference & 0xffff, sequenceNumber);
  return extended < 0 ? extended + 0x10000 : extended;
}

/** How far timestamp `b` is ahead of `a`, in ticks, -2^31 to 2^31 - 1. */
export function timestampDistance(a: number, b: number): number {
  return (b - a) | 0;
}

/** `timestamp` moved on by so many ticks, which may be negative. */
export function addTicks(timestamp: number, ticks: number): number {
  return (timestamp + ticks) >>> 0;
}

/** Milliseconds as ticks of a clock, 32 bits: how an arrival is put beside a timestamp (RFC 3550 §6.4.1). */
export function ticksOf(timeMs: number, clockRateHz: number): number {
  return Math.floor((timeMs * clockRateHz) / 1000) >>> 0;
}
