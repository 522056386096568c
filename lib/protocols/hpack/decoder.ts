import type { TraceSink } from '@/lib/bytes';
import { DynamicTable } from './dynamic-table';
import { HpackError } from './errors';
import { fieldSize, type HeaderField } from './header-field';
import { decodeRepresentation, type LocatedRepresentation } from './representation';
import { FIRST_DYNAMIC_INDEX, STATIC_TABLE } from './static-table';
import { traceRepresentation } from './trace';

/** SETTINGS_HEADER_TABLE_SIZE as a connection begins (RFC 9113 §6.5.2), in octets. */
export const DEFAULT_TABLE_SIZE = 4096;

/** The size of a header list that is read at most, unless told otherwise: 256 kB, as browsers have it. */
export const DEFAULT_MAX_HEADER_LIST_SIZE = 262_144;

/**
 * Decodes header blocks (RFC 7541 §3), one after another, as the dynamic table goes on from each to the next. A block
 * is whole: HEADERS and all its CONTINUATION frames.
 *
 * Limits: the table holds at most what `maxTableSize` and `setMaxTableSize` allow; a header list larger than
 * `maxHeaderListSize` is read to its end, so that the table stays in step, and then refused.
 */
export class HpackDecoder {
  private readonly dynamicTable: DynamicTable;
  private readonly maxHeaderListSize: number;
  /** What SETTINGS_HEADER_TABLE_SIZE allows now. */
  private limit: number;
  /** The lowest limit since the last block, if the encoder must answer it with a size update (§4.2). */
  private owedUpdate: number | undefined;
  private failed = false;

  /**
   * @param opts.maxTableSize what both ends begin with, 4,096 octets as in HTTP/2
   * @param opts.maxHeaderListSize octets of names and values, plus 32 a field (RFC 9113 §6.5.2); 262,144
   */
  constructor(opts: { maxTableSize?: number; maxHeaderListSize?: number } = {}) {
    this.limit = opts.maxTableSize ?? DEFAULT_TABLE_SIZE;
    this.maxHeaderListSize = opts.maxHeaderListSize ?? DEFAULT_MAX_HEADER_LIST_SIZE;
    this.dynamicTable = new DynamicTable(this.limit);
  }

  /**
   * What our SETTINGS_HEADER_TABLE_SIZE allows from the next block on (once the peer acknowledged it). If the table
   * is larger, the next block must begin with a size update; it is not evicted before (§4.2).
   */
  setMaxTableSize(octets: number): void {
    this.limit = octets;
    const owed = Math.min(octets, this.owedUpdate ?? octets);
    if (owed < this.dynamicTable.maxSize) this.owedUpdate = owed;
  }

  /** The dynamic table, newest first: `table[0]` has index 62. */
  get table(): readonly HeaderField[] {
    return this.dynamicTable.entries;
  }

  /** Octets that the entries count (§4.1). */
  get tableSize(): number {
    return this.dynamicTable.size;
  }

  /** The size that the table may reach now: the last size update's, or the first. */
  get maxTableSize(): number {
    return this.dynamicTable.maxSize;
  }

  /**
   * The fields of one block, in order; those marked never-indexed have `sensitive: true`. Spans of what was read go
   * to `trace`, those before an error as well.
   * @throws HpackError; after any but HPACK_HEADER_LIST_TOO_LARGE the two tables differ, and every further block is
   *   HPACK_CONTEXT_LOST
   */
  decode(block: Uint8Array, trace?: TraceSink): HeaderField[] {
    if (this.failed)
      throw new HpackError(
        'HPACK_CONTEXT_LOST',
        0,
        'a block after one that failed',
        'the end of the connection',
      );
    this.failed = true;
    const fields: HeaderField[] = [];
    let listSize = 0;
    let tooLargeAt: number | undefined;
    let isFirst = true;
    for (let at = 0; at < block.length;) {
      const located = decodeRepresentation(block, at);
      at = located.end;
      const field = this.apply(located, isFirst);
      if (trace) traceRepresentation(trace, block, located.start, field);
      if (!field) continue;
      isFirst = false;
      listSize += fieldSize(field);
      if (listSize <= this.maxHeaderListSize) fields.push(field);
      else tooLargeAt ??= located.start;
    }
    if (this.owedUpdate !== undefined) throw missingUpdate(block.length, this.owedUpdate);
    this.failed = false;
    if (tooLargeAt !== undefined)
      throw new HpackError(
        'HPACK_HEADER_LIST_TOO_LARGE',
        tooLargeAt,
        `a header list of ${listSize} octets`,
        `at most ${this.maxHeaderListSize}`,
      );
    return fields;
  }

  /** Does what one representation says (§3.2): a field, or undefined for a size update. */
  private apply({ start, representation }: LocatedRepresentation, isFirst: boolean): HeaderField | undefined {
    if (representation.kind === 'size-update') {
      this.resize(representation.maxSize, start, isFirst);
      return undefined;
    }
    if (this.owedUpdate !== undefined) throw missingUpdate(start, this.owedUpdate);
    if (representation.kind === 'indexed') {
      const { name, value } = this.entryAt(representation.index, start);
      return { name, value };
    }
    const { indexing, nameIndex, value } = representation;
    const name = nameIndex === 0 ? representation.name : this.entryAt(nameIndex, start).name;
    if (indexing === 'never') return { name, value, sensitive: true };
    if (indexing === 'incremental') this.dynamicTable.add({ name, value });
    return { name, value };
  }

  private entryAt(index: number, offset: number): HeaderField {
    const entry =
      index < FIRST_DYNAMIC_INDEX
        ? STATIC_TABLE[index - 1]
        : this.dynamicTable.entries[index - FIRST_DYNAMIC_INDEX];
    if (entry) return entry;
    const last = FIRST_DYNAMIC_INDEX - 1 + this.dynamicTable.entries.length;
    const code = index === 0 ? 'HPACK_INDEX_ZERO' : 'HPACK_INDEX_BEYOND_TABLE';
    throw new HpackError(code, offset, `index ${index}`, `1 to ${last}`);
  }

  private resize(maxSize: number, offset: number, isFirst: boolean): void {
    if (!isFirst)
      throw new HpackError(
        'HPACK_TABLE_SIZE_UPDATE_NOT_FIRST',
        offset,
        'a size update after a field',
        'size updates only at the start of a block',
      );
    // The first update answers the lowest limit since the last block, any after it the present one (§4.2).
    const limit = this.owedUpdate ?? this.limit;
    if (maxSize > limit)
      throw new HpackError(
        'HPACK_TABLE_SIZE_ABOVE_LIMIT',
        offset,
        `a table of ${maxSize} octets`,
        `at most ${limit}`,
      );
    this.owedUpdate = undefined;
    this.dynamicTable.resize(maxSize);
  }
}

function missingUpdate(offset: number, owed: number): HpackError {
  return new HpackError(
    'HPACK_TABLE_SIZE_UPDATE_MISSING',
    offset,
    'no size update',
    `one to at most ${owed} octets first, as the limit was lowered`,
  );
}
