import { fromHex, HexError } from '@/lib/bytes';
import { decodeRepresentation, HpackEncoder, HpackError, type HeaderField } from '@/lib/protocols/hpack';
import { Endpoint, type Entry } from './endpoint';
import type { HpackParams } from './lab';
import type { ListProblem } from './parse-lists';
import { decodeProblem, hexProblem, type BlockProblem } from './problem';
import { sizesOf, ways, type Sizes } from './sizes';
import { listsOf } from './sources';

/** What an octet begins: one of the five representations; or the point at which the receiver gave up. */
export type Kind = 'indexed' | 'incremental' | 'size-update' | 'never' | 'without' | 'problem';

/** One representation at work: what it says, and both tables after it. */
export type Moment = {
  /** Index into `blocks`. */
  block: number;
  /** Octets of the block, `end` exclusive. */
  start: number;
  end: number;
  kind: Kind;
  /** What it stands for; undefined for a size update. */
  field: HeaderField | undefined;
  /** The index that it names, 0 for none; and the entry there, before this moment. */
  index: number;
  pointsAt: Entry | undefined;
  /** The sender's table and the receiver's, newest first. */
  sender: readonly Entry[];
  receiver: readonly Entry[];
  added: Entry | undefined;
  evicted: readonly Entry[];
};

export type Block = {
  octets: Uint8Array;
  /** What was given to the encoder; nothing for pasted octets. */
  sent: readonly HeaderField[];
  /** What the receiver's decoder read; undefined if it failed or never saw the block. */
  received: readonly HeaderField[] | undefined;
  isSkipped: boolean;
  problem: BlockProblem | undefined;
  sizes: Sizes;
  tableLimit: number;
};

export type HpackResult = {
  blocks: readonly Block[];
  moments: readonly Moment[];
  inputProblem: ListProblem | BlockProblem | undefined;
  total: Sizes;
  /** From which block on the tables differ, and in which it shows first (indices); undefined: they do not. */
  differSince: number | undefined;
  showsIn: number | undefined;
};

/** Longest sequence of pasted blocks. */
const MAX_BLOCKS = 12;

/** Sends every list through a real encoder to a real decoder, and keeps what happened. Never throws. */
export function runHpack(params: HpackParams): HpackResult {
  return params.source === 'octets' ? runOctets(params) : runLists(params);
}

function runLists(params: HpackParams): HpackResult {
  const { lists, problem } = listsOf(params);
  const { tableSize, huffman, skipped } = params;
  const marked = new Map<HeaderField, 'incremental' | 'without' | 'never'>();
  const indexing = (field: HeaderField) => marked.get(field) ?? 'incremental';
  const encoder = new HpackEncoder({ maxTableSize: tableSize, huffman, indexing });
  const sender = new Endpoint(tableSize);
  const receiver = new Endpoint(tableSize);
  const run = new Recorder(sender, receiver);
  let limit = tableSize;
  lists.forEach(({ fields, tableLimit }, i) => {
    if (tableLimit !== undefined) {
      limit = tableLimit;
      encoder.setMaxTableSize(limit);
      receiver.decoder.setMaxTableSize(limit);
    }
    const sent = fields.map(({ name, value, sensitive }) => ({
      name,
      value,
      ...(sensitive ? { sensitive } : {}),
    }));
    sent.forEach((field, j) => marked.set(field, fields[j]?.indexing ?? 'incremental'));
    const octets = encoder.encode(sent);
    const isSkipped = skipped === i + 1;
    run.block(octets, { sent, isSkipped, sizes: sizesOf(sent, octets.length, huffman), tableLimit: limit });
  });
  return run.finish(problem);
}

function runOctets({ octets: hex, tableSize }: HpackParams): HpackResult {
  const receiver = new Endpoint(tableSize);
  const run = new Recorder(undefined, receiver);
  const lines = hex.split('\n').filter((line) => line.trim() !== '');
  try {
    for (const line of lines.slice(0, MAX_BLOCKS)) {
      run.block(fromHex(line), { sent: [], isSkipped: false, sizes: undefined, tableLimit: tableSize });
    }
  } catch (error) {
    if (!(error instanceof HexError)) throw error;
    return run.finish(hexProblem(error, run.blocks.length));
  }
  return run.finish(undefined);
}

type Given = Pick<Block, 'sent' | 'isSkipped' | 'tableLimit'> & { sizes: Sizes | undefined };

