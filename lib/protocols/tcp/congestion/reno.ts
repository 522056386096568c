import { growExponentially, growLinearly, halvedFlight, isWindowUsed } from './aimd';
import type { Ack, Algorithm, CongestionControl, FastRecovery, Phase } from './control';

/**
 * Additive increase, multiplicative decrease: RFC 5681 §3.1. Reno and NewReno share it and differ in how they
 * repair (renoRecovery, newRenoRecovery); Tahoe differs in what a loss does to cwnd.
 */
export class Reno implements CongestionControl {
  readonly algorithm: Algorithm;
  cwndBytes: number;
  ssthreshBytes: number;
  readonly pacingRate = Infinity;
  readonly samplesRate = false;
  protected readonly smss: number;
  readonly #validatesWindow: boolean;
  readonly #slowStartAckLimit: number;
  #inRecovery = false;

  constructor(
    options: {
      smss: number;
      initialCwndBytes: number;
      initialSsthreshBytes?: number;
      /** Whether an unused window may not grow; true. RFC 5681 alone does not ask. */
      validatesWindow?: boolean;
      /** Segments that one ACK may add in slow start; 1. */
      slowStartAckLimit?: number;
    },
    algorithm: Algorithm = 'reno',
  ) {
    this.algorithm = algorithm;
    this.smss = options.smss;
    this.#validatesWindow = options.validatesWindow ?? true;
    this.#slowStartAckLimit = options.slowStartAckLimit ?? 1;
    this.cwndBytes = options.initialCwndBytes;
    this.ssthreshBytes = options.initialSsthreshBytes ?? Infinity;
  }

  get phase(): Phase {
    if (this.#inRecovery) return 'fast-recovery';
    return this.cwndBytes < this.ssthreshBytes ? 'slow-start' : 'congestion-avoidance';
  }

  onAck(ack: Ack): void {
    if (this.#validatesWindow && !isWindowUsed(this, ack, this.smss)) return;
    if (this.cwndBytes < this.ssthreshBytes) growExponentially(this, ack, this.smss, this.#slowStartAckLimit);
    else growLinearly(this, this.smss);
  }

  onLoss(_nowMs: number, flightBytes: number): void {
    this.ssthreshBytes = halvedFlight(flightBytes, this.smss);
    this.#inRecovery = true;
  }

  onRecoveryEnd(): void {
    this.#inRecovery = false;
  }

  onTimeout(_nowMs: number, flightBytes: number, isRepeated: boolean): void {
    if (!isRepeated) this.ssthreshBytes = halvedFlight(flightBytes, this.smss);
    this.cwndBytes = this.smss; // the loss window (RFC 5681 §3.1)
    this.#inRecovery = false;
  }

  onIdle(_idleMs: number, restartWindowBytes: number): void {
    this.cwndBytes = Math.min(this.cwndBytes, restartWindowBytes);
  }
}

/**
 * Reno's fast recovery, RFC 5681 §3.2: each duplicate ACK says that a segment has left the network, so the
 * window is inflated by one; the first ACK of new data deflates it to ssthresh and ends the recovery, even if
 * more was lost. That is what makes Reno stumble over a second loss in the same window.
 */
export function renoRecovery(smss: number): FastRecovery {
  return {
    usesSack: false,
    endsAtFirstNewAck: true,
    enter(control) {
      control.cwndBytes = control.ssthreshBytes + 3 * smss; // step 3: the three that left the network
    },
    onDuplicateAck(control) {
      control.cwndBytes += smss; // step 4
    },
    onPartialAck() {},
    onSend() {},
    exit(control) {
      control.cwndBytes = control.ssthreshBytes; // step 6: deflate; ssthresh stays
    },
  };
}
