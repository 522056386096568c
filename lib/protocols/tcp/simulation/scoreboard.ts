import { DelayLine } from '@/lib/sim';
import { MAX_OUTSTANDING_SEGMENTS } from './types';

const IN_FLIGHT = 0;
const SACKED = 1;
const LOST = 2;

/** Segments SACKed above a hole before it counts as lost (DupThresh of RFC 6675 §2). */
const DUP_THRESH = 3;

/**
 * What the sender knows about each outstanding segment, SND.UNA to SND.NXT, by number from 0. A ring of typed
 * arrays; `pipe` is kept as a count instead of being summed as RFC 6675 §4 does, with the same result.
 */
export class Scoreboard {
  /** The first segment not acknowledged, and the next new one. */
  una = 0;
  nxt = 0;
  /** Octets assumed to be in the network (RFC 6675 §4), and all those between una and nxt (FlightSize). */
  pipeBytes = 0;
  flightBytes = 0;
  /** Segments known to be lost and not sent again yet. */
  lostCount = 0;
  sackedCount = 0;
  #mask = 255;
  #state = new Uint8Array(256);
  #size = new Float64Array(256);
  #sentMs = new Float64Array(256);
  #isResent = new Uint8Array(256);
  // For delivery rates (Cheng et al., draft-cheng-iccrg-delivery-rate-estimation §3.1.2).
  #deliveredBytes = new Float64Array(256);
  #deliveredMs = new Float64Array(256);
  #firstSentMs = new Float64Array(256);
  #isAppLimited = new Uint8Array(256);
  /** The three highest SACKed segments, highest first. */
  #high1 = -1;
  #high2 = -1;
  #high3 = -1;
  /** Everything below has been judged; where the search for the next hole to fill starts. */
  #judged = 0;
  #nextHole = 0;
  /** Retransmissions under way, each with what SND.NXT was: to notice that one was lost again. */
  readonly #resent = new DelayLine();

  sizeOf(segment: number): number {
    return this.#size[segment & this.#mask]!;
  }

  sentMsOf(segment: number): number {
    return this.#sentMs[segment & this.#mask]!;
  }

  /** Whether it was sent more than once: no RTT may be taken from it (Karn). */
  isResent(segment: number): boolean {
    return this.#isResent[segment & this.#mask] === 1;
  }

  deliveredBytesAtSend(segment: number): number {
    return this.#deliveredBytes[segment & this.#mask]!;
  }

  deliveredMsAtSend(segment: number): number {
    return this.#deliveredMs[segment & this.#mask]!;
  }

  firstSentMsAtSend(segment: number): number {
    return this.#firstSentMs[segment & this.#mask]!;
  }

  isAppLimitedAtSend(segment: number): boolean {
    return this.#isAppLimited[segment & this.#mask] === 1;
  }

  get hasRoom(): boolean {
    return this.nxt - this.una < MAX_OUTSTANDING_SEGMENTS;
  }

