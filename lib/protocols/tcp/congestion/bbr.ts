import type { Random } from '@/lib/sim';
import { PathModel } from './bbr-model';
import type { Ack, Algorithm, CongestionControl, FastRecovery, Phase } from './control';

/** 2/ln 2: the smallest gain with which the rate doubles each round (draft-cardwell-…-00 §4.3.1.1). */
const HIGH_GAIN = 2 / Math.LN2;
/** Room for delayed ACKs above one BDP. */
const CWND_GAIN = 2;
/** §4.3.4.2: ask for more, drain what that queued, cruise. One phase a round trip. */
const PACING_CYCLE = [1.25, 0.75, 1, 1, 1, 1, 1, 1] as const;
const PROBE_RTT_MS = 200;
const MIN_CWND_SEGMENTS = 4;

/**
 * BBR, as first published: Cardwell et al., "BBR: Congestion-Based Congestion Control", 2016, and
 * draft-cardwell-iccrg-bbr-congestion-control-00. It does not wait for loss: it sends at the rate that the path
 * was seen to deliver, with about one BDP in flight. MODEL.md says what is left out.
 */
export class Bbr implements CongestionControl {
  readonly algorithm: Algorithm = 'bbr';
  cwndBytes: number;
  readonly ssthreshBytes = Infinity; // it has none
  readonly samplesRate = true;
  phase: Phase = 'startup';
  pacingRate: number;
  readonly model = new PathModel();
  readonly #smss: number;
  readonly #initialCwndBytes: number;
  readonly #random: Random;
  #pacingGain = HIGH_GAIN;
  #cwndGain = HIGH_GAIN;
  #fullBandwidth = 0;
  #roundsWithoutGrowth = 0;
  #cycleIndex = 0;
  #cycleStampMs = 0;
  #probeRttUntilMs = NaN;
  #cwndBefore = 0;
  #recoveryRound = -1;
  #hasSeenRtt = false;

  constructor(options: { smss: number; initialCwndBytes: number; random: Random }) {
    this.#smss = options.smss;
    this.#initialCwndBytes = options.initialCwndBytes;
    this.#random = options.random;
    this.cwndBytes = options.initialCwndBytes;
    this.pacingRate = HIGH_GAIN * options.initialCwndBytes; // §4.2.1: as if the RTT were 1 ms, until it is known
  }

  onAck(ack: Ack): void {
    const { model } = this;
    const isNewRound =
      !Number.isNaN(ack.deliveryRate) && model.countRound(ack.deliveredAtSendBytes, ack.totalDeliveredBytes);
    if (!Number.isNaN(ack.deliveryRate)) model.sampleRate(ack.deliveryRate, ack.isAppLimited);
    if (isNewRound && this.phase === 'startup') this.#checkFullPipe(ack);
    if (this.phase === 'drain' && ack.flightBytes <= model.bdpBytes) this.#enterProbeBw(ack.nowMs);
    if (this.phase === 'probe-bw') this.#advanceCycle(ack);
    const isExpired = !Number.isNaN(ack.rttMs) && model.sampleRtt(ack.nowMs, ack.rttMs);
    if (isExpired && this.phase !== 'probe-rtt') this.#enterProbeRtt();
    if (this.phase === 'probe-rtt') this.#stayInProbeRtt(ack);
    this.#setPacingRate(ack);
    this.#setCwnd(ack);
  }

