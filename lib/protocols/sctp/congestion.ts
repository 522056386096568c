/** Retransmission timer and windows towards one peer (RFC 9260 §6.3, §7.2). Times in ms, windows in octets. */

const RTO_INITIAL_MS = 1000;
const RTO_MIN_MS = 1000;
const RTO_MAX_MS = 60_000;

/** SRTT, RTTVAR and RTO (RFC 9260 §6.3.1). */
export class RetransmissionTimer {
  rtoMs = RTO_INITIAL_MS;
  private srttMs: number | undefined;
  private rttvarMs = 0;

  /** A round trip of a chunk that was sent once (Karn's rule is the caller's). */
  measured(rttMs: number): void {
    if (this.srttMs === undefined) {
      this.srttMs = rttMs;
      this.rttvarMs = rttMs / 2;
    } else {
      this.rttvarMs = 0.75 * this.rttvarMs + 0.25 * Math.abs(this.srttMs - rttMs);
      this.srttMs = 0.875 * this.srttMs + 0.125 * rttMs;
    }
    this.rtoMs = clamp(this.srttMs + 4 * this.rttvarMs);
  }

  expired(): void {
    this.rtoMs = clamp(this.rtoMs * 2);
  }
}

const clamp = (ms: number) => Math.min(RTO_MAX_MS, Math.max(RTO_MIN_MS, ms));

/** cwnd and ssthresh (RFC 9260 §7.2). */
export class CongestionWindow {
  cwndBytes: number;
  ssthreshBytes: number;
  private readonly mtuBytes: number;
  private partialBytesAcked = 0;

  constructor(mtuBytes: number, peerRwndBytes: number) {
    this.mtuBytes = mtuBytes;
    this.cwndBytes = Math.min(4 * mtuBytes, Math.max(2 * mtuBytes, 4404));
    this.ssthreshBytes = peerRwndBytes;
  }

  /** The cumulative TSN moved on; `wasFull`: as much was in flight as the window allowed (§7.2.1, §7.2.2). */
  acknowledged(bytes: number, wasFull: boolean): void {
    if (this.cwndBytes <= this.ssthreshBytes) {
      if (wasFull) this.cwndBytes += Math.min(bytes, this.mtuBytes);
      return;
    }
    this.partialBytesAcked += bytes;
    if (this.partialBytesAcked < this.cwndBytes) return;
    // Credit beyond one window is not saved up while the window is not used (§7.2.2).
    if (!wasFull) this.partialBytesAcked = this.cwndBytes;
    else {
      this.partialBytesAcked -= this.cwndBytes;
      this.cwndBytes += this.mtuBytes;
    }
  }

  /** Nothing is outstanding any more: credit begins again (§7.2.2). */
  allAcknowledged(): void {
    this.partialBytesAcked = 0;
  }

  /** A loss seen in SACKs (§7.2.3, §7.2.4). */
  fastRetransmit(): void {
    this.halve();
    this.cwndBytes = this.ssthreshBytes;
  }

  /** A loss seen by the timer (§7.2.3). */
  timedOut(): void {
    this.halve();
    this.cwndBytes = this.mtuBytes;
  }

  private halve(): void {
    this.ssthreshBytes = Math.max(this.cwndBytes / 2, 4 * this.mtuBytes);
    this.partialBytesAcked = 0;
  }
}
