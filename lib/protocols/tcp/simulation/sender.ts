import type { Ack, CongestionControl, FastRecovery } from '../congestion/control';
import { RtoEstimator } from '../congestion/rto';
import type { ApplicationData } from './application';
import { RateSampler } from './rate-sampler';
import { Scoreboard } from './scoreboard';
import type { TcpEventType } from './types';

/** What a sender needs of the world around it. */
export type SenderWorld = {
  transmit(segment: number, sizeBytes: number, isRetransmission: boolean, nowMs: number): void;
  /** Something worth noting happened; `segment` from 0. */
  note(type: TcpEventType, nowMs: number, segment?: number): void;
};

export type SenderOptions = {
  control: CongestionControl;
  /** Undefined: Tahoe, which repairs by slow start. */
  recovery: FastRecovery | undefined;
  application: ApplicationData;
  mss: number;
  rwndBytes: number;
  initialCwndBytes: number;
  slowStartAfterIdle: boolean;
  minRtoMs: number;
};

/** Sums of octets are exact, windows are not: this much is rounding. */
const ROUNDING = 1e-6;
const DUP_THRESH = 3;

/**
 * The sending TCP of one flow: when to send, what to send again, when to give up waiting. How large the window
 * is, it asks the congestion control. Segments by number from 0.
 */
