import { SctpError } from './errors';
import type { SctpMessage } from './fragment';
import type { DataChunk, GapBlock, SackChunk } from './packet';
import { addTsn, nextStreamSeq, streamSeqDistance, tsnBefore, tsnDistance } from './serial';

/** Octets that wait for others at most, unless told otherwise. */
export const DEFAULT_RECEIVE_BUFFER_OCTETS = 1_048_576;

/** What one SACK reports at most, so that it fits in a packet. */
const MAX_GAP_BLOCKS = 100;
const MAX_DUPLICATES = 20;

/** How far ahead of the cumulative TSN a chunk may be: as far as a gap block can say (RFC 9260 §3.3.4). */
const MAX_TSNS_AHEAD = 0xffff;

/** Parts of one message that lie side by side: the first TSN and the last. */
type Run = { first: number; last: number };

/** One direction's ordered streams: which number is next, and messages that came before their turn. */
type InboundStream = { nextSeq: number; waiting: Map<number, SctpMessage> };

/**
 * The receiving half of an association (RFC 9260 §6.2, §6.5, §6.9; RFC 3758): puts fragments together, holds ordered
 * messages back until it is their turn, and knows what to acknowledge.
 *
 * Limits: `bufferOctets` of user data that waits; a chunk beyond it is not taken (and not acknowledged) unless it is the
 * next one, without which nothing would ever leave the buffer. 65,535 TSNs ahead of the cumulative one.
 */
export class Inbound {
  /** The last TSN before which nothing is missing. */
  cumulativeTsn: number;
  private readonly bufferOctets: number;
  private readonly fragments = new Map<number, DataChunk>();
  /** Under the TSNs of both their ends, so that a chunk finds its neighbours at once. */
  private readonly runs = new Map<number, Run>();
  /** TSNs after the cumulative one that have come. */
  private readonly beyond = new Set<number>();
  private readonly streams = new Map<number, InboundStream>();
  private readonly duplicates: number[] = [];
  private waitingOctets = 0;

  constructor(initialTsn: number, bufferOctets = DEFAULT_RECEIVE_BUFFER_OCTETS) {
    this.cumulativeTsn = addTsn(initialTsn, -1);
    this.bufferOctets = bufferOctets;
  }

  /**
   * Takes a chunk; answers the messages that are whole, and in turn, because of it.
   * @throws SctpError SCTP_FRAGMENT_CONFLICT: parts that cannot be of one message (a protocol violation)
   */
  receive(chunk: DataChunk): SctpMessage[] {
    const distance = tsnDistance(this.cumulativeTsn, chunk.tsn);
    if (distance <= 0 || this.beyond.has(chunk.tsn)) {
      if (this.duplicates.length < MAX_DUPLICATES) this.duplicates.push(chunk.tsn);
      return [];
    }
    if (distance > MAX_TSNS_AHEAD) return [];
    if (distance > 1 && this.waitingOctets + chunk.userData.length > this.bufferOctets) return [];
    this.fragments.set(chunk.tsn, chunk);
    this.waitingOctets += chunk.userData.length;
    this.beyond.add(chunk.tsn);
    this.advance();
    const message = this.assemble(chunk);
    if (!message) return [];
    return message.unordered ? this.handOver([message]) : this.inTurn(message, chunk.streamSeq);
  }

  /** FORWARD TSN (RFC 3758 §3.6): what is missing up to there never comes. Answers the messages whose turn it is now. */
  forward(
    newCumulativeTsn: number,
    streams: readonly { streamId: number; streamSeq: number }[],
  ): SctpMessage[] {
    if (!tsnBefore(this.cumulativeTsn, newCumulativeTsn)) return [];
    // A message that has begun there never ends, whatever of it has come.
    for (const run of new Set(this.runs.values()))
      if (!tsnBefore(newCumulativeTsn, run.first))
        for (const { userData } of this.takeRun(run)) this.waitingOctets -= userData.length;
    for (const tsn of this.beyond) if (!tsnBefore(newCumulativeTsn, tsn)) this.beyond.delete(tsn);
    this.cumulativeTsn = newCumulativeTsn;
    this.advance();
    return streams.flatMap(({ streamId, streamSeq }) => {
      const stream = this.stream(streamId);
      const skipped = takeUpTo(stream, streamSeq);
      return this.handOver([...skipped, ...takeInTurn(stream)]);
    });
  }

  /** What is to be acknowledged now; duplicates are reported once. */
  sack(): SackChunk {
    return {
      kind: 'sack',
      cumulativeTsn: this.cumulativeTsn,
      aRwnd: Math.max(0, this.bufferOctets - this.waitingOctets),
      gapBlocks: this.gapBlocks(),
      duplicateTsns: this.duplicates.splice(0),
    };
  }

  private gapBlocks(): GapBlock[] {
    const blocks: GapBlock[] = [];
    const distances = [...this.beyond]
      .map((tsn) => tsnDistance(this.cumulativeTsn, tsn))
      .sort((a, b) => a - b);
    for (const distance of distances) {
      const last = blocks.at(-1);
      if (last && last.end === distance - 1) last.end = distance;
      else if (blocks.length === MAX_GAP_BLOCKS) break;
      else blocks.push({ start: distance, end: distance });
    }
    return blocks;
  }

