import { growExponentially, isWindowUsed } from './aimd';
import type { Ack, Algorithm, CongestionControl, Phase } from './control';
import { CUBIC_ALPHA, CUBIC_BETA, CUBIC_C, cubicK } from './cubic-window';

/**
 * CUBIC, RFC 9438: after a loss the window returns along a cubic of the time since, not of the ACKs: steep,
 * flat around the window of the last loss (W_max), steep again. Flows of different RTT grow alike.
 */
export class Cubic implements CongestionControl {
  readonly algorithm: Algorithm = 'cubic';
  cwndBytes: number;
  ssthreshBytes: number;
  readonly pacingRate = Infinity;
  readonly samplesRate = false;
  /** W_max in segments: where the last loss was; 0 before any. */
  wMax = 0;
  readonly #smss: number;
  readonly #fastConvergence: boolean;
  readonly #slowStartAckLimit: number;
  #inRecovery = false;
  /** The congestion avoidance stage: its beginning (NaN: not begun), K in seconds, W_est, cwnd before the loss. */
  #epochStartMs = NaN;
  #k = 0;
  #wEst = 0;
  #cwndPrior = 0;
  /** Whether the stage to come follows a loss, not a timeout or the first slow start (§4.8, §4.10). */
  #followsLoss = false;

  constructor(options: {
    smss: number;
    initialCwndBytes: number;
    initialSsthreshBytes?: number;
    fastConvergence?: boolean;
    /** Segments that one ACK may add in slow start; 1. */
    slowStartAckLimit?: number;
  }) {
    this.#smss = options.smss;
    this.cwndBytes = options.initialCwndBytes;
    this.ssthreshBytes = options.initialSsthreshBytes ?? Infinity;
    this.#fastConvergence = options.fastConvergence ?? true;
    this.#slowStartAckLimit = options.slowStartAckLimit ?? 1;
  }

  get phase(): Phase {
    if (this.#inRecovery) return 'fast-recovery';
    return this.cwndBytes < this.ssthreshBytes ? 'slow-start' : 'congestion-avoidance';
  }

  onAck(ack: Ack): void {
    if (!isWindowUsed(this, ack, this.#smss)) return;
    if (this.cwndBytes < this.ssthreshBytes)
      growExponentially(this, ack, this.#smss, this.#slowStartAckLimit);
    else this.#grow(ack);
  }

  #grow(ack: Ack): void {
    const cwnd = this.cwndBytes / this.#smss;
    if (Number.isNaN(this.#epochStartMs)) this.#beginEpoch(ack.nowMs, cwnd);
    const rttMs = Number.isNaN(ack.srttMs) ? 0 : ack.srttMs;
    const t = (ack.nowMs - this.#epochStartMs) / 1000;

    // §4.3: what Reno would have by now; once it is back at the old window, α is 1 as in Reno.
    const alpha = this.#wEst >= this.#cwndPrior ? 1 : CUBIC_ALPHA;
    this.#wEst += (alpha * ack.ackedBytes) / this.#smss / cwnd;
    if (this.#wCubic(t) < this.#wEst) {
      this.cwndBytes = Math.max(this.cwndBytes, this.#wEst * this.#smss);
      return;
    }
    // §4.2: the target is where the curve will be an RTT later, and at most half as much again.
    const target = Math.min(Math.max(this.#wCubic(t + rttMs / 1000), cwnd), 1.5 * cwnd);
    this.cwndBytes += ((target - cwnd) / cwnd) * this.#smss; // §4.4, §4.5
  }

  #wCubic(t: number): number {
    const sinceK = t - this.#k;
    return CUBIC_C * sinceK * sinceK * sinceK + this.wMax;
  }

  #beginEpoch(nowMs: number, cwnd: number): void {
    this.#epochStartMs = nowMs;
    this.#wEst = cwnd;
    if (this.#followsLoss && this.wMax > cwnd) {
      this.#k = cubicK(this.wMax, cwnd);
    } else {
      this.#k = 0;
      this.wMax = cwnd;
    }
    if (!this.#followsLoss) this.#cwndPrior = cwnd;
  }

  onLoss(_nowMs: number, flightBytes: number): void {
    this.#decrease(flightBytes);
    this.#followsLoss = true;
    this.#inRecovery = true;
  }

  onRecoveryEnd(): void {
    this.#inRecovery = false;
    this.#epochStartMs = NaN;
  }

  onTimeout(_nowMs: number, flightBytes: number, isRepeated: boolean): void {
    if (!isRepeated) this.#decrease(flightBytes);
    this.cwndBytes = this.#smss;
    this.#followsLoss = false; // §4.8: the first stage after a timeout starts with K = 0
    this.#inRecovery = false;
    this.#epochStartMs = NaN;
  }

  /** §4.6 and §4.7: multiplicative decrease, and fast convergence: give way when the window is falling. */
  #decrease(flightBytes: number): void {
    const cwnd = this.cwndBytes / this.#smss;
    this.#cwndPrior = cwnd;
    this.wMax = this.#fastConvergence && cwnd < this.wMax ? (cwnd * (1 + CUBIC_BETA)) / 2 : cwnd;
    this.ssthreshBytes = Math.max(flightBytes * CUBIC_BETA, 2 * this.#smss);
  }

  onIdle(idleMs: number, restartWindowBytes: number): void {
    this.cwndBytes = Math.min(this.cwndBytes, restartWindowBytes);
    this.#epochStartMs += idleMs; // §5.8: t does not run while the application is silent
  }
}
