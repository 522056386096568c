import type { TraceSink } from '@/lib/bytes';
import { DEFAULT_TABLE_SIZE } from './decoder';
import { DynamicTable } from './dynamic-table';
import { FieldSearch, positionOf } from './field-search';
import { assertOctets, fieldSize, type HeaderField } from './header-field';
import { OctetWriter } from './octet-writer';
import { writeRepresentation, type Indexing, type Representation } from './representation';
import { FIRST_DYNAMIC_INDEX, staticSearch } from './static-table';
import type { HuffmanUse } from './string-literal';
import { traceRepresentation } from './trace';

/** The largest table that an encoder keeps, whatever the peer would allow: 64 kB. It announces what it keeps. */
export const ENCODER_TABLE_LIMIT = 65_536;

/**
 * Encodes header lists (RFC 7541 §2.2 leaves the choices to the encoder). This one uses an index wherever both name
 * and value stand in a table, adds every other field that fits (`indexing` may decide otherwise), and never adds a
 * sensitive one.
 */
export class HpackEncoder {
  private readonly dynamicTable: DynamicTable;
  private readonly search = new FieldSearch();
  private readonly octets = new OctetWriter();
  private readonly huffman: HuffmanUse;
  private readonly indexing: (field: HeaderField) => Indexing;
  /** The lowest maximum since the last block, and whether there was a change to signal (§4.2). */
  private lowestUnsignalled: number | undefined;
  private pendingMaxSize: number;

  /**
   * @param opts.maxTableSize what both ends begin with, 4,096 octets as in HTTP/2
   * @param opts.huffman 'auto': where it is shorter
   * @param opts.indexing what becomes of a field that no table has; `sensitive` ones are never indexed all the same
   */
  constructor(
    opts: {
      maxTableSize?: number;
      huffman?: HuffmanUse;
      indexing?: (field: HeaderField) => Indexing;
    } = {},
  ) {
    this.pendingMaxSize = opts.maxTableSize ?? DEFAULT_TABLE_SIZE;
    this.huffman = opts.huffman ?? 'auto';
    this.indexing = opts.indexing ?? (() => 'incremental');
    this.dynamicTable = new DynamicTable(this.pendingMaxSize, ({ name }) => this.search.removeOldest(name));
  }

  /**
   * Follows the peer's SETTINGS_HEADER_TABLE_SIZE, up to 65,536 octets. The next block begins with the size updates
   * that say so: the lowest since the last block, if it was lower than the final one, then the final one (§4.2).
   */
  setMaxTableSize(octets: number): void {
    const maxSize = Math.min(octets, ENCODER_TABLE_LIMIT);
    this.pendingMaxSize = maxSize;
    this.lowestUnsignalled = Math.min(maxSize, this.lowestUnsignalled ?? maxSize);
  }

  /** The dynamic table, newest first: `table[0]` has index 62. */
  get table(): readonly HeaderField[] {
    return this.dynamicTable.entries;
  }

  /** Octets that the entries count (§4.1). */
  get tableSize(): number {
    return this.dynamicTable.size;
  }

  /**
   * One header list to one block; spans of what was written go to `trace`.
   * @throws RangeError on a character above U+00FF, which is no octet; the table is then as before
   */
  encode(headers: readonly HeaderField[], trace?: TraceSink): Uint8Array {
    for (const field of headers) assertOctets(field);
    // Where each representation begins, for the trace alone.
    const starts: number[] | undefined = trace && [];
    const updates = this.takeUpdates();
    for (const maxSize of updates) {
      starts?.push(this.octets.length);
      writeRepresentation(this.octets, { kind: 'size-update', maxSize }, this.huffman);
    }
    for (const field of headers) {
      starts?.push(this.octets.length);
      writeRepresentation(this.octets, this.represent(field), this.huffman);
    }
    const block = this.octets.finish();
    if (trace)
      starts?.forEach((start, i) => traceRepresentation(trace, block, start, headers[i - updates.length]));
    return block;
  }

  private takeUpdates(): number[] {
    const lowest = this.lowestUnsignalled;
    this.lowestUnsignalled = undefined;
    const final = this.pendingMaxSize;
    if (lowest === undefined) return [];
    // A limit that came back to where it was, never having been lower, is no change.
    const updates = lowest < final ? [lowest, final] : [final];
    if (lowest === final && final === this.dynamicTable.maxSize) return [];
    for (const maxSize of updates) this.dynamicTable.resize(maxSize);
    return updates;
  }

  /** Chooses, and does to our table what the decoder will do to its own. */
  private represent(field: HeaderField): Representation {
    const { name, value, sensitive = false } = field;
    const ofStatic = staticSearch.ofName(name);
    const ofDynamic = this.search.ofName(name);
    if (!sensitive) {
      const index = positionOf(ofStatic, value) ?? this.indexOf(positionOf(ofDynamic, value));
      if (index !== undefined) return { kind: 'indexed', index };
    }
    const indexing = sensitive ? 'never' : this.indexingOf(field);
    const nameIndex = ofStatic?.at(-1)?.position ?? this.indexOf(ofDynamic?.at(-1)?.position) ?? 0;
    if (indexing === 'incremental') {
      this.dynamicTable.add({ name, value });
      this.search.add(field, this.dynamicTable.additions - 1);
    }
    return { kind: 'literal', indexing, nameIndex, name: nameIndex === 0 ? name : '', value };
  }

  /** A field larger than the table would only empty it (§4.4). */
  private indexingOf(field: HeaderField): Indexing {
    const indexing = this.indexing(field);
    return indexing === 'incremental' && fieldSize(field) > this.dynamicTable.maxSize ? 'without' : indexing;
  }

  /** The index of the field that was added at `position`: it grows as others come in (§2.3.3). */
  private indexOf(position: number | undefined): number | undefined {
    return position === undefined
      ? undefined
      : FIRST_DYNAMIC_INDEX + this.dynamicTable.additions - 1 - position;
  }
}
