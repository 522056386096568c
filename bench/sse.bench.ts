import { createParser } from 'eventsource-parser';
import assert from 'node:assert/strict';
import { EventStreamParser, writeEvent } from '@/lib/protocols/sse';
import { startProcessorTime } from './processor-time';
import { medianOf, type BenchRow } from './rows';

/** Both sides get octets, as a network gives them; eventsource-parser takes text, so it has a decoder before it. */
const ROUNDS = 31;
const RUNS_A_ROUND = 2;
const CHUNKS = [1, 16, 256, 4096, 65_536];

/** What a chat or a price feed sends: a number, a type, a little JSON. */
const smallEvents = (count: number, word: string): string =>
  Array.from({ length: count }, (_, n) =>
    writeEvent({
      ...(n % 4 === 0 && { type: 'tick' }),
      lastEventId: String(n),
      data: JSON.stringify({ price: 100 + (n % 17), at: 1_700_000_000 + n, note: word }),
    }),
  ).join('');

/** What a model or a log sends: nothing but data. */
const dataEvents = (count: number): string =>
  Array.from({ length: count }, (_, n) => writeEvent({ data: `{"token":"word ${n}"}` })).join('');

const largeEvent = (octets: number): string => writeEvent({ data: 'x'.repeat(octets) });

const inputs = [
  { name: 'small events with ids', text: smallEvents(4_000, 'steady'), chunks: CHUNKS },
  { name: 'small events, Chinese', text: smallEvents(4_000, '平稳'), chunks: [256, 65_536] },
  { name: 'data alone', text: dataEvents(8_000), chunks: CHUNKS },
  { name: '1 MB events', text: largeEvent(1_000_000).repeat(2), chunks: CHUNKS },
  { name: 'CRLF', text: smallEvents(4_000, 'steady').replaceAll('\n', '\r\n'), chunks: [256, 65_536] },
];

function cut(text: string, octets: number): Uint8Array[] {
  const all = new TextEncoder().encode(text);
  const count = Math.ceil(all.length / octets);
  return Array.from({ length: count }, (_, n) => all.slice(n * octets, (n + 1) * octets));
}

type Seen = { type: string; data: string };

function ours(chunks: readonly Uint8Array[], use: (event: Seen) => void): void {
  const parser = new EventStreamParser();
  for (const chunk of chunks) for (const event of parser.push(chunk)) use(event);
}

function theirs(chunks: readonly Uint8Array[], use: (event: Seen) => void): void {
  const decoder = new TextDecoder();
  const parser = createParser({ onEvent: ({ event = 'message', data }) => use({ type: event, data }) });
  for (const chunk of chunks) parser.feed(decoder.decode(chunk, { stream: true }));
}

type Side = typeof ours;

/** What both must agree on. */
function eventsOf(side: Side, chunks: readonly Uint8Array[]): Seen[] {
  const events: Seen[] = [];
  side(chunks, ({ type, data }) => events.push({ type, data }));
  return events;
}

/** Time of the processor, in ms; the events are used, or an engine might leave them out. */
function timeOf(side: Side, chunks: readonly Uint8Array[]): number {
  let octets = 0;
  const elapsedMs = startProcessorTime();
  for (let run = 0; run < RUNS_A_ROUND; run++) side(chunks, ({ data }) => (octets += data.length));
  return octets > 0 ? elapsedMs() : Number.NaN;
}

/** Why a row may stay below its bar. */
const NOTES: Record<string, string> = {
  'small events, Chinese':
    "of Chinese in large chunks both spend two fifths in the platform's decoder, and we give the events in a list, a sixth of our parsing; measured 0.97 to 1.05 ×",
};

/** Octets of event streams against eventsource-parser: how many times as fast. */
export default async function measureEventStreams(): Promise<BenchRow[]> {
  return inputs.flatMap(({ name, text, chunks }) =>
    chunks.map((octets): BenchRow => {
      const pieces = cut(text, octets);
      assert.deepEqual(eventsOf(ours, pieces), eventsOf(theirs, pieces));
      const [own, their]: [number[], number[]] = [[], []];
      // In turns, and each first as often as the other: neither always pays for the other's garbage.
      for (let round = 0; round < ROUNDS; round++) {
        if (round % 2) own.push(timeOf(ours, pieces));
        their.push(timeOf(theirs, pieces));
        if (round % 2 === 0) own.push(timeOf(ours, pieces));
      }
      const measured = medianOf(their) / medianOf(own);
      const row = {
        name: `parse ${name}, ${octets} B chunks`,
        unit: '×',
        bar: 1,
        measured,
        note: NOTES[name],
      };
      return { ...row, sense: 'at least' };
    }),
  );
}
