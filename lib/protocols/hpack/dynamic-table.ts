import { fieldSize, type HeaderField } from './header-field';

/** Hears of every field that goes, oldest first. */
export type EvictionListener = (field: HeaderField) => void;

/**
 * The dynamic table (RFC 7541 §2.3.2, §4): first in, first out, limited in octets. New fields come in at the front,
 * so that the newest is `entries[0]`, index 62. There may be equal fields, and nothing is ever replaced.
 */
export class DynamicTable {
  /** Newest first. */
  readonly entries: HeaderField[] = [];
  /** The sum of the entries' sizes, 32 octets for each beside its own (§4.1). */
  size = 0;
  maxSize: number;
  /** How many fields came in so far: the position of the next. */
  additions = 0;
  private readonly onEviction: EvictionListener | undefined;

  constructor(maxSize: number, onEviction?: EvictionListener) {
    this.maxSize = maxSize;
    this.onEviction = onEviction;
  }

  /** Makes room, then adds (§4.4). A field larger than the whole table empties it and stays out; no error. */
  add(field: HeaderField): void {
    const size = fieldSize(field);
    this.evictDownTo(this.maxSize - size);
    if (size > this.maxSize) return;
    this.entries.unshift(field);
    this.size += size;
    this.additions++;
  }

  /** Sets the maximum, evicting what no longer fits (§4.3). */
  resize(maxSize: number): void {
    this.maxSize = maxSize;
    this.evictDownTo(maxSize);
  }

  private evictDownTo(size: number): void {
    while (this.size > size) {
      const oldest = this.entries.pop();
      if (!oldest) return;
      this.size -= fieldSize(oldest);
      this.onEviction?.(oldest);
    }
  }
}
