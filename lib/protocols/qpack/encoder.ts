import { fieldSize, type HeaderField } from '../hpack';
import { DynamicTable } from './dynamic-table';
import { encodeInsertCount, maxEntriesOf } from './insert-count';
import { InstructionReader } from './instruction-reader';
import { assertOctets, InstructionWriter, type HuffmanUse } from './instruction-writer';
import { findStatic } from './static-table';

/** What the decoder promised in its SETTINGS, and how to write. */
export type QpackEncoderOptions = {
  /** SETTINGS_QPACK_MAX_TABLE_CAPACITY of the peer; up to 65,536 octets of it are used. Default 0. */
  readonly maxTableCapacity?: number;
  /** SETTINGS_QPACK_BLOCKED_STREAMS of the peer. Default 0. */
  readonly maxBlockedStreams?: number;
  readonly huffman?: HuffmanUse;
};

/** A section, and what must go on the encoder stream (before or after it, as the network likes). */
export type EncodedSection = { readonly section: Uint8Array; readonly encoderStream: Uint8Array };

/** How a field will be written; dynamic entries by absolute index. */
type Plan =
  | { kind: 'static'; index: number }
  | { kind: 'dynamic'; index: number }
  | { kind: 'literal'; field: HeaderField; staticName?: number; dynamicName?: number };

/** A section that was sent and not yet acknowledged. */
type Outstanding = { required: number; references: number[] };

/** The largest table that is kept, whatever the peer would allow. */
const TABLE_LIMIT = 65_536;

/** Sections that may wait for their acknowledgment; above that, sections use no dynamic entry. */
const MAX_OUTSTANDING = 10_000;

/** Fields whose values differ each time fill the table with what is never used again. */
const NOT_WORTH: ReadonlySet<string> = new Set([':path', 'content-length', 'date', 'etag', 'age']);

/** Writes field sections, and keeps the table so that the decoder can always follow (RFC 9204 §2.1). */
export class QpackEncoder {
  private readonly dynamic: DynamicTable;
  private readonly maxTableCapacity: number;
  private readonly maxBlockedStreams: number;
  private readonly huffman: HuffmanUse;
  private readonly outstanding = new Map<number, Outstanding[]>();
  private outstandingCount = 0;
  private readonly references = new Map<number, number>();
  private known = 0;
  private stream: InstructionWriter;
  private pending = new Uint8Array(0);
  private streamOffset = 0;

  constructor({ maxTableCapacity = 0, maxBlockedStreams = 0, huffman = 'auto' }: QpackEncoderOptions = {}) {
    this.maxTableCapacity = maxTableCapacity;
    this.maxBlockedStreams = maxBlockedStreams;
    this.huffman = huffman;
    const capacity = Math.min(maxTableCapacity, TABLE_LIMIT);
    this.dynamic = new DynamicTable(capacity);
    this.stream = new InstructionWriter(huffman);
    // The table starts without room (RFC 9204 §3.2.3).
    if (capacity > 0) this.stream.integer(capacity, 5, 0x20);
  }

  /** The dynamic table, newest entry last. */
  get table(): readonly HeaderField[] {
    return this.dynamic.fields;
  }

  get tableSize(): number {
    return this.dynamic.size;
  }

  /** Insertions that the decoder is known to have (RFC 9204 §2.1.4). */
  get knownReceivedCount(): number {
    return this.known;
  }

  /**
   * A field section for a stream (RFC 9204 §4.5).
   * @throws RangeError on text that is not octets; nothing has changed then
   */
  encodeFieldSection(streamId: number, fields: readonly HeaderField[]): EncodedSection {
    for (const { name, value } of fields) for (const text of [name, value]) assertOctets(text);
    const references: number[] = [];
    const mayBlock = this.mayBlock(streamId);
    const plans = fields.map((field) => this.plan(field, mayBlock, references));
    const required = references.length === 0 ? 0 : Math.max(...references) + 1;
    // Base is the highest entry used, so every index counts down from it and none is post-base.
    const writer = new InstructionWriter(this.huffman);
    writer.integer(encodeInsertCount(required, maxEntriesOf(this.maxTableCapacity)), 8, 0).integer(0, 7, 0);
    for (const plan of plans) writePlan(writer, plan, required);
    if (required > 0) {
      const queue = this.outstanding.get(streamId) ?? [];
      queue.push({ required, references });
      this.outstanding.set(streamId, queue);
      this.outstandingCount++;
    }
    const encoderStream = this.stream.finish();
    this.stream = new InstructionWriter(this.huffman);
    return { section: writer.finish(), encoderStream };
  }

  /** Octets of the decoder stream, cut anywhere (RFC 9204 §4.4). @throws QpackError */
  pushDecoderStream(chunk: Uint8Array): void {
    const bytes = new Uint8Array(this.pending.length + chunk.length);
    bytes.set(this.pending);
    bytes.set(chunk, this.pending.length);
    const reader = new InstructionReader(bytes, 'decoder-stream', this.streamOffset);
    while (reader.hasMore && this.applyDecoderInstruction(reader)) reader.commit();
    this.pending = bytes.slice(reader.committed);
    this.streamOffset += reader.committed;
  }