  private advance(): void {
    for (let next = addTsn(this.cumulativeTsn, 1); this.beyond.delete(next); next = addTsn(next, 1))
      this.cumulativeTsn = next;
  }

  /** The message of which `chunk` was the last part to come, or undefined. */
  private assemble(chunk: DataChunk): SctpMessage | undefined {
    const { first, last } = this.join(chunk);
    if (!this.fragments.get(first)!.begin || !this.fragments.get(last)!.end) return undefined;
    const parts = this.takeRun({ first, last });
    const data = new Uint8Array(parts.reduce((octets, { userData }) => octets + userData.length, 0));
    let at = 0;
    for (const { userData } of parts) {
      data.set(userData, at);
      at += userData.length;
    }
    const { streamId, ppid, unordered } = parts[0]!;
    return { streamId, ppid, unordered, data };
  }

  /** The run that a chunk is part of now, with those on both its sides. @throws SctpError SCTP_FRAGMENT_CONFLICT */
  private join(chunk: DataChunk): Run {
    const run = { first: chunk.tsn, last: chunk.tsn };
    const before = this.fragments.get(addTsn(chunk.tsn, -1));
    if (before && !(before.end && chunk.begin)) {
      checkSameMessage(before, chunk);
      run.first = this.runs.get(before.tsn)!.first;
      this.runs.delete(before.tsn);
    }
    const after = this.fragments.get(addTsn(chunk.tsn, 1));
    if (after && !(chunk.end && after.begin)) {
      checkSameMessage(chunk, after);
      run.last = this.runs.get(after.tsn)!.last;
      this.runs.delete(after.tsn);
    }
    this.runs.set(run.first, run).set(run.last, run);
    return run;
  }

  /** Takes a run and its parts out. */
  private takeRun({ first, last }: Run): DataChunk[] {
    this.runs.delete(first);
    this.runs.delete(last);
    return Array.from({ length: tsnDistance(first, last) + 1 }, (_, index) => {
      const tsn = addTsn(first, index);
      const part = this.fragments.get(tsn)!;
      this.fragments.delete(tsn);
      return part;
    });
  }

  private inTurn(message: SctpMessage, streamSeq: number): SctpMessage[] {
    const stream = this.stream(message.streamId);
    if (streamSeqDistance(stream.nextSeq, streamSeq) < 0 || stream.waiting.has(streamSeq)) {
      this.handOver([message]);
      return [];
    }
    stream.waiting.set(streamSeq, message);
    return this.handOver(takeInTurn(stream));
  }

  private handOver(messages: SctpMessage[]): SctpMessage[] {
    for (const { data } of messages) this.waitingOctets -= data.length;
    return messages;
  }

  private stream(streamId: number): InboundStream {
    let stream = this.streams.get(streamId);
    if (!stream) this.streams.set(streamId, (stream = { nextSeq: 0, waiting: new Map() }));
    return stream;
  }
}

/** Those that wait before or at `streamSeq`, whose turn is over; what is not there never comes (RFC 3758 §3.6). */
function takeUpTo(stream: InboundStream, streamSeq: number): SctpMessage[] {
  const { nextSeq, waiting } = stream;
  const span = streamSeqDistance(nextSeq, streamSeq);
  if (span < 0) return [];
  // Whichever is shorter: the numbers passed over, or the messages that wait.
  const due =
    span < waiting.size
      ? Array.from({ length: span + 1 }, (_, index) => (nextSeq + index) & 0xffff)
      : [...waiting.keys()]
          .filter((seq) => streamSeqDistance(nextSeq, seq) <= span)
          .sort((a, b) => streamSeqDistance(nextSeq, a) - streamSeqDistance(nextSeq, b));
  stream.nextSeq = nextStreamSeq(streamSeq);
  return due.flatMap((seq) => {
    const message = waiting.get(seq);
    waiting.delete(seq);
    return message ? [message] : [];
  });
}

function takeInTurn(stream: InboundStream): SctpMessage[] {
  const messages: SctpMessage[] = [];
  for (;;) {
    const message = stream.waiting.get(stream.nextSeq);
    if (!message) return messages;
    messages.push(message);
    stream.waiting.delete(stream.nextSeq);
    stream.nextSeq = nextStreamSeq(stream.nextSeq);
  }
}

function checkSameMessage(before: DataChunk, after: DataChunk): void {
  const fits =
    !before.end &&
    !after.begin &&
    before.streamId === after.streamId &&
    before.unordered === after.unordered &&
    (before.unordered || before.streamSeq === after.streamSeq);
  if (!fits)
    throw new SctpError(
      'SCTP_FRAGMENT_CONFLICT',
      0,
      `TSN ${after.tsn} after ${before.tsn} of another message`,
      'B, then parts of the same stream and number, then E',
    );
}
