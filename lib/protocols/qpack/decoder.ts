import type { TraceSink } from '@/lib/bytes';
import type { HeaderField } from '../hpack';
import { DynamicTable } from './dynamic-table';
import { applyEncoderInstruction } from './encoder-stream';
import { QpackError } from './errors';
import { readFields, readPrefix, type SectionPrefix } from './field-section';
import { InstructionReader } from './instruction-reader';
import { InstructionWriter } from './instruction-writer';

/** What a decoder promises in SETTINGS (RFC 9204 §5), and its limits. */
export type QpackDecoderOptions = {
  /** SETTINGS_QPACK_MAX_TABLE_CAPACITY. Default 0: no dynamic table. */
  readonly maxTableCapacity?: number;
  /** SETTINGS_QPACK_BLOCKED_STREAMS. Default 0. */
  readonly maxBlockedStreams?: number;
  /** Names, values and 32 octets a field; also the longest string. Default 65,536. */
  readonly maxHeaderListSize?: number;
  /** The longest encoded section. Default 1 MiB. */
  readonly maxSectionOctets?: number;
  /** The table's capacity before the first instruction. Default 0, as RFC 9204 §3.2.3 says; older drafts had the maximum. */
  readonly initialCapacity?: number;
};

/** A section that had waited for insertions. With `error` it was too large, and its stream is cancelled. */
export type UnblockedSection = {
  readonly streamId: number;
  readonly fields: HeaderField[];
  readonly error?: QpackError;
};

type Waiting = { section: Uint8Array; prefix: SectionPrefix; trace: TraceSink | undefined };

/** Reads field sections and the encoder's instructions; writes its own (RFC 9204 §2.2). */
export class QpackDecoder {
  private readonly dynamic: DynamicTable;
  private readonly options: Required<QpackDecoderOptions>;
  private readonly waiting = new Map<number, Waiting[]>();
  private pending = new Uint8Array(0);
  private streamOffset = 0;
  private acknowledged = 0;
  private instructions = new InstructionWriter();

  constructor(options: QpackDecoderOptions = {}) {
    this.options = {
      maxTableCapacity: options.maxTableCapacity ?? 0,
      maxBlockedStreams: options.maxBlockedStreams ?? 0,
      maxHeaderListSize: options.maxHeaderListSize ?? 65_536,
      maxSectionOctets: options.maxSectionOctets ?? 1_048_576,
      initialCapacity: options.initialCapacity ?? 0,
    };
    this.dynamic = new DynamicTable(this.options.initialCapacity);
  }

  /** The dynamic table, newest entry last. */
  get table(): readonly HeaderField[] {
    return this.dynamic.fields;
  }

  get tableSize(): number {
    return this.dynamic.size;
  }

  get insertCount(): number {
    return this.dynamic.insertCount;
  }

  /** Streams that wait for insertions. */
  get blockedStreams(): readonly number[] {
    return [...this.waiting.keys()];
  }

  /** Octets of the encoder stream, cut anywhere; the sections that can be read now. @throws QpackError */
  pushEncoderStream(chunk: Uint8Array, trace?: TraceSink): UnblockedSection[] {
    const bytes = new Uint8Array(this.pending.length + chunk.length);
    bytes.set(this.pending);
    bytes.set(chunk, this.pending.length);
    const reader = new InstructionReader(bytes, 'encoder-stream', this.streamOffset, trace);
    while (reader.hasMore && applyEncoderInstruction(reader, this.dynamic, this.options.maxTableCapacity));
    this.pending = bytes.slice(reader.committed);
    this.streamOffset += reader.committed;
    return this.unblock();
  }

  /**
   * A field section of a stream; undefined: it waits for insertions, and `pushEncoderStream` will give it. Sections of one
   * stream come out in their order.
   * @throws QpackError; after one of `scope: 'stream'` the stream is cancelled, after any other the connection is over
   */
  decodeFieldSection(streamId: number, section: Uint8Array, trace?: TraceSink): HeaderField[] | undefined {
    try {
      return this.readOrHold(streamId, section, trace);
    } catch (error) {
      if (error instanceof QpackError && error.scope === 'stream') this.cancelStream(streamId);
      throw error;
    }
  }

