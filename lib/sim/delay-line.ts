/**
 * Packets in propagation: what goes in comes out in the same order, each at its own time. Three numbers a
 * packet, in typed arrays, so that millions cost no allocation. Grows by doubling; the sender's window bounds it.
 */
export class DelayLine {
  #atMs = new Float64Array(64);
  #a = new Float64Array(64);
  #b = new Float64Array(64);
  #head = 0;
  #count = 0;

  get length(): number {
    return this.#count;
  }

  /** When the first packet comes out; Infinity when there is none. */
  get nextAtMs(): number {
    return this.#count === 0 ? Infinity : this.#atMs[this.#head]!;
  }

  /** The first packet's two numbers. */
  get a(): number {
    return this.#a[this.#head]!;
  }

  get b(): number {
    return this.#b[this.#head]!;
  }

  /** Puts a packet in. Times must not run back. */
  push(atMs: number, a: number, b: number): void {
    if (this.#count === this.#atMs.length) this.#grow();
    const at = (this.#head + this.#count) & (this.#atMs.length - 1);
    this.#atMs[at] = atMs;
    this.#a[at] = a;
    this.#b[at] = b;
    this.#count++;
  }

  /** Takes the first packet out. */
  shift(): void {
    this.#head = (this.#head + 1) & (this.#atMs.length - 1);
    this.#count--;
  }

  #grow(): void {
    this.#atMs = unrolled(this.#atMs, this.#head);
    this.#a = unrolled(this.#a, this.#head);
    this.#b = unrolled(this.#b, this.#head);
    this.#head = 0;
  }
}

/** A ring of twice the size, with what `ring` holds from `head` on at its start. */
function unrolled(ring: Float64Array, head: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(ring.length * 2);
  larger.set(ring.subarray(head));
  larger.set(ring.subarray(0, head), ring.length - head);
  return larger;
}
