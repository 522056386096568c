import type { Span } from '@/lib/bytes';
import {
  EventStreamParser,
  parseLine,
  type EventStreamState,
  type ServerSentEvent,
} from '@/lib/protocols/sse';
import { chunksOf, type Chunk } from './chunks';
import type { StreamParams } from './lab';
import { readNaively, type NaiveLine } from './naive';
import { toOctets } from './source';

/** The most octets that the lab holds. */
export const MAX_OCTETS = 400;

export type MomentKind =
  'mark' | 'second-half' | 'blank' | 'data' | 'event' | 'id' | 'retry' | 'comment' | 'unknown' | 'cut';

/** The parser after a line end, a byte order mark, or the last octet of a chunk. */
export type Moment = {
  kind: MomentKind;
  /** Octets read since the moment before. */
  start: number;
  end: number;
  /** Index of the chunk that they came in. */
  chunk: number;
  /** The line that ended here. */
  line: string;
  state: EventStreamState;
  /** Octets of a character that is not whole yet. */
  held: number;
  event: ServerSentEvent | undefined;
};

export type StreamResult = {
  octets: Uint8Array;
  isTooLong: boolean;
  chunks: readonly Chunk[];
  /** What each octet is, from the room's trace. */
  spans: readonly Span[];
  moments: readonly Moment[];
  events: readonly (ServerSentEvent & { chunk: number; moment: number })[];
  naive: readonly NaiveLine[];
  /** What the buffers held when the octets ran out. */
  rest: EventStreamState;
};

/** Reads the stream as it comes, and notes the parser's state as it goes. */
export function runStream({ stream, every, cuts }: StreamParams): StreamResult {
  const all = toOctets(stream);
  const octets = all.subarray(0, MAX_OCTETS);
  const chunks = chunksOf(octets.length, { every, cuts });
  const parser = new EventStreamParser();
  const moments = momentsOf(octets, chunks, parser);
  const events = moments.flatMap(({ event, chunk }, moment) => (event ? [{ ...event, chunk, moment }] : []));
  const naive = readNaively(octets, chunks);
  const isTooLong = all.length > MAX_OCTETS;
  return { octets, isTooLong, chunks, spans: spansOf(octets), moments, events, naive, rest: parser.state };
}

function spansOf(octets: Uint8Array): Span[] {
  const spans: Span[] = [];
  const parser = new EventStreamParser();
  parser.push(octets, spans);
  parser.end(spans);
  return spans;
}

const CR = 0x0d;
const LF = 0x0a;

function momentsOf(octets: Uint8Array, chunks: readonly Chunk[], parser: EventStreamParser): Moment[] {
  const moments: Moment[] = [];
  const hasMark = octets[0] === 0xef && octets[1] === 0xbb && octets[2] === 0xbf;
  let lineStart = hasMark ? 3 : 0;
  chunks.forEach((chunk, index) => {
    for (let start = chunk.start; start < chunk.end;) {
      let end = start + 1;
      const isEnd = (at: number) => octets[at - 1] === CR || octets[at - 1] === LF || (hasMark && at === 3);
      while (end < chunk.end && !isEnd(end)) end++;
      const [event] = parser.push(octets.subarray(start, end));
      const kind = kindOf(octets, { end, lineStart, hasMark });
      const ended = kind !== 'cut' && kind !== 'mark' && kind !== 'second-half';
      const line = ended
        ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(octets.subarray(lineStart, end - 1))
        : '';
      if (kind !== 'cut') lineStart = end;
      const held = ended ? 0 : heldOctets(octets.subarray(0, end));
      moments.push({ kind, start, end, chunk: index, line, state: parser.state, held, event });
      start = end;
    }
  });
  return moments;
}

function kindOf(
  octets: Uint8Array,
  { end, lineStart, hasMark }: { end: number; lineStart: number; hasMark: boolean },
): MomentKind {
  if (hasMark && end === 3) return 'mark';
  const last = octets[end - 1];
  if (last !== CR && last !== LF) return 'cut';
  if (last === LF && octets[end - 2] === CR && lineStart === end - 1) return 'second-half';
  return parseLine(new TextDecoder('utf-8', { ignoreBOM: true }).decode(octets.subarray(lineStart, end - 1)))
    .kind;
}

/** How many octets at the end begin a character that needs more (the Unicode standard's table 3-7, leads alone). */
export function heldOctets(octets: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, octets.length); back++) {
    const octet = octets[octets.length - back] ?? 0;
    if (octet < 0x80) return 0;
    if (octet < 0xc0) continue;
    const needed =
      octet >= 0xf0 && octet < 0xf5 ? 4 : octet >= 0xe0 && octet < 0xf0 ? 3 : octet >= 0xc2 ? 2 : 1;
    return octet < 0xf5 && needed > back ? back : 0;
  }
  return 0;
}
