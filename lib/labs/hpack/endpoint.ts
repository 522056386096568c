import {
  FIRST_DYNAMIC_INDEX,
  fieldSize,
  HpackDecoder,
  HpackError,
  STATIC_TABLE,
  type HeaderField,
} from '@/lib/protocols/hpack';

/** A row of a table. `id` counts additions from 1 and stays with the entry while its index grows; static rows: 0. */
export type Entry = { id: number; name: string; value: string; size: number };

/** What one representation did to a table. */
export type Change = { field: HeaderField | undefined; added: Entry | undefined; evicted: readonly Entry[] };

/**
 * One end of the connection. `decoder` judges whole blocks, as a real end does; beside it the same octets go one
 * representation at a time through a second decoder, so that the table can be seen between two of them.
 */
export class Endpoint {
  readonly decoder: HpackDecoder;
  /** Newest first; a new array after each change. */
  entries: readonly Entry[] = [];
  private readonly stepping: HpackDecoder;
  private additions = 0;

  constructor(tableSize: number) {
    this.decoder = new HpackDecoder({ maxTableSize: tableSize });
    this.stepping = new HpackDecoder({ maxTableSize: tableSize });
  }

  /** The octets of one representation; undefined if they cannot be applied here. */
  take(octets: Uint8Array): Change | undefined {
    const before = this.entries;
    const newest = this.stepping.table[0];
    let fields: HeaderField[];
    try {
      fields = this.stepping.decode(octets);
    } catch (error) {
      if (error instanceof HpackError) return undefined;
      throw error;
    }
    const { table } = this.stepping;
    const first = table[0];
    const added =
      first && first !== newest ? { id: ++this.additions, size: fieldSize(first), ...first } : undefined;
    // Entries leave at the old end, so those that stayed are the first ones of before.
    const stayed = table.length - (added ? 1 : 0);
    if (added || stayed < before.length)
      this.entries = [...(added ? [added] : []), ...before.slice(0, stayed)];
    return { field: fields[0], added, evicted: before.slice(stayed) };
  }

  /** What an index means here and now. */
  entryAt(index: number): Entry | undefined {
    if (index >= FIRST_DYNAMIC_INDEX) return this.entries[index - FIRST_DYNAMIC_INDEX];
    const entry = STATIC_TABLE[index - 1];
    return entry && { id: 0, size: fieldSize(entry), ...entry };
  }
}