  private readOrHold(streamId: number, section: Uint8Array, trace?: TraceSink): HeaderField[] | undefined {
    const { maxSectionOctets, maxTableCapacity, maxBlockedStreams } = this.options;
    const reader = new InstructionReader(section, 'section', 0, trace);
    if (section.length > maxSectionOctets)
      throw reader.error('QPACK_SECTION_TOO_LONG', section.length, `at most ${maxSectionOctets}`);
    const prefix = readPrefix(reader, this.dynamic, maxTableCapacity);
    const queue = this.waiting.get(streamId);
    if (!queue && prefix.requiredInsertCount <= this.insertCount)
      return this.finish(streamId, reader, prefix);
    if (!queue && this.waiting.size >= maxBlockedStreams)
      throw reader.error('QPACK_TOO_MANY_BLOCKED', this.waiting.size + 1, `at most ${maxBlockedStreams}`);
    if (queue && queue.length >= MAX_QUEUED)
      throw reader.error('QPACK_TOO_MANY_BLOCKED', queue.length + 1, `at most ${MAX_QUEUED} sections`);
    const held = { section: section.slice(), prefix, trace };
    if (queue) queue.push(held);
    else this.waiting.set(streamId, [held]);
    return undefined;
  }

  /** The stream was reset or is read no further: its sections will not be acknowledged (RFC 9204 §2.2.2.2). */
  cancelStream(streamId: number): void {
    this.waiting.delete(streamId);
    if (this.options.maxTableCapacity > 0) this.instructions.integer(streamId, 6, 0x40);
  }

  /** What is to be sent on the decoder stream: acknowledgments, and an increment for all other insertions. */
  takeDecoderStream(): Uint8Array {
    const increment = this.insertCount - this.acknowledged;
    if (increment > 0) this.instructions.integer(increment, 6, 0x00);
    this.acknowledged = this.insertCount;
    const octets = this.instructions.finish();
    this.instructions = new InstructionWriter();
    return octets;
  }

  private finish(streamId: number, reader: InstructionReader, prefix: SectionPrefix): HeaderField[] {
    const fields = readFields(reader, prefix, this.dynamic, this.options.maxHeaderListSize);
    if (prefix.requiredInsertCount > 0) {
      this.instructions.integer(streamId, 7, 0x80);
      this.acknowledged = Math.max(this.acknowledged, prefix.requiredInsertCount);
    }
    return fields;
  }

  private unblock(): UnblockedSection[] {
    const ready: UnblockedSection[] = [];
    for (const [streamId, queue] of this.waiting) {
      while (queue[0] && queue[0].prefix.requiredInsertCount <= this.insertCount) {
        const { section, prefix, trace } = queue.shift()!;
        const reader = new InstructionReader(section, 'section', 0, trace && skipPrefix(trace));
        readPrefixAgain(reader);
        try {
          ready.push({ streamId, fields: this.finish(streamId, reader, prefix) });
        } catch (error) {
          if (!(error instanceof QpackError) || error.scope === 'connection') throw error;
          ready.push({ streamId, fields: [], error });
          queue.length = 0;
          this.cancelStream(streamId);
        }
      }
      if (queue.length === 0) this.waiting.delete(streamId);
    }
    return ready;
  }
}

/** Sections that wait on one stream: a head, trailers, and interim heads. */
const MAX_QUEUED = 16;

/** The prefix was read and traced when the section came. */
function readPrefixAgain(reader: InstructionReader): void {
  reader.integer(8, '', '');
  reader.integer(7, '', '');
  reader.commit();
}

/** Lets the prefix's spans, which have no name the second time, pass. */
function skipPrefix(trace: TraceSink): TraceSink {
  return { push: (span) => (span.ref === '' ? undefined : trace.push(span)) };
}
