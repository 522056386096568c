import type { FrameHeader } from './frame-scanner';
import { copyMasked } from './mask';
import { newOctets } from './octet-slab';

const FIRST_CAPACITY = 65_536;

/**
 * Unmasked octets, gathered from pieces. It grows by doubling as octets arrive and never by what a header announces,
 * so that memory is bounded by what was really sent (twice that at most).
 */
export class PayloadBuffer {
  private buffer: Uint8Array = EMPTY;
  length = 0;

  /** Appends octets `from` to `to` of `chunk`, unmasked; answers where in the buffer they begin. */
  append(
    { key, payloadLength }: FrameHeader,
    chunk: Uint8Array,
    from: number,
    to: number,
    done: number,
  ): number {
    const at = this.length;
    const end = at + (to - from);
    // The whole payload at once, which is the usual case: exactly its size, and nothing is copied again.
    if (at === 0 && to - from === payloadLength) this.buffer = newOctets(payloadLength);
    else this.reserve(end);
    copyMasked(this.buffer, at, chunk, from, to, key, done);
    this.length = end;
    return at;
  }

  /** What was gathered; a view until the next `append`. */
  get octets(): Uint8Array {
    return this.buffer.length === this.length ? this.buffer : this.buffer.subarray(0, this.length);
  }

  /** Hands over what was gathered, in memory of its own size, and begins anew. */
  take(): Uint8Array {
    const { buffer, length } = this;
    this.buffer = EMPTY;
    this.length = 0;
    return buffer.length === length ? buffer : buffer.slice(0, length);
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
