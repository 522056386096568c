import { isDeepStrictEqual } from 'node:util';
import { createRequire } from 'node:module';
import { fromHex } from '@/lib/bytes';
import { recordings } from '@/lib/labs/hpack/recordings';
import { HpackDecoder, HpackEncoder, type HeaderField } from '@/lib/protocols/hpack';
import { startProcessorTime } from './processor-time';
import { medianOf, type BenchRow } from './rows';

/** How many times as fast as hpack.js we are, both ways. */
const BAR = 3;
const ROUNDS = 15;
/** Connections in a round: so many that each side sweeps up its own garbage many times. */
const CONNECTIONS = 2000;

type Hpackjs = {
  compressor: { create(options: object): { write(list: object[]): void; read(): Buffer | null } };
  decompressor: {
    create(options: object): { write(octets: Buffer): void; execute(): void; read(): object | null };
  };
};
const peer = createRequire(import.meta.url)('hpack.js') as Hpackjs;
const options = { table: { maxSize: 4096 } };

/** The requests that Chromium and Node sent (lib/labs/hpack/recordings.ts): blocks, and the lists in them. */
const sequences = Object.values(recordings).map((blocks) => {
  const decoder = new HpackDecoder();
  const octets = blocks.map((hex) => fromHex(hex));
  return {
    octets,
    buffers: octets.map((block) => Buffer.from(block)),
    lists: octets.map((block) => decoder.decode(block)),
  };
});

function decodeOurs(): HeaderField[] {
  const fields: HeaderField[] = [];
  for (const { octets } of sequences) {
    const decoder = new HpackDecoder();
    for (const block of octets) for (const field of decoder.decode(block)) fields.push(field);
  }
  return fields;
}

function decodeTheirs(): object[] {
  const fields: object[] = [];
  for (const { buffers } of sequences) {
    const decoder = peer.decompressor.create(options);
    for (const block of buffers) {
      decoder.write(block);
      decoder.execute();
      for (let field = decoder.read(); field; field = decoder.read()) fields.push(field);
    }
  }
  return fields;
}

function encodeOurs(): Uint8Array[] {
  return sequences.flatMap(({ lists }) => {
    const encoder = new HpackEncoder();
    return lists.map((list) => encoder.encode(list));
  });
}

/** Their names for the same choices; Huffman code is on, as ours. */
const theirLists = sequences.map(({ lists }) =>
  lists.map((list) =>
    list.map(({ name, value, sensitive = false }) => ({ name, value, neverIndex: sensitive })),
  ),
);

function encodeTheirs(): Uint8Array[] {
  return theirLists.flatMap((lists) => {
    const encoder = peer.compressor.create(options);
    return lists.map((list) => {
      encoder.write(list);
      const pieces: Buffer[] = [];
      for (let piece = encoder.read(); piece; piece = encoder.read()) pieces.push(piece);
      return Buffer.concat(pieces);
    });
  });
}

const pairs = (fields: readonly object[]) =>
  (fields as HeaderField[]).map(({ name, value }) => [name, value]);

/** Fields of blocks that some encoder wrote for the sequences. */
function readBack(blocks: readonly Uint8Array[]): unknown {
  let at = 0;
  return sequences.map(({ lists }) => {
    const decoder = new HpackDecoder();
    return lists.map(() => pairs(decoder.decode(blocks[at++] ?? new Uint8Array())));
  });
}

/** Both in turn; the median of the rounds' ratios. */
function ratioOf(name: string, ours: () => unknown, theirs: () => unknown): number {
  const timeMs = (act: () => unknown) => {
    const elapsedMs = startProcessorTime();
    for (let i = 0; i < CONNECTIONS; i++) act();
    return elapsedMs();
  };
  for (let i = 0; i < 5; i++) timeMs(ours);
  for (let i = 0; i < 5; i++) timeMs(theirs);
  const rounds = Array.from({ length: ROUNDS }, () => ({ ours: timeMs(ours), theirs: timeMs(theirs) }));
  const [own, other] = [
    medianOf(rounds.map((round) => round.ours)),
    medianOf(rounds.map((round) => round.theirs)),
  ];
  console.log(`${name}: ${own.toFixed(2)} ms against ${other.toFixed(2)} ms, × ${(other / own).toFixed(2)}`);
  return medianOf(rounds.map((round) => round.theirs / round.ours));
}

/** Recorded request sequences decoded and encoded, against hpack.js. */
export default function measureHpack(): Promise<BenchRow[]> {
  const lists = sequences.map((sequence) => sequence.lists.map(pairs));
  const same =
    isDeepStrictEqual(pairs(decodeOurs()), pairs(decodeTheirs())) &&
    isDeepStrictEqual(readBack(encodeOurs()), lists) &&
    isDeepStrictEqual(readBack(encodeTheirs()), lists);
  if (!same) throw new Error('the two do not give the same fields');
  const row = (name: string, measured: number): BenchRow => {
    return { name: `${name}, against hpack.js`, unit: 'times', bar: BAR, sense: 'at least', measured };
  };
  return Promise.resolve([
    row('HPACK decode', ratioOf('decode', decodeOurs, decodeTheirs)),
    row('HPACK encode', ratioOf('encode', encodeOurs, encodeTheirs)),
  ]);
}
