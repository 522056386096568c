import type { Ack, CongestionControl, FastRecovery } from './control';

/** How fast PRR may refill a pipe that has shrunk below ssthresh (RFC 6937 §3.1): by as much as arrives, or one more. */
export type PrrBound = 'conservative' | 'slow-start';

/**
 * Proportional Rate Reduction, RFC 6937 §3: during recovery it sends in proportion to what arrives, so that the
 * window reaches ssthresh just when the recovery ends; no burst, no silence. An algorithm of its own: any
 * control that halves ssthresh can use it, and NewReno (RFC 6582) does not contain it.
 *
 * It counts in whole segments of `smss` octets, as the RFC's own traces do.
 */
export class ProportionalRateReduction implements FastRecovery {
  readonly usesSack = true;
  readonly endsAtFirstNewAck = false;
  /** Octets delivered and sent since the recovery began: prr_delivered, prr_out. */
  deliveredBytes = 0;
  outBytes = 0;
  #recoverFlightBytes = 1;
  readonly #smss: number;
  readonly #bound: PrrBound;

  constructor(smss: number, bound: PrrBound = 'slow-start') {
    this.#smss = smss;
    this.#bound = bound;
  }

  enter(control: CongestionControl, ack: Ack, recoverFlightBytes: number): void {
    this.deliveredBytes = 0;
    this.outBytes = 0;
    this.#recoverFlightBytes = recoverFlightBytes; // RecoverFS
    this.#onAck(control, ack);
  }

  onDuplicateAck(control: CongestionControl, ack: Ack): void {
    this.#onAck(control, ack);
  }

  onPartialAck(control: CongestionControl, ack: Ack): void {
    this.#onAck(control, ack);
  }

  onSend(bytes: number): void {
    this.outBytes += bytes;
  }

  exit(control: CongestionControl): void {
    control.cwndBytes = control.ssthreshBytes;
  }

  /** cwnd = pipe + sndcnt. */
  #onAck(control: CongestionControl, ack: Ack): void {
    this.deliveredBytes += ack.deliveredBytes;
    const sendBytes = Math.max(0, this.#sendableBytes(ack, control.ssthreshBytes));
    control.cwndBytes = Math.max(ack.flightBytes + sendBytes, this.#smss);
  }

  /** sndcnt: how much may be sent in answer to this ACK. */
  #sendableBytes(ack: Ack, ssthreshBytes: number): number {
    const pipeBytes = ack.flightBytes;
    const smss = this.#smss;
    if (pipeBytes > ssthreshBytes) {
      const share = (this.deliveredBytes * ssthreshBytes) / this.#recoverFlightBytes;
      // Rounding error must not lift a whole number of segments to the next.
      return Math.ceil(share / smss - 1e-9) * smss - this.outBytes;
    }
    const conserved = this.deliveredBytes - this.outBytes;
    const limit = this.#bound === 'conservative' ? conserved : Math.max(conserved, ack.deliveredBytes) + smss;
    return Math.min(ssthreshBytes - pipeBytes, limit);
  }
}