export class Sender {
  readonly board = new Scoreboard();
  readonly control: CongestionControl;
  readonly rto: RtoEstimator;
  /** When the retransmission timer expires; Infinity: it is not running. */
  rtoDeadlineMs = Infinity;
  /** When pacing allows the next segment; Infinity: sending waits for something else. */
  wakeMs = Infinity;
  retransmittedSegments = 0;
  timeouts = 0;
  fastRetransmits = 0;
  ecnReductions = 0;
  rttSumMs = 0;
  rttCount = 0;
  maxCwndBytes = 0;
  readonly #recovery: FastRecovery | undefined;
  readonly #application: ApplicationData;
  readonly #world: SenderWorld;
  readonly #options: SenderOptions;
  readonly #usesSack: boolean;
  readonly #rates: RateSampler | undefined;
  readonly #ack: Ack = {
    nowMs: 0,
    ackedBytes: 0,
    deliveredBytes: 0,
    flightBeforeBytes: 0,
    flightBytes: 0,
    peakFlightBytes: 0,
    rttMs: NaN,
    srttMs: NaN,
    deliveryRate: NaN,
    isAppLimited: false,
    totalDeliveredBytes: 0,
    deliveredAtSendBytes: 0,
  };
  #dupAcks = 0;
  #inRecovery = false;
  /** `recover` of RFC 6582 and RecoveryPoint of RFC 6675: what was sent when the last loss was found. */
  #recover = 0;
  #partialAcks = 0;
  /** Where SND.NXT has been; below it, sending is sending again. */
  #highestSent = 0;
  /** The most outstanding within a window of data, and where that window ends. */
  #peakFlightBytes = 0;
  #peakUntil = 0;
  #limitedTransmitBytes = 0;
  #timedOutSegment = -1;
  #ecnRecover = 0;
  #lastSendMs = 0;
  #nextPacedMs = 0;

  constructor(options: SenderOptions, world: SenderWorld) {
    this.#options = options;
    this.#world = world;
    this.control = options.control;
    this.#recovery = options.recovery;
    this.#application = options.application;
    this.#usesSack = options.recovery?.usesSack ?? false;
    this.#rates = options.control.samplesRate ? new RateSampler() : undefined;
    this.rto = new RtoEstimator(options.minRtoMs);
    this.maxCwndBytes = options.control.cwndBytes;
  }

  /** FlightSize, or with SACK the pipe: what counts against cwnd. */
  get flightBytes(): number {
    return this.#usesSack ? this.board.pipeBytes : this.board.flightBytes;
  }

  get isDone(): boolean {
    return this.board.una >= this.#application.segments;
  }

  /** The application has written; after a long silence the window starts anew (RFC 5681 §4.1). */
  onWrite(nowMs: number): void {
    const idleMs = nowMs - this.#lastSendMs;
    if (this.#highestSent > 0 && this.board.flightBytes === 0 && idleMs > this.rto.rtoMs) {
      if (this.#options.slowStartAfterIdle) {
        this.control.onIdle(idleMs, this.#options.initialCwndBytes);
        this.#world.note('idle-restart', nowMs);
      }
    }
    this.trySend(nowMs);
  }

  /** An ACK arrives: `ackNumber` is the next segment expected, `sacked` one above a hole (or -1). */
  onAck(nowMs: number, ackNumber: number, sacked: number, isCongestionEchoed: boolean): void {
    const { board, control } = this;
    if (board.flightBytes === 0 && ackNumber <= board.una) return; // of a spurious retransmission
    const ack = this.#read(nowMs, ackNumber, sacked);
    if (control.samplesRate) control.onAck(ack);

    if (ack.ackedBytes > 0) this.#onNewAck(ack);
    else this.#onDuplicateAck(ack);
    if (this.#usesSack && board.lostCount > 0 && !this.#inRecovery && board.una >= this.#recover)
      this.#enter(ack);
    if (isCongestionEchoed) this.#onCongestionEcho(nowMs);

    if (control.cwndBytes > this.maxCwndBytes) this.maxCwndBytes = control.cwndBytes;
    this.trySend(nowMs);
  }

  /** Takes what an ACK says into the scoreboard, and sums it up. */
  #read(nowMs: number, ackNumber: number, sacked: number): Ack {
    const { board } = this;
    const ack = this.#ack;
    ack.nowMs = nowMs;
    ack.flightBeforeBytes = this.flightBytes;
    ack.peakFlightBytes = this.#peakFlightBytes;
    ack.rttMs = NaN;
    ack.deliveredBytes = 0;

    const newest = ackNumber > board.una ? ackNumber - 1 : this.#usesSack ? sacked : -1;
    // No RTT from an ACK that a retransmission may have caused (Karn); it may cover segments that came long before.
    if (newest >= board.una && newest < board.nxt && !board.isResent(newest) && !this.#isJump(ackNumber)) {
      ack.rttMs = nowMs - board.sentMsOf(newest);
      this.rto.sample(ack.rttMs);
      this.rttSumMs += ack.rttMs;
      this.rttCount++;
    }
    if (this.#usesSack && sacked >= 0) {
      const bytes = board.sack(sacked);
      if (bytes > 0) this.#deliver(sacked, bytes);
    }
    const flightBefore = board.flightBytes;
    let outsideFlight = 0;
    while (board.una < ackNumber) {
      const segment = board.una;
      if (segment >= board.nxt) {
        // Sent before a timeout set SND.NXT back: it is acknowledged without being counted as outstanding.
        const bytes = this.#application.sizeOf(segment);
        outsideFlight += bytes;
        ack.deliveredBytes += bytes;
        board.una++;
        board.nxt++;
        continue;
      }
      const bytes = board.acknowledgeFirst();
      if (bytes > 0) this.#deliver(segment, bytes);
    }
    ack.ackedBytes = flightBefore - board.flightBytes + outsideFlight;
    if (this.#usesSack) board.markLost();
    ack.flightBytes = this.flightBytes;
    ack.srttMs = this.rto.srttMs ?? NaN;
    this.#rates?.finish(ack, nowMs);
    return ack;
  }

  #isJump(ackNumber: number): boolean {
    return ackNumber > this.board.una && this.board.isResent(this.board.una);
  }

  #deliver(segment: number, bytes: number): void {
    this.#ack.deliveredBytes += bytes;
    this.#rates?.onDelivered(this.board, segment, bytes, this.#ack.nowMs);
  }

  #onNewAck(ack: Ack): void {
    const { board, control } = this;
    this.#dupAcks = 0;
    this.#limitedTransmitBytes = 0;
    const recovery = this.#recovery;
    let restartsTimer = true;
    if (!this.#inRecovery || recovery === undefined) {
      if (!control.samplesRate) control.onAck(ack);
    } else if (board.una >= this.#recover || recovery.endsAtFirstNewAck) {
      this.#leave(ack.nowMs);
    } else {
      recovery.onPartialAck(control, ack);
      if (!this.#usesSack) {
        this.#retransmit(board.una, ack.nowMs);
        restartsTimer = ++this.#partialAcks === 1; // the "impatient" variant (RFC 6582 §4)
      }
    }
    if (board.flightBytes === 0) this.rtoDeadlineMs = Infinity;
    else if (restartsTimer) this.rtoDeadlineMs = ack.nowMs + this.rto.rtoMs; // RFC 6298 §5.3
  }

  #onDuplicateAck(ack: Ack): void {
    this.#dupAcks++;
    if (this.#inRecovery) this.#recovery?.onDuplicateAck(this.control, ack);
    else if (!this.#usesSack && this.#dupAcks === DUP_THRESH && this.#isBeyondRecover()) this.#enter(ack);
  }

  /**
   * Duplicates of an ACK for exactly `recover` may come of segments that were sent again needlessly, after a timeout;
   * one segment more must be acknowledged before they say that something is lost (RFC 6582 §3.2, on step 2).
   */
  #isBeyondRecover(): boolean {
    return this.#recover === 0 || this.board.una > this.#recover;
  }

  /** A loss is found: once a window (RFC 5681 §3.2 steps 2 and 3; RFC 6675 §5 step 4). */
  #enter(ack: Ack): void {
    const { board, control } = this;
    const recovery = this.#recovery;
    const flightBytes = this.#flightAtLoss();
    this.fastRetransmits++;
    this.#limitedTransmitBytes = 0;
    control.onLoss(ack.nowMs, flightBytes);
    this.#world.note('fast-retransmit', ack.nowMs, board.una);
    if (recovery === undefined) {
      // Tahoe: slow start from the lost segment on.
      this.#recover = this.#highestSent;
      board.goBack();
      return;
    }
    // Reno does not remember where it was: a second loss in the window makes it halve again.
    if (!recovery.endsAtFirstNewAck) this.#recover = board.nxt;
    this.#inRecovery = true;
    this.#partialAcks = 0;
    recovery.enter(control, ack, flightBytes);
    this.#world.note('recovery-begin', ack.nowMs);
    this.#retransmit(this.#usesSack ? board.findHole() : board.una, ack.nowMs);
  }

  /**
   * FlightSize without what limited transmit added (RFC 5681 §3.2 step 2), but no more than cwnd: after a cut,
   * more is outstanding than the path was found to bear, and a second loss must cut from there, as in BSD.
   */
  #flightAtLoss(): number {
    const { cwndBytes, ssthreshBytes } = this.control;
    // In a recovery without SACK duplicates have inflated the window; what it is without them is ssthresh.
    const windowBytes = this.#inRecovery ? Math.min(cwndBytes, ssthreshBytes) : cwndBytes;
    return Math.min(this.board.flightBytes - this.#limitedTransmitBytes, windowBytes);
  }

  #leave(nowMs: number): void {
    this.#inRecovery = false;
    this.#recovery?.exit(this.control);
    this.control.onRecoveryEnd(nowMs);
    this.#world.note('recovery-end', nowMs);
  }

  /** A mark is answered like a loss, once a window, with nothing to repair (RFC 3168 §6.1.2). BBR ignores it. */
  #onCongestionEcho(nowMs: number): void {
    const { board, control } = this;
    if (control.samplesRate || this.#inRecovery || board.una < this.#ecnRecover) return;
    this.ecnReductions++;
    this.#ecnRecover = board.nxt;
    control.onLoss(nowMs, this.#flightAtLoss());
    control.cwndBytes = Math.min(control.cwndBytes, control.ssthreshBytes);
    control.onRecoveryEnd(nowMs);
    this.#world.note('ecn', nowMs);
  }

  /** The retransmission timer has expired (RFC 6298 §5.4 to §5.6, RFC 5681 §3.1). */
  onTimeout(nowMs: number): void {
    const { board, control } = this;
    this.timeouts++;
    control.onTimeout(nowMs, this.#flightAtLoss(), this.#timedOutSegment === board.una);
    this.#timedOutSegment = board.una;
    this.rto.backOff();
    this.#inRecovery = false;
    this.#dupAcks = 0;
    this.#limitedTransmitBytes = 0;
    this.#recover = this.#highestSent;
    if (this.#usesSack) board.loseAll();
    else board.goBack();
    this.rtoDeadlineMs = nowMs + this.rto.rtoMs;
    this.#nextPacedMs = nowMs;
    this.#world.note('rto', nowMs, board.una);
    this.trySend(nowMs);
  }

  /** Sends what the windows, the application and pacing allow. */
  trySend(nowMs: number): void {
    const { board, control } = this;
    this.wakeMs = Infinity;
    for (;;) {
      if (this.#nextPacedMs > nowMs) {
        this.wakeMs = this.#nextPacedMs;
        return;
      }
      const fillsHole = board.lostCount > 0;
      const segment = fillsHole ? board.findHole() : board.nxt;
      if (!fillsHole && segment >= this.#application.segments) {
        if (this.flightBytes < control.cwndBytes) this.#rates?.onApplicationLimited(board.pipeBytes);
        return;
      }
      const size = fillsHole ? board.sizeOf(segment) : this.#application.sizeOf(segment);
      if (this.flightBytes + size > control.cwndBytes + this.#allowance() + ROUNDING) return;
      if (!fillsHole && (board.flightBytes + size > this.#options.rwndBytes || !board.hasRoom)) return;
      if (fillsHole) this.#retransmit(segment, nowMs);
      else this.#sendNext(size, nowMs);
    }
  }

  /** Limited transmit: the first two duplicate ACKs may each send a new segment beyond cwnd (RFC 3042 §2). */
  #allowance(): number {
    if (this.#usesSack || this.#inRecovery || this.#recovery === undefined) return 0;
    return this.board.una < this.#recover ? 0 : Math.min(this.#dupAcks, 2) * this.#options.mss;
  }

  #sendNext(size: number, nowMs: number): void {
    const { board } = this;
    const segment = board.nxt;
    const pipeBefore = board.pipeBytes;
    const isRetransmission = segment < this.#highestSent;
    board.sendNext(size, nowMs, isRetransmission);
    if (!isRetransmission) this.#highestSent = board.nxt;
    if (this.#dupAcks > 0 && !this.#inRecovery) this.#limitedTransmitBytes += size;
    this.#dispatch(segment, size, isRetransmission, pipeBefore, nowMs);
  }

  #notePeak(): void {
    const { board, flightBytes } = this;
    if (board.una < this.#peakUntil && flightBytes <= this.#peakFlightBytes) return;
    this.#peakFlightBytes = flightBytes;
    this.#peakUntil = board.nxt;
  }

  #retransmit(segment: number, nowMs: number): void {
    const pipeBefore = this.board.pipeBytes;
    this.board.resend(segment, nowMs);
    this.#dispatch(segment, this.board.sizeOf(segment), true, pipeBefore, nowMs);
  }

  #dispatch(
    segment: number,
    size: number,
    isRetransmission: boolean,
    pipeBefore: number,
    nowMs: number,
  ): void {
    if (isRetransmission) this.retransmittedSegments++;
    if (this.#inRecovery) this.#recovery?.onSend(size);
    this.#notePeak();
    this.#rates?.onSend(this.board, segment, nowMs, pipeBefore);
    this.#lastSendMs = nowMs;
    if (this.rtoDeadlineMs === Infinity) this.rtoDeadlineMs = nowMs + this.rto.rtoMs; // RFC 6298 §5.1
    const rate = this.control.pacingRate;
    if (rate !== Infinity) this.#nextPacedMs = Math.max(this.#nextPacedMs, nowMs) + size / rate;
    this.#world.transmit(segment, size, isRetransmission, nowMs);
  }
}
