/** Wallclock times: 64 bits of seconds since 1900 and fractions of one (RFC 3550 §4), and their middle 32 bits. */

/** Seconds from 1900 to 1970. */
const NTP_EPOCH_SECONDS = 2_208_988_800n;
const MIDDLE_UNITS_PER_SECOND = 65_536;

/** An NTP timestamp, 64 bits, from milliseconds since 1970. It begins again in 2036. */
export function ntpOfUnixMs(unixMs: number): bigint {
  const seconds = Math.floor(unixMs / 1000);
  const fraction = Math.floor(((unixMs - seconds * 1000) / 1000) * 2 ** 32);
  return BigInt.asUintN(64, ((BigInt(seconds) + NTP_EPOCH_SECONDS) << 32n) | BigInt(fraction));
}

/** Milliseconds since 1970 of an NTP timestamp between 1900 and 2036. */
export function unixMsOfNtp(ntp: bigint): number {
  return Number((ntp >> 32n) - NTP_EPOCH_SECONDS) * 1000 + Number((ntp & 0xffff_ffffn) * 1000n) / 2 ** 32;
}

/** The middle 32 bits: 16 of seconds, 16 of fractions. Reports carry no more (RFC 3550 §4, "LSR"). */
export function middleOfNtp(ntp: bigint): number {
  return Number((ntp >> 16n) & 0xffff_ffffn);
}

/** A time as units of 1/65536 s, as DLSR has it (RFC 3550 §6.4.1). At most 2^32 - 1, which is 18 hours. */
export function middleOfMs(ms: number): number {
  return Math.min(0xffff_ffff, Math.max(0, Math.round((ms * MIDDLE_UNITS_PER_SECOND) / 1000)));
}

/** What is needed of a report block. */
export type ReportTimes = { lastSr: number; delaySinceLastSr: number };

/**
 * The time there and back that a report block tells the sender it is about: arrival less LSR less DLSR (RFC 3550 §6.4.1).
 * `arrival` is the middle of an NTP timestamp. `undefined`: the other end had no sender report yet. Below zero, clocks went
 * at different speeds.
 */
export function roundTripMs(arrival: number, { lastSr, delaySinceLastSr }: ReportTimes): number | undefined {
  if (lastSr === 0 && delaySinceLastSr === 0) return undefined;
  return (((arrival - lastSr - delaySinceLastSr) | 0) * 1000) / MIDDLE_UNITS_PER_SECOND;
}