  /** Startup ends when the rate has not grown by a quarter in three rounds (§4.3.2.2). */
  #checkFullPipe(ack: Ack): void {
    if (ack.isAppLimited) return;
    if (this.model.bandwidth >= this.#fullBandwidth * 1.25) {
      this.#fullBandwidth = this.model.bandwidth;
      this.#roundsWithoutGrowth = 0;
    } else if (++this.#roundsWithoutGrowth >= 3) {
      this.phase = 'drain';
      this.#pacingGain = 1 / HIGH_GAIN; // as much less as startup was more: the queue drains in about a round
      this.#cwndGain = HIGH_GAIN;
    }
  }

  #enterProbeBw(nowMs: number): void {
    this.phase = 'probe-bw';
    this.#cwndGain = CWND_GAIN;
    // Any phase but the draining one, so that flows do not probe in step (§4.3.4.3).
    this.#cycleIndex = (this.#random.integer(0, PACING_CYCLE.length - 2) + 2) % PACING_CYCLE.length;
    this.#cycleStampMs = nowMs;
    this.#pacingGain = PACING_CYCLE[this.#cycleIndex] ?? 1;
  }

  /** §4.3.4.3: a phase lasts one RTT; probing until it has filled the pipe, draining only until it has drained. */
  #advanceCycle(ack: Ack): void {
    const hasLastedOneRtt = ack.nowMs - this.#cycleStampMs > this.model.minRttMs;
    const { bdpBytes } = this.model;
    const isDone =
      this.#pacingGain > 1
        ? hasLastedOneRtt &&
          (this.#recoveryRound >= 0 || ack.flightBeforeBytes >= this.#pacingGain * bdpBytes)
        : hasLastedOneRtt || (this.#pacingGain < 1 && ack.flightBytes <= bdpBytes);
    if (!isDone) return;
    this.#cycleIndex = (this.#cycleIndex + 1) % PACING_CYCLE.length;
    this.#cycleStampMs = ack.nowMs;
    this.#pacingGain = PACING_CYCLE[this.#cycleIndex] ?? 1;
  }

  /** §4.3.5: drop to four segments for 200 ms, so that the queue empties and the true RTT shows. */
  #enterProbeRtt(): void {
    this.#cwndBefore = Math.max(this.cwndBytes, this.#cwndBefore);
    this.phase = 'probe-rtt';
    this.#pacingGain = 1;
    this.#probeRttUntilMs = NaN;
  }

  #stayInProbeRtt(ack: Ack): void {
    if (Number.isNaN(this.#probeRttUntilMs)) {
      if (ack.flightBytes <= MIN_CWND_SEGMENTS * this.#smss) {
        this.#probeRttUntilMs = ack.nowMs + Math.max(PROBE_RTT_MS, this.model.minRttMs);
      }
      return;
    }
    if (ack.nowMs < this.#probeRttUntilMs) return;
    this.model.minRttStampMs = ack.nowMs;
    this.#restoreCwnd();
    if (this.#hasFilledPipe) this.#enterProbeBw(ack.nowMs);
    else {
      this.phase = 'startup';
      this.#pacingGain = HIGH_GAIN;
      this.#cwndGain = HIGH_GAIN;
    }
  }

  #setPacingRate(ack: Ack): void {
    if (!this.#hasSeenRtt && !Number.isNaN(ack.srttMs)) {
      this.#hasSeenRtt = true;
      this.pacingRate = (HIGH_GAIN * this.#initialCwndBytes) / ack.srttMs;
    }
    // Until the pipe is full the rate only rises (§4.2.1): the first, low samples must not slow it down.
    const rate = this.#pacingGain * this.model.bandwidth;
    if (rate > this.pacingRate || (this.#hasFilledPipe && rate > 0)) this.pacingRate = rate;
  }

  get #hasFilledPipe(): boolean {
    return this.#roundsWithoutGrowth >= 3;
  }

  /** §4.2.3.4: cwnd follows gain × BDP, but grows by no more than what was delivered. */
  #setCwnd(ack: Ack): void {
    const minimum = MIN_CWND_SEGMENTS * this.#smss;
    const target = Math.max(this.#cwndGain * this.model.bdpBytes + 3 * this.#smss, minimum);
    if (this.#recoveryRound === this.model.round) {
      // The first round of a recovery conserves packets: what arrives may be replaced, no more.
      this.cwndBytes = Math.max(this.cwndBytes, ack.flightBytes + ack.deliveredBytes);
    } else if (this.#hasFilledPipe) {
      this.cwndBytes = Math.min(this.cwndBytes + ack.deliveredBytes, target);
    } else if (this.cwndBytes < target || ack.totalDeliveredBytes < this.#initialCwndBytes) {
      this.cwndBytes += ack.deliveredBytes;
    }
    this.cwndBytes = Math.max(this.cwndBytes, minimum);
    if (this.phase === 'probe-rtt') this.cwndBytes = Math.min(this.cwndBytes, minimum);
  }

  /** A loss changes no estimate; the window is held for one round and comes back afterwards. */
  onLoss(): void {
    if (this.phase !== 'probe-rtt') this.#cwndBefore = Math.max(this.cwndBytes, this.#cwndBefore);
    this.#recoveryRound = this.model.round;
  }

  onRecoveryEnd(): void {
    this.#recoveryRound = -1;
    if (this.phase !== 'probe-rtt') this.#restoreCwnd();
  }

  onTimeout(): void {
    this.#cwndBefore = Math.max(this.cwndBytes, this.#cwndBefore);
    this.cwndBytes = this.#smss;
  }

  /** BBR paces after an idle time at its estimate instead of starting anew (§4.3.4.4). */
  onIdle(): void {}

  #restoreCwnd(): void {
    this.cwndBytes = Math.max(this.cwndBytes, this.#cwndBefore);
    this.#cwndBefore = 0;
  }
}

/** BBR's repair: SACK says what to resend; the window is BBR's own matter, held to what is in flight at first. */
export function bbrRecovery(smss: number): FastRecovery {
  return {
    usesSack: true,
    endsAtFirstNewAck: false,
    enter(control, ack) {
      const held = ack.flightBytes + Math.max(ack.deliveredBytes, smss);
      control.cwndBytes = Math.max(Math.min(control.cwndBytes, held), MIN_CWND_SEGMENTS * smss);
    },
    onDuplicateAck() {},
    onPartialAck() {},
    onSend() {},
    exit() {},
  };
}
