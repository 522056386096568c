/** RFC 6298 §2.1: before the first measurement. */
export const INITIAL_RTO_MS = 1000;
/** RFC 6298 §2.4: never shorter, "SHOULD". Linux takes 200 ms. */
export const MIN_RTO_MS = 1000;
/** RFC 6298 §2.5: an upper bound may be placed, at least 60 s. */
export const MAX_RTO_MS = 60_000;
/** The clock's granularity G of RFC 6298 §2, in ms. */
const GRANULARITY_MS = 1;

/**
 * The retransmission timeout by RFC 6298: a smoothed RTT plus four times its mean deviation, doubled at each
 * expiry. All in ms. It holds no timer: the sender asks for `rtoMs` when it starts one.
 */
export class RtoEstimator {
  /** SRTT; undefined before the first measurement. */
  srttMs: number | undefined = undefined;
  /** RTTVAR. */
  rttvarMs = 0;
  /** The timeout, with back-off. */
  rtoMs: number;
  readonly #minRtoMs: number;

  constructor(minRtoMs = MIN_RTO_MS) {
    this.#minRtoMs = minRtoMs;
    this.rtoMs = Math.max(INITIAL_RTO_MS, minRtoMs);
  }

  /** SRTT + max(G, 4 × RTTVAR), before the lower bound. */
  get unboundedRtoMs(): number {
    return (this.srttMs ?? 0) + Math.max(GRANULARITY_MS, 4 * this.rttvarMs);
  }

  /**
   * Takes a measurement (§2.2, §2.3). It must not come from a segment sent more than once: its ACK does not
   * say which copy it is for (Karn's algorithm, §3). Ends a back-off (§5.7).
   */
  sample(rttMs: number): void {
    if (this.srttMs === undefined) {
      this.srttMs = rttMs;
      this.rttvarMs = rttMs / 2;
    } else {
      // RTTVAR first: it takes the SRTT of before (§2.3).
      this.rttvarMs = 0.75 * this.rttvarMs + 0.25 * Math.abs(this.srttMs - rttMs);
      this.srttMs = 0.875 * this.srttMs + 0.125 * rttMs;
    }
    this.rtoMs = Math.min(MAX_RTO_MS, Math.max(this.#minRtoMs, this.unboundedRtoMs));
  }

  /** The timer has expired: the next timeout is twice as long (§5.5). */
  backOff(): void {
    this.rtoMs = Math.min(MAX_RTO_MS, this.rtoMs * 2);
  }
}
