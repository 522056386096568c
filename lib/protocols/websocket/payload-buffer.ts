import type { FrameHeader } from './frame-scanner';
import { applyMask } from './mask';

const FIRST_CAPACITY = 65_536;

/**
 * Unmasked octets, gathered from pieces. It grows by doubling as octets arrive and never by what a header announces,
 * so that memory is bounded by what was really sent (twice that at most).
 */
export class PayloadBuffer {
  private buffer = EMPTY;
  length = 0;

  /** Appends octets `from` to `to` of `chunk`, unmasked; answers where in the buffer they begin. */
  append(
    { mask, payloadLength }: FrameHeader,
    chunk: Uint8Array,
    from: number,
    to: number,
    done: number,
  ): number {
    const at = this.length;
    const end = at + (to - from);
    // The whole payload at once, which is the usual case: exactly its size, and nothing is copied again.
    if (at === 0 && to - from === payloadLength) this.buffer = new Uint8Array(payloadLength);
    else this.reserve(end);
    this.buffer.set(from === 0 && to === chunk.length ? chunk : chunk.subarray(from, to), at);
    if (mask) applyMask(this.buffer, mask, done, at, end);
    this.length = end;
    return at;
  }

  /** What was gathered; a view until the next `append`. */
  get octets(): Uint8Array {
    return this.buffer.length === this.length ? this.buffer : this.buffer.subarray(0, this.length);
  }

  /** Hands over what was gathered, and begins anew. */
  take(): Uint8Array {
    const { octets } = this;
    this.buffer = EMPTY;
    this.length = 0;
    // What the caller keeps should not hold on to twice the memory.
    return octets.length === octets.buffer.byteLength ? octets : octets.slice();
  }

  private reserve(octets: number): void {
    if (octets <= this.buffer.length) return;
    const grown = new Uint8Array(
      Math.max(octets, this.buffer.length * 2, Math.min(FIRST_CAPACITY, octets * 2)),
    );
    grown.set(this.buffer.subarray(0, this.length));
    this.buffer = grown;
  }
}

const EMPTY = new Uint8Array(0);
