/**
 * Packets in propagation: what goes in comes out in the same order, each at its own time. A time and two
 * whole numbers of 32 bits a packet, in typed arrays, so that millions cost no allocation. Grows by doubling; the sender's window bounds it.
 */
export class DelayLine {
  #atMs = new Float64Array(64);
  #a = new Int32Array(64);
  #b = new Int32Array(64);
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
    const capacity = this.#atMs.length * 2;
    this.#atMs = unrolled(this.#atMs, this.#head, new Float64Array(capacity));
    this.#a = unrolled(this.#a, this.#head, new Int32Array(capacity));
    this.#b = unrolled(this.#b, this.#head, new Int32Array(capacity));
    this.#head = 0;
  }
}

/** Copies what `ring` holds from `head` on to the start of `larger`, and returns that. */
function unrolled<A extends Float64Array | Int32Array>(ring: A, head: number, larger: A): A {
  larger.set(ring.subarray(head));
  larger.set(ring.subarray(0, head), ring.length - head);
  return larger;
}
