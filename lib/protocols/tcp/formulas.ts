import { assertInRange } from './model-error';

/** Octets that fill a path: rate × round-trip time. A window below this leaves the path idle. */
export function bandwidthDelayProductBytes(input: { rateBps: number; rttMs: number }): number {
  return (input.rateBps * input.rttMs) / 8000;
}

/** The most that a window of this size carries, in bit/s: one window a round trip. */
export function windowLimitedRateBps(input: { windowBytes: number; rttMs: number }): number {
  assertInRange('rttMs', input.rttMs, Number.MIN_VALUE, Infinity);
  return (input.windowBytes * 8000) / input.rttMs;
}

/** The time to put `bytes` on a link, in ms. */
export function serialisationMs(bytes: number, rateBps: number): number {
  return (bytes * 8000) / rateBps;
}

/** The largest shift of the window scale option (RFC 7323 §2.3). */
export const MAX_WINDOW_SHIFT = 14;

/** A window field of 16 bits, shifted as the window scale option says (RFC 7323 §2.3). */
export function scaledWindowBytes(windowField: number, shift: number): number {
  assertInRange('windowField', windowField, 0, 65_535);
  assertInRange('shift', shift, 0, MAX_WINDOW_SHIFT);
  return windowField * 2 ** shift;
}

/** The smallest shift with which a window of `bytes` can be announced; 14 at most (RFC 7323 §2.3). */
export function windowShiftFor(bytes: number): number {
  let shift = 0;
  while (shift < MAX_WINDOW_SHIFT && 65_535 * 2 ** shift < bytes) shift++;
  return shift;
}

/**
 * The rate that Reno reaches at a steady rate of loss, in bit/s: MSS/RTT × √(3/2) / √p. Mathis, Semke, Mahdavi
 * and Ott, "The Macroscopic Behavior of the TCP Congestion Avoidance Algorithm", 1997; without delayed ACKs.
 */
export function mathisRateBps(input: { mss: number; rttMs: number; lossRate: number }): number {
  return ((input.mss * 8000) / input.rttMs) * Math.sqrt(1.5 / input.lossRate);
}

/** Reno's mean window in segments at loss rate p: 1.2 / √p (RFC 3649 §1). */
export function renoMeanWindow(lossRate: number): number {
  return 1.2 / Math.sqrt(lossRate);
}

/** The loss rate at which Reno holds a mean window of so many segments: the inverse of `renoMeanWindow`. */
export function renoLossRateFor(windowSegments: number): number {
  return 1.44 / windowSegments ** 2;
}

/**
 * Jain's index of fairness, (Σx)² / (n Σx²): 1 when all have the same, 1/n when one has all. 1 for nobody.
 * Jain, Chiu and Hawe, 1984; named by RFC 5166 §2.3.
 */
export function jainFairnessIndex(shares: readonly number[]): number {
  const sum = shares.reduce((total, share) => total + share, 0);
  const squares = shares.reduce((total, share) => total + share * share, 0);
  return squares === 0 ? 1 : (sum * sum) / (shares.length * squares);
}