  private applyDecoderInstruction(reader: InstructionReader): boolean {
    const first = reader.peek();
    if (first >= 0x80) {
      const streamId = reader.integer(7, 'stream', 'RFC 9204 §4.4.1');
      if (reader.isShort) return false;
      const section = this.outstanding.get(streamId)?.shift();
      if (!section)
        throw reader.error(
          'QPACK_ACKNOWLEDGMENT_UNEXPECTED',
          `stream ${streamId}`,
          'a stream that waits for one',
        );
      this.known = Math.max(this.known, section.required);
      this.release(streamId, [section]);
    } else if (first >= 0x40) {
      const streamId = reader.integer(6, 'stream', 'RFC 9204 §4.4.2');
      if (reader.isShort) return false;
      this.release(streamId, this.outstanding.get(streamId)?.splice(0) ?? []);
    } else {
      const increment = reader.integer(6, 'increment', 'RFC 9204 §4.4.3');
      if (reader.isShort) return false;
      if (increment === 0 || this.known + increment > this.dynamic.insertCount) {
        const expected = `1 to ${this.dynamic.insertCount - this.known}`;
        throw reader.error('QPACK_INCREMENT_INVALID', increment, expected);
      }
      this.known += increment;
    }
    return true;
  }

  private release(streamId: number, sections: readonly Outstanding[]): void {
    this.outstandingCount -= sections.length;
    for (const { references } of sections)
      for (const index of references) this.references.set(index, (this.references.get(index) ?? 1) - 1);
    if (this.outstanding.get(streamId)?.length === 0) this.outstanding.delete(streamId);
  }

  /** Whether this stream may wait for insertions: it does already, or there is room for one more (RFC 9204 §2.1.2). */
  private mayBlock(streamId: number): boolean {
    const isAtRisk = (queue: readonly Outstanding[]) => queue.some(({ required }) => required > this.known);
    if (isAtRisk(this.outstanding.get(streamId) ?? [])) return true;
    let atRisk = 0;
    for (const queue of this.outstanding.values()) if (isAtRisk(queue)) atRisk++;
    return atRisk < this.maxBlockedStreams;
  }

  private plan(field: HeaderField, mayBlock: boolean, references: number[]): Plan {
    const inStatic = findStatic(field);
    if (inStatic?.isExact && !field.sensitive) return { kind: 'static', index: inStatic.index };
    const named = inStatic && { staticName: inStatic.index };
    if (field.sensitive === true || this.outstandingCount >= MAX_OUTSTANDING)
      return { kind: 'literal', field, ...named };
    const isUsable = (index: number) => index < this.known || mayBlock;
    const { exact, sameName } = this.find(field);
    if (exact !== undefined && isUsable(exact)) return this.use(exact, references);
    if (exact === undefined && mayBlock && this.insert(field, inStatic?.index))
      return this.use(this.dynamic.insertCount - 1, references);
    // Not to be waited for, but here next time.
    if (exact === undefined && !mayBlock) this.insert(field, inStatic?.index);
    const isNameHere = sameName !== undefined && this.dynamic.get(sameName) !== undefined;
    if (named || !isNameHere || !isUsable(sameName)) return { kind: 'literal', field, ...named };
    this.use(sameName, references);
    return { kind: 'literal', field, dynamicName: sameName };
  }

  private use(index: number, references: number[]): Plan {
    references.push(index);
    this.references.set(index, (this.references.get(index) ?? 0) + 1);
    return { kind: 'dynamic', index };
  }

  /** The newest entries that are this field, or have its name. */
  private find({ name, value }: HeaderField): { exact: number | undefined; sameName: number | undefined } {
    const { fields, dropped } = this.dynamic;
    let sameName: number | undefined;
    for (let i = fields.length - 1; i >= 0; i--) {
      if (fields[i]?.name !== name) continue;
      if (fields[i]?.value === value) return { exact: dropped + i, sameName };
      sameName ??= dropped + i;
    }
    return { exact: undefined, sameName };
  }

  /** Inserts, if only entries must leave that the decoder has and no section uses (RFC 9204 §2.1.1). */
  private insert(field: HeaderField, staticName: number | undefined): boolean {
    if (NOT_WORTH.has(field.name)) return false;
    const evictions = this.dynamic.evictionsFor(fieldSize(field));
    if (evictions === undefined) return false;
    const { dropped } = this.dynamic;
    for (let index = dropped; index < dropped + evictions; index++)
      if (index >= this.known || (this.references.get(index) ?? 0) > 0) return false;
    for (let index = dropped; index < dropped + evictions; index++) this.references.delete(index);
    const { name, value } = field;
    if (staticName !== undefined) this.stream.integer(staticName, 6, 0xc0).string(value, 7, 0);
    else this.stream.string(name, 5, 0x40).string(value, 7, 0);
    return this.dynamic.insert({ name, value });
  }
}

function writePlan(writer: InstructionWriter, plan: Plan, base: number): void {
  if (plan.kind === 'static') writer.integer(plan.index, 6, 0xc0);
  else if (plan.kind === 'dynamic') writer.integer(base - 1 - plan.index, 6, 0x80);
  else {
    const { field, staticName, dynamicName } = plan;
    const never = field.sensitive === true;
    if (staticName !== undefined) writer.integer(staticName, 4, 0x50 | (never ? 0x20 : 0));
    else if (dynamicName !== undefined) writer.integer(base - 1 - dynamicName, 4, 0x40 | (never ? 0x20 : 0));
    else writer.string(field.name, 3, 0x20 | (never ? 0x10 : 0));
    writer.string(field.value, 7, 0);
  }
}
