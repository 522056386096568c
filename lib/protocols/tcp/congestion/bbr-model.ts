/** How many rounds the bandwidth filter looks back (draft-cardwell-iccrg-bbr-congestion-control-00 §4.1.1.3). */
const BANDWIDTH_WINDOW_ROUNDS = 10;
/** How long a minimum RTT is believed (§4.1.2.2). */
export const MIN_RTT_WINDOW_MS = 10_000;

/**
 * What BBR believes about the path: its bottleneck bandwidth (the highest delivery rate of the last ten rounds)
 * and its round-trip propagation time (the lowest RTT of the last ten seconds). They cannot be measured at the
 * same time: the first needs a full pipe, the second an empty queue.
 */
export class PathModel {
  /** Octets/ms; 0 before the first sample. */
  bandwidth = 0;
  /** Infinity before the first sample. */
  minRttMs = Infinity;
  /** Rounds so far; one ends when what was sent at its start is acknowledged. */
  round = 0;
  minRttStampMs = 0;
  readonly #best = new Float64Array(BANDWIDTH_WINDOW_ROUNDS);
  #roundEndsAtBytes = 0;

  /** Rate × round trip: what fills the pipe without a queue; 0 while unknown. */
  get bdpBytes(): number {
    return this.minRttMs === Infinity ? 0 : this.bandwidth * this.minRttMs;
  }

  /** Whether this ACK begins a new round: it is for a segment sent after the last one began. */
  countRound(deliveredAtSendBytes: number, totalDeliveredBytes: number): boolean {
    if (deliveredAtSendBytes < this.#roundEndsAtBytes) return false;
    this.#roundEndsAtBytes = totalDeliveredBytes;
    this.round++;
    this.#best[this.round % BANDWIDTH_WINDOW_ROUNDS] = 0;
    this.#refresh();
    return true;
  }

  /** Takes a delivery rate. One taken while the application was idle counts only if it is higher. */
  sampleRate(rate: number, isAppLimited: boolean): void {
    if (isAppLimited && rate < this.bandwidth) return;
    const slot = this.round % BANDWIDTH_WINDOW_ROUNDS;
    if (rate > this.#best[slot]!) {
      this.#best[slot] = rate;
      this.#refresh();
    }
  }

  /** Takes an RTT; true when the minimum was too old to be believed. */
  sampleRtt(nowMs: number, rttMs: number): boolean {
    const isExpired = nowMs > this.minRttStampMs + MIN_RTT_WINDOW_MS;
    if (rttMs <= this.minRttMs || isExpired) {
      this.minRttMs = rttMs;
      this.minRttStampMs = nowMs;
    }
    return isExpired;
  }

  #refresh(): void {
    let best = 0;
    for (const rate of this.#best) if (rate > best) best = rate;
    if (best > 0) this.bandwidth = best;
  }
}
