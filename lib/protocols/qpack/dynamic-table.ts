import { fieldSize, type HeaderField } from '../hpack';

/**
 * The dynamic table (RFC 9204 §3.2): entries are known by their absolute index, which counts from 0 and never changes;
 * the oldest leave when there is no room.
 */
export class DynamicTable {
  private entries: HeaderField[] = [];
  private octets = 0;
  private limit: number;
  /** Entries that have left. */
  dropped = 0;

  constructor(capacity: number) {
    this.limit = capacity;
  }

  get capacity(): number {
    return this.limit;
  }

  /** Octets in use, 32 for each entry beside its text (RFC 9204 §3.2.1). */
  get size(): number {
    return this.octets;
  }

  /** All insertions so far: the absolute index of the next. */
  get insertCount(): number {
    return this.dropped + this.entries.length;
  }

  /** Newest last. */
  get fields(): readonly HeaderField[] {
    return this.entries;
  }

  get(absolute: number): HeaderField | undefined {
    return this.entries[absolute - this.dropped];
  }

  /** How many of the oldest entries must leave for one of this size; undefined: it does not fit at all. */
  evictionsFor(size: number): number | undefined {
    if (size > this.limit) return undefined;
    let free = this.limit - this.octets;
    let count = 0;
    while (free < size) free += fieldSize(this.entries[count++] ?? { name: '', value: '' });
    return count;
  }

  /** False: it is larger than the table. */
  insert(field: HeaderField): boolean {
    const size = fieldSize(field);
    const evictions = this.evictionsFor(size);
    if (evictions === undefined) return false;
    this.evict(evictions);
    this.entries.push(field);
    this.octets += size;
    return true;
  }

  setCapacity(capacity: number): void {
    this.limit = capacity;
    let count = 0;
    let left = this.octets;
    while (left > capacity) left -= fieldSize(this.entries[count++] ?? { name: '', value: '' });
    this.evict(count);
  }

  private evict(count: number): void {
    for (const field of this.entries.splice(0, count)) this.octets -= fieldSize(field);
    this.dropped += count;
  }
}
