import { SimError } from './sim-error';

/** What `accept` answers when the queue has no room. */
export const DROPPED = -1;

/** A queue of this many packets is full, whatever `queueBytes` says. */
export const MAX_QUEUED_PACKETS = 1_048_576;

/**
 * The sending end of a link: serialises packets one after another at `rateBps` and keeps those that must wait
 * in a first-in first-out queue of `queueBytes`, dropping what does not fit (drop-tail). The packet being
 * serialised is not in the queue.
 *
 * First in, first out at a fixed rate: so the moment of departure is known when a packet arrives, and no event
 * is needed for it. `accept` answers it at once.
 */
export class Transmitter {
  readonly #msPerByte: number;
  readonly #queueBytes: number;
  #busyUntilMs = 0;
  #waitingBytes = 0;
  #byteMs = 0;
  #maxWaitingBytes = 0;
  // The waiting packets, as a ring: when serialising starts, and how large they are.
  #startMs = new Float64Array(64);
  #size = new Float64Array(64);
  #head = 0;
  #count = 0;

  constructor(options: { rateBps?: number; queueBytes?: number } = {}) {
    const rateBps = options.rateBps ?? Infinity;
    const queueBytes = options.queueBytes ?? Infinity;
    if (!(rateBps > 0))
      throw new SimError('SIM_INVALID_INPUT', `rate ${rateBps} bit/s: expected more than 0`);
    if (!(queueBytes >= 0))
      throw new SimError('SIM_INVALID_INPUT', `queue of ${queueBytes} octets: expected 0 or more`);
    this.#msPerByte = 8000 / rateBps;
    this.#queueBytes = queueBytes;
  }

  /** When the last octet of this packet leaves, in ms; DROPPED if the queue is full. Time must not run back. */
  accept(nowMs: number, sizeBytes: number): number {
    this.#advance(nowMs);
    const startMs = this.#busyUntilMs > nowMs ? this.#busyUntilMs : nowMs;
    if (startMs > nowMs) {
      if (this.#waitingBytes + sizeBytes > this.#queueBytes || this.#count >= MAX_QUEUED_PACKETS)
        return DROPPED;
      this.#enqueue(startMs, sizeBytes);
      this.#byteMs += sizeBytes * (startMs - nowMs);
    }
    this.#busyUntilMs = startMs + sizeBytes * this.#msPerByte;
    return this.#busyUntilMs;
  }

  /** Octets waiting at this time. */
  waitingBytes(nowMs: number): number {
    this.#advance(nowMs);
    return this.#waitingBytes;
  }

  /** The longest that the queue has been, in octets. */
  get maxWaitingBytes(): number {
    return this.#maxWaitingBytes;
  }

  /**
   * Octets × milliseconds spent waiting, by all packets accepted so far. Divided by the time it is the mean
   * length of the queue (Little's law); a packet's whole wait is counted when it arrives.
   */
  get waitedByteMs(): number {
    return this.#byteMs;
  }

  #advance(nowMs: number): void {
    const mask = this.#startMs.length - 1;
    while (this.#count > 0 && this.#startMs[this.#head]! <= nowMs) {
      this.#waitingBytes -= this.#size[this.#head]!;
      this.#head = (this.#head + 1) & mask;
      this.#count--;
    }
  }

  #enqueue(startMs: number, sizeBytes: number): void {
    if (this.#count === this.#startMs.length) this.#grow();
    const at = (this.#head + this.#count) & (this.#startMs.length - 1);
    this.#startMs[at] = startMs;
    this.#size[at] = sizeBytes;
    this.#count++;
    this.#waitingBytes += sizeBytes;
    if (this.#waitingBytes > this.#maxWaitingBytes) this.#maxWaitingBytes = this.#waitingBytes;
  }

  #grow(): void {
    const capacity = this.#startMs.length;
    const startMs = new Float64Array(capacity * 2);
    const size = new Float64Array(capacity * 2);
    for (let i = 0; i < this.#count; i++) {
      const from = (this.#head + i) & (capacity - 1);
      startMs[i] = this.#startMs[from]!;
      size[i] = this.#size[from]!;
    }
    this.#startMs = startMs;
    this.#size = size;
    this.#head = 0;
  }
}