  /** Segment `nxt` is sent; `isResent`: it was sent before SND.NXT was set back by a timeout. */
  sendNext(sizeBytes: number, nowMs: number, isResent: boolean): void {
    if (this.nxt - this.una > this.#mask) this.#grow();
    const at = this.nxt & this.#mask;
    this.#state[at] = IN_FLIGHT;
    this.#size[at] = sizeBytes;
    this.#sentMs[at] = nowMs;
    this.#isResent[at] = isResent ? 1 : 0;
    this.nxt++;
    this.pipeBytes += sizeBytes;
    this.flightBytes += sizeBytes;
  }

  /** A segment between una and nxt is sent again. */
  resend(segment: number, nowMs: number): void {
    const at = segment & this.#mask;
    if (this.#state[at] === LOST) {
      this.#state[at] = IN_FLIGHT;
      this.lostCount--;
      this.pipeBytes += this.#size[at]!;
      this.#resent.push(0, segment, this.nxt);
    }
    this.#sentMs[at] = nowMs;
    this.#isResent[at] = 1;
  }

  /** Notes what delivery rates need, for a segment just sent. */
  stampRate(
    segment: number,
    deliveredBytes: number,
    deliveredMs: number,
    firstSentMs: number,
    appLimited: boolean,
  ) {
    const at = segment & this.#mask;
    this.#deliveredBytes[at] = deliveredBytes;
    this.#deliveredMs[at] = deliveredMs;
    this.#firstSentMs[at] = firstSentMs;
    this.#isAppLimited[at] = appLimited ? 1 : 0;
  }

  /** Segment `una` is acknowledged. Returns its octets if that is the first news of its arrival, else 0. */
  acknowledgeFirst(): number {
    const at = this.una & this.#mask;
    const size = this.#size[at]!;
    const state = this.#state[at]!;
    this.una++;
    this.flightBytes -= size;
    if (state === SACKED) {
      this.sackedCount--;
      return 0;
    }
    if (state === LOST) this.lostCount--;
    else this.pipeBytes -= size;
    return size;
  }

  /** A segment above a hole has arrived. Returns its octets, or 0 if that was known. */
  sack(segment: number): number {
    const at = segment & this.#mask;
    if (segment < this.una || segment >= this.nxt || this.#state[at] === SACKED) return 0;
    if (this.#state[at] === LOST) this.lostCount--;
    else this.pipeBytes -= this.#size[at]!;
    this.#state[at] = SACKED;
    this.sackedCount++;
    if (segment > this.#high1) {
      this.#high3 = this.#high2;
      this.#high2 = this.#high1;
      this.#high1 = segment;
    } else if (segment > this.#high2) {
      this.#high3 = this.#high2;
      this.#high2 = segment;
    } else if (segment > this.#high3) {
      this.#high3 = segment;
    }
    return this.#size[at]!;
  }

  /** IsLost of RFC 6675 §4 for all: a hole below three SACKed segments is a loss. */
  markLost(): void {
    if (this.sackedCount >= DUP_THRESH) {
      for (let segment = Math.max(this.#judged, this.una); segment < this.#high3; segment++)
        this.#lose(segment);
      if (this.#high3 > this.#judged) this.#judged = this.#high3;
    }
    // A retransmission is lost again when three segments first sent after it have arrived. RFC 6675 waits for
    // the timer instead; RFC 8985 §6.2 has the idea, here counted in segments.
    const resent = this.#resent;
    while (resent.length > 0) {
      const segment = resent.a;
      if (segment >= this.una) {
        if (this.#high3 < resent.b) break;
        this.#lose(segment);
      }
      resent.shift();
    }
  }

  /** After a timeout nothing outstanding is believed to be in the network (RFC 6675 §5.1). */
  loseAll(): void {
    while (this.#resent.length > 0) this.#resent.shift();
    for (let segment = this.una; segment < this.nxt; segment++) this.#lose(segment);
    this.#judged = this.nxt;
  }

  /** After a timeout without SACK: sending starts again at SND.UNA. */
  goBack(): void {
    this.nxt = this.una;
    this.pipeBytes = 0;
    this.flightBytes = 0;
  }

  /** The lowest hole to fill (NextSeg rule 1 of RFC 6675 §4); call only with `lostCount` > 0. */
  findHole(): number {
    let segment = Math.max(this.#nextHole, this.una);
    while (this.#state[segment & this.#mask] !== LOST) segment++;
    this.#nextHole = segment;
    return segment;
  }

  #lose(segment: number): void {
    const at = segment & this.#mask;
    if (this.#state[at] !== IN_FLIGHT) return;
    this.#state[at] = LOST;
    this.lostCount++;
    this.pipeBytes -= this.#size[at]!;
    if (segment < this.#nextHole) this.#nextHole = segment;
  }

  #grow(): void {
    const from = this.#mask;
    const move = <A extends Uint8Array | Float64Array>(ring: A, larger: A): A => {
      const to = larger.length - 1;
      for (let segment = this.una; segment < this.nxt; segment++)
        larger[segment & to] = ring[segment & from]!;
      return larger;
    };
    const capacity = (from + 1) * 2;
    this.#state = move(this.#state, new Uint8Array(capacity));
    this.#size = move(this.#size, new Float64Array(capacity));
    this.#sentMs = move(this.#sentMs, new Float64Array(capacity));
    this.#isResent = move(this.#isResent, new Uint8Array(capacity));
    this.#deliveredBytes = move(this.#deliveredBytes, new Float64Array(capacity));
    this.#deliveredMs = move(this.#deliveredMs, new Float64Array(capacity));
    this.#firstSentMs = move(this.#firstSentMs, new Float64Array(capacity));
    this.#isAppLimited = move(this.#isAppLimited, new Uint8Array(capacity));
    this.#mask = capacity - 1;
  }
}
