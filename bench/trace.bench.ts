import assert from 'node:assert/strict';
import type { Span } from '@/lib/bytes';
import { startProcessorTime } from './processor-time';
import { medianOf, type BenchRow } from './rows';
import type { TracedDecoder } from './traced/decoder';
import { tracedRooms } from './traced/rooms';

const ROUNDS = 31;
/** Processor time of one side of a round. */
const ROUND_MS = 6;

/**
 * Why some rows of a room do not hold, or hardly. A span costs 15 ns where nothing but the object is made, so a decoder
 * that takes less than 4 ns for a span's octets cannot hold the bar, and is not made slower for it.
 */
const NOTES: Record<string, string> = {
  hpack: 'each symbol of Huffman code has a span; measured 2.7 to 6 ×',
  stun: 'two hundred nanoseconds without; measured 4.2 to 5.1 ×',
  tls: 'an alert is two octets; measured 1.9 to 5.2 ×',
  sse: 'small events are eight to twenty spans each, and take 30 to 120 ns without; measured 5 to 10 ×',
  sdp: 'without a sink no value is read; where each is read either way it is 2.5 to 2.8 ×; measured 5.2 to 6.4 ×',
};

type Run = () => unknown;

/** Time of the processor in milliseconds, which other programs take none of. */
async function timeOf(run: Run, times: number): Promise<number> {
  const elapsedMs = startProcessorTime();
  for (let i = 0; i < times; i++) {
    const pending = run();
    if (pending instanceof Promise) await pending;
  }
  return elapsedMs();
}

/** How often to run so that a round lasts; warms up on the way. */
async function timesOf(run: Run): Promise<number> {
  for (let times = 1; ; times *= 2) {
    const milliseconds = await timeOf(run, times);
    if (milliseconds >= ROUND_MS) return Math.ceil((times * ROUND_MS) / milliseconds);
  }
}

/** Decoding with a sink and without in turns; the median of the rounds' ratios. */
async function ratioOf(name: string, decode: TracedDecoder): Promise<number> {
  const spans: Span[] = [];
  assert.deepEqual(await decode(spans), await decode(), `${name}: the sink changes what is decoded`);
  assert(spans.length > 0, `${name}: the sink gets nothing`);
  const traced = () => decode([]);
  const plain = () => decode();
  await timesOf(traced);
  const times = await timesOf(plain);
  const rounds: { traced: number; plain: number }[] = [];
  for (let round = 0; round < ROUNDS; round++)
    rounds.push({ traced: await timeOf(traced, times), plain: await timeOf(plain, times) });
  const microseconds = (side: 'traced' | 'plain') =>
    ((medianOf(rounds.map((round) => round[side])) * 1000) / times).toFixed(2);
  const ratio = medianOf(rounds.map((round) => round.traced / round.plain));
  console.log(
    `${name}: ${spans.length} spans, ${microseconds('plain')} µs, traced ${microseconds('traced')} µs, × ${ratio.toFixed(2)}`,
  );
  return ratio;
}

/** Every room's decoders with a trace sink, against themselves without. */
export default async function measureTraces(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [room, decoders] of Object.entries(await tracedRooms())) {
    for (const [input, decode] of Object.entries(decoders)) {
      const name = `${room} traced: ${input}`;
      rows.push({
        name,
        unit: '× untraced',
        bar: 5,
        sense: 'at most',
        measured: await ratioOf(name, decode),
        note: NOTES[room],
      });
    }
  }
  return rows;
}
