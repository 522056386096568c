import { MAX_OUTSTANDING_SEGMENTS } from './types';

/** What the receiver does with a segment: acknowledge at once, wait for another, or (a copy) at once too. */
export type Reception = 'ack-now' | 'ack-later';

/**
 * The receiving TCP of one flow: puts segments in order (RCV.NXT, and what arrived beyond it) and decides when
 * to acknowledge (RFC 5681 §4.2). Segments by number from 0.
 */
export class Receiver {
  /** RCV.NXT: the first segment that has not arrived. */
  nxt = 0;
  arrivedSegments = 0;
  duplicateSegments = 0;
  /** Segments that arrived in order and are not acknowledged yet. */
  #unacked = 0;
  #waiting = 0;
  #mask = 255;
  #hasArrived = new Uint8Array(256);
  readonly #delaysAcks: boolean;

  constructor(delaysAcks: boolean) {
    this.#delaysAcks = delaysAcks;
  }

  receive(segment: number): Reception {
    this.arrivedSegments++;
    if (
      segment < this.nxt ||
      (segment - this.nxt <= this.#mask && this.#hasArrived[segment & this.#mask] === 1)
    ) {
      this.duplicateSegments++;
      return 'ack-now';
    }
    if (segment > this.nxt) {
      while (segment - this.nxt > this.#mask && this.#mask < MAX_OUTSTANDING_SEGMENTS) this.#grow();
      this.#hasArrived[segment & this.#mask] = 1;
      this.#waiting++;
      return 'ack-now'; // out of order: a duplicate ACK, at once
    }
    const fillsHole = this.#waiting > 0;
    this.nxt++;
    while (this.#waiting > 0 && this.#hasArrived[this.nxt & this.#mask] === 1) {
      this.#hasArrived[this.nxt & this.#mask] = 0;
      this.#waiting--;
      this.nxt++;
    }
    this.#unacked++;
    return fillsHole || !this.#delaysAcks || this.#unacked >= 2 ? 'ack-now' : 'ack-later';
  }

  /** An ACK was sent. */
  acknowledged(): void {
    this.#unacked = 0;
  }

  #grow(): void {
    const ring = this.#hasArrived;
    const from = this.#mask;
    const larger = new Uint8Array((from + 1) * 2);
    for (let segment = this.nxt; segment <= this.nxt + from; segment++) {
      larger[segment & (larger.length - 1)] = ring[segment & from]!;
    }
    this.#hasArrived = larger;
    this.#mask = larger.length - 1;
  }
}
