import type { Ack } from '../congestion/control';
import type { Scoreboard } from './scoreboard';

/**
 * Delivery rate estimation (draft-cheng-iccrg-delivery-rate-estimation): how much was delivered between the
 * sending of a segment and its ACK, over the longer of the time it took to send and to acknowledge as much.
 */
export class RateSampler {
  /** Octets delivered so far, and when the last of them was acknowledged. */
  deliveredBytes = 0;
  #deliveredMs = 0;
  #firstSentMs = 0;
  #appLimitedUntilBytes = 0;
  // The newest segment that the ACK under way is for.
  #best = -1;
  #bestDeliveredBytes = -1;
  #bestDeliveredMs = 0;
  #sendElapsedMs = 0;
  #isAppLimited = false;
  #bestSentMs = 0;

  onSend(board: Scoreboard, segment: number, nowMs: number, pipeBeforeBytes: number): void {
    if (pipeBeforeBytes === 0) {
      this.#firstSentMs = nowMs;
      this.#deliveredMs = nowMs;
    }
    const isAppLimited = this.#appLimitedUntilBytes > this.deliveredBytes;
    board.stampRate(segment, this.deliveredBytes, this.#deliveredMs, this.#firstSentMs, isAppLimited);
  }

  /** The application has nothing to send although the window would allow it. */
  onApplicationLimited(pipeBytes: number): void {
    this.#appLimitedUntilBytes = this.deliveredBytes + Math.max(pipeBytes, 1);
  }

  /** A segment has been delivered; call before the scoreboard forgets it. */
  onDelivered(board: Scoreboard, segment: number, sizeBytes: number, nowMs: number): void {
    this.deliveredBytes += sizeBytes;
    this.#deliveredMs = nowMs;
    const deliveredAtSend = board.deliveredBytesAtSend(segment);
    if (deliveredAtSend < this.#bestDeliveredBytes) return;
    this.#best = segment;
    this.#bestDeliveredBytes = deliveredAtSend;
    this.#bestDeliveredMs = board.deliveredMsAtSend(segment);
    this.#bestSentMs = board.sentMsOf(segment);
    this.#sendElapsedMs = this.#bestSentMs - board.firstSentMsAtSend(segment);
    this.#isAppLimited = board.isAppLimitedAtSend(segment);
  }

  /** Puts the sample of this ACK into `ack`, NaN if it acknowledged nothing new. */
  finish(ack: Ack, nowMs: number): void {
    ack.totalDeliveredBytes = this.deliveredBytes;
    ack.deliveryRate = NaN;
    if (this.#best < 0) return;
    this.#firstSentMs = this.#bestSentMs;
    const intervalMs = Math.max(this.#sendElapsedMs, nowMs - this.#bestDeliveredMs);
    ack.deliveredAtSendBytes = this.#bestDeliveredBytes;
    ack.isAppLimited = this.#isAppLimited;
    if (intervalMs > 0) ack.deliveryRate = (this.deliveredBytes - this.#bestDeliveredBytes) / intervalMs;
    this.#best = -1;
    this.#bestDeliveredBytes = -1;
  }
}
