/**
 * What the application has handed to TCP: segments of one MSS, the last of each write shorter if need be (sent
 * at once, as with Nagle's algorithm off). Segments by number from 0.
 */
export class ApplicationData {
  /** Segments written so far; Infinity for a flow without end. */
  segments = 0;
  readonly #mss: number;
  readonly #short = new Map<number, number>();

  constructor(mss: number) {
    this.#mss = mss;
  }

  write(bytes: number): void {
    this.segments += Math.ceil(bytes / this.#mss);
    const rest = bytes % this.#mss;
    if (rest > 0) this.#short.set(this.segments - 1, rest);
  }

  sizeOf(segment: number): number {
    if (this.#short.size === 0) return this.#mss;
    return this.#short.get(segment) ?? this.#mss;
  }
}
