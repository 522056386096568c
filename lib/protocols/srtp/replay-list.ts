/** Indices remembered at least (RFC 3711 §3.3.2). */
export const MIN_WINDOW = 64;

/** Which packets have come: a window that slides with the highest index (RFC 3711 §3.3.2). */
export class ReplayList {
  private readonly seen: Uint8Array;
  private highest = -1;

  /** `window` counts packets; fewer than 64 are taken for 64. */
  constructor(window = MIN_WINDOW) {
    this.seen = new Uint8Array(Math.max(MIN_WINDOW, window));
  }

  /** Whether a packet with this index is new: ahead of all, or inside the window and not there yet. */
  isNew(index: number): boolean {
    const { seen, highest } = this;
    if (index > highest) return true;
    return highest - index < seen.length && seen[index % seen.length] === 0;
  }

  /** Remembers an index; false: it was not new. Call it for packets that were authentic. */
  accept(index: number): boolean {
    if (!this.isNew(index)) return false;
    const { seen } = this;
    const steps = Math.min(seen.length, index - this.highest);
    for (let i = 0; i < steps; i++) seen[(index - i) % seen.length] = 0;
    seen[index % seen.length] = 1;
    this.highest = Math.max(this.highest, index);
    return true;
  }
}
