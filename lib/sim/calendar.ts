/**
 * A clock for the hot loop of a large simulation: a fixed number of slots, each with at most one time. Where
 * EventQueue takes any closure, a calendar allocates nothing. A tournament tree: each inner node names the
 * slot of its half that comes first; equal times go to the lower slot, so order is fixed by the slots' numbers.
 */
export class Calendar {
  readonly #leaves: number;
  readonly #times: Float64Array;
  readonly #winner: Int32Array;

  constructor(slots: number) {
    let leaves = 1;
    while (leaves < slots) leaves *= 2;
    this.#leaves = leaves;
    this.#times = new Float64Array(leaves).fill(Infinity);
    this.#winner = new Int32Array(leaves * 2);
    for (let slot = 0; slot < leaves; slot++) this.#winner[leaves + slot] = slot;
    for (let node = leaves - 1; node >= 1; node--) this.#winner[node] = this.#winner[node * 2]!;
  }

  /** The slot that comes first. Its time is Infinity when nothing is pending. */
  get first(): number {
    return this.#winner[1]!;
  }

  /** The time of a slot in ms; Infinity when it is empty. */
  timeOf(slot: number): number {
    return this.#times[slot]!;
  }

  /** Gives a slot its time; Infinity empties it. */
  set(slot: number, atMs: number): void {
    const times = this.#times;
    const winner = this.#winner;
    if (times[slot] === atMs) return;
    times[slot] = atMs;
    for (let node = (this.#leaves + slot) >> 1; node >= 1; node >>= 1) {
      const left = winner[node * 2]!;
      const right = winner[node * 2 + 1]!;
      const next = times[right]! < times[left]! ? right : left;
      // The same other slot wins here as before: above nothing changes.
      if (next !== slot && next === winner[node]) return;
      winner[node] = next;
    }
  }
}
