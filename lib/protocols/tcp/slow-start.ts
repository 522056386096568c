import { assertInRange } from './model-error';

/** `bytes` or `segments` says how much the window must hold; segments win if both are given. */
export type SlowStartInput = {
  bytes?: number;
  segments?: number;
  /** Octets a segment; 1,460 (Ethernet, IPv4, no options) if not given. */
  mss?: number;
  /** Segments in the first window; 10 (RFC 6928) if not given. */
  initialCwnd?: number;
};

/** How many segments carry `bytes`. */
export function segmentsOf(bytes: number, mss: number): number {
  return Math.ceil(bytes / mss);
}

/**
 * Round trips until slow start has opened cwnd to N segments: ⌈log2(N / initialCwnd)⌉, in whole rounds, since
 * a window opens only when its ACKs come back (RFC 5681 §3.1: cwnd doubles each round trip when each segment
 * is acknowledged). 0 when the first window is large enough.
 */
export function slowStartRounds(input: SlowStartInput): number {
  const { segments, initialCwnd } = resolve(input);
  if (segments <= initialCwnd) return 0;
  const rounds = Math.ceil(Math.log2(segments / initialCwnd));
  // The logarithm of a quotient just above a power of two may be rounded down to the power itself.
  return initialCwnd * 2 ** rounds < segments ? rounds + 1 : rounds;
}

/** The same by doing it: double until it fits. Tests hold both equal; the lab shows both. */
export function slowStartRoundsByLoop(input: SlowStartInput): number {
  const { segments, initialCwnd } = resolve(input);
  let rounds = 0;
  for (let cwnd = initialCwnd; cwnd < segments; cwnd *= 2) rounds++;
  return rounds;
}

/** Milliseconds until cwnd holds N segments: whole rounds of one RTT each. */
export function slowStartTimeMs(input: SlowStartInput & { rttMs: number }): number {
  return slowStartRounds(input) * input.rttMs;
}

/** cwnd in segments at the start of each round, from the initial window to the first that holds N. */
export function slowStartWindows(input: SlowStartInput): number[] {
  const { initialCwnd } = resolve(input);
  return Array.from({ length: slowStartRounds(input) + 1 }, (_, round) => initialCwnd * 2 ** round);
}

function resolve(input: SlowStartInput): { segments: number; initialCwnd: number } {
  const mss = input.mss ?? 1460;
  const initialCwnd = input.initialCwnd ?? 10;
  const segments = input.segments ?? segmentsOf(input.bytes ?? 0, mss);
  assertInRange('mss', mss, 1, 65_535);
  assertInRange('initialCwnd', initialCwnd, 1, 1_000_000);
  assertInRange('segments', segments, 0, Number.MAX_SAFE_INTEGER);
  return { segments, initialCwnd };
}
