import { JitterEstimate } from './jitter';
import { LossCounter } from './loss';
import { middleOfMs, middleOfNtp } from './ntp';
import type { RtpPacket } from './packet';
import type { ReportBlock, SenderReport } from './rtcp';
import { type SequenceVerdict, SequenceValidator } from './sequence-validation';
import { ticksOf } from './serial';

/**
 * What a receiver keeps of one source, and the report block made of it (RFC 3550 §6.4.1, Appendix A.1, A.3, A.8). Times are
 * milliseconds on the receiver's clock, from any zero.
 */
export class Reception {
  readonly ssrc: number;
  private readonly clockRateHz: number;
  private readonly jitter = new JitterEstimate();
  private sequence: SequenceValidator | undefined;
  private loss = new LossCounter();
  private lastSenderReport: { middle: number; atMs: number } | undefined;

  constructor(ssrc: number, clockRateHz: number) {
    this.ssrc = ssrc;
    this.clockRateHz = clockRateHz;
  }

  /** Takes a packet of this source in; only counted ones move the jitter. */
  receive({ sequenceNumber, timestamp }: RtpPacket, arrivalMs: number): SequenceVerdict {
    this.sequence ??= new SequenceValidator(sequenceNumber);
    const verdict = this.sequence.update(sequenceNumber);
    if (verdict !== 'counted') return verdict;
    // The first one that counts, of the stream or of a stream begun again: earlier figures are of no use.
    if (this.sequence.received === 1) this.loss = new LossCounter();
    this.jitter.update(ticksOf(arrivalMs, this.clockRateHz), timestamp);
    return verdict;
  }

  /** Remembers when the source's sender report came, for LSR and DLSR. */
  receiveSenderReport({ ntpTimestamp }: SenderReport, arrivalMs: number): void {
    this.lastSenderReport = { middle: middleOfNtp(ntpTimestamp), atMs: arrivalMs };
  }

  /** The block for the next report, and the beginning of the next interval; `undefined` before the source is valid. */
  report(nowMs: number): ReportBlock | undefined {
    const { sequence, lastSenderReport } = this;
    if (!sequence?.isValid) return undefined;
    return {
      ssrc: this.ssrc,
      ...this.loss.report(sequence.expected, sequence.received),
      extendedHighestSequence: sequence.extendedMax,
      jitter: Math.floor(this.jitter.ticks),
      lastSr: lastSenderReport?.middle ?? 0,
      delaySinceLastSr: lastSenderReport ? middleOfMs(nowMs - lastSenderReport.atMs) : 0,
    };
  }
}