/** Takes blocks in order and notes each representation. */
class Recorder {
  readonly blocks: Block[] = [];
  private readonly moments: Moment[] = [];
  private readonly sender: Endpoint | undefined;
  private readonly receiver: Endpoint;
  private differSince: number | undefined;
  private showsIn: number | undefined;

  constructor(sender: Endpoint | undefined, receiver: Endpoint) {
    this.sender = sender;
    this.receiver = receiver;
  }

  block(octets: Uint8Array, { sent, isSkipped, sizes, tableLimit }: Given): void {
    let problem: BlockProblem | undefined;
    let received: HeaderField[] | undefined;
    if (!isSkipped) {
      try {
        received = this.receiver.decoder.decode(octets);
      } catch (error) {
        if (!(error instanceof HpackError)) throw error;
        problem = decodeProblem(error, octets, this.blocks.length, this.receiver.entries.length);
      }
    }
    const readable = problem ? Math.min(problem.offset, octets.length) : octets.length;
    this.take(octets, isSkipped, this.sender ? octets.length : readable, readable);
    if (problem) this.giveUp(problem.offset, octets.length);
    // What cannot be read has no other way to be written.
    const none = { http1: 0, literals: 0, static: 0, full: 0 };
    const sizesOrNone = sizes ?? (received ? sizesOf(received, octets.length, 'auto') : none);
    this.blocks.push({ octets, sent, received, isSkipped, problem, sizes: sizesOrNone, tableLimit });
    this.compare(sent, received, problem);
  }

  /** One moment a representation, as far as it can be read: all by the sender, up to `readable` by the receiver. */
  private take(octets: Uint8Array, isSkipped: boolean, end: number, readable: number): void {
    for (let at = 0; at < end;) {
      const located = decodeOrNothing(octets, at);
      if (!located || located.end > end) return;
      const slice = octets.subarray(at, located.end);
      const leading = this.sender ?? this.receiver;
      const { representation } = located;
      const index =
        representation.kind === 'indexed'
          ? representation.index
          : representation.kind === 'literal'
            ? representation.nameIndex
            : 0;
      const pointsAt = leading.entryAt(index);
      const change = leading.take(slice);
      if (!change) return;
      if (this.sender && !isSkipped && located.end <= readable) this.receiver.take(slice);
      this.moments.push({
        block: this.blocks.length,
        start: at,
        end: located.end,
        kind: representation.kind === 'literal' ? representation.indexing : representation.kind,
        field: change.field,
        index,
        pointsAt,
        sender: leading.entries,
        receiver: this.receiver.entries,
        added: change.added,
        evicted: change.evicted,
      });
      at = located.end;
    }
  }

  /** The receiver stops in this block: a moment of its own, so that it can be stepped to. */
  private giveUp(start: number, end: number): void {
    const { receiver, sender = receiver } = this;
    const nothing = { field: undefined, index: 0, pointsAt: undefined, added: undefined, evicted: [] };
    const tables = { sender: sender.entries, receiver: receiver.entries };
    this.moments.push({ block: this.blocks.length, start, end, kind: 'problem', ...nothing, ...tables });
  }

  private compare(
    sent: readonly HeaderField[],
    received: readonly HeaderField[] | undefined,
    problem: BlockProblem | undefined,
  ): void {
    const here = this.blocks.length - 1;
    if (!this.sender) return;
    const misread = received !== undefined && !areSame(sent, received);
    if (this.differSince !== undefined && (problem || misread)) this.showsIn ??= here;
    if (!areSame(this.sender.entries, this.receiver.entries)) this.differSince ??= here;
  }

  finish(inputProblem: HpackResult['inputProblem']): HpackResult {
    const total = { http1: 0, literals: 0, static: 0, full: 0 };
    for (const { sizes } of this.blocks) for (const way of ways) total[way] += sizes[way];
    const { blocks, moments, differSince, showsIn } = this;
    return { blocks, moments, inputProblem, total, differSince, showsIn };
  }
}

function decodeOrNothing(octets: Uint8Array, at: number) {
  try {
    return decodeRepresentation(octets, at);
  } catch (error) {
    if (error instanceof HpackError) return undefined;
    throw error;
  }
}

function areSame(one: readonly HeaderField[], other: readonly HeaderField[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ name, value }, i) => name === other[i]?.name && value === other[i].value)
  );
}
