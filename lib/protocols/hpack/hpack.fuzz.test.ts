import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Span } from '@/lib/bytes';
import {
  decodeInteger,
  decodeRepresentations,
  encodeInteger,
  HpackDecoder,
  HpackEncoder,
  HpackError,
  HPACK_RULES,
  huffmanDecode,
  huffmanEncode,
  huffmanLength,
  MAX_INTEGER,
  STATIC_TABLE,
  type HeaderField,
} from '.';

const RUNS = Number(process.env.FUZZ_RUNS ?? 20_000);
const SEED = Number(process.env.FUZZ_SEED ?? 7541);
const options = { seed: SEED, numRuns: 300 };

const octetText = fc
  .uint8Array({ maxLength: 60 })
  .map((octets) => Array.from(octets, (octet) => String.fromCharCode(octet)).join(''));
const field: fc.Arbitrary<HeaderField> = fc.oneof(
  fc.constantFrom(...STATIC_TABLE),
  fc.record({
    name: fc.constantFrom('a', 'b', 'cookie', ':path'),
    value: fc.constantFrom('', '1', '2', 'x'.repeat(200)),
  }),
  fc.record({ name: octetText, value: octetText }),
  fc.record({ name: octetText, value: octetText, sensitive: fc.constant(true) }),
);

test(`every integer reads as it was written, in every prefix (seed ${SEED})`, () => {
  const edge = fc.constantFrom(0, 1, 30, 31, 127, 128, 254, 255, 256, 16_383, 16_384, 2 ** 31, MAX_INTEGER);
  const value = fc.oneof(edge, fc.integer({ min: 0, max: MAX_INTEGER }));
  fc.assert(
    fc.property(value, fc.integer({ min: 1, max: 8 }), fc.nat(255), (number, prefixBits, flags) => {
      const aboveMask = flags & ~((1 << prefixBits) - 1);
      const octets = encodeInteger(number, prefixBits, aboveMask);
      expect(octets[0]! & aboveMask).toBe(aboveMask);
      expect(decodeInteger(octets, 0, prefixBits)).toEqual({ value: number, next: octets.length });
    }),
    options,
  );
});

test(`Huffman code: any octets come back, in as many octets as were foretold (seed ${SEED})`, () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
      const coded = huffmanEncode(octets);
      expect(coded.length).toBe(huffmanLength(octets));
      expect(huffmanDecode(coded)).toEqual(octets);
    }),
    options,
  );
});

test(`lists in a sequence come back, whatever the limits do between them (seed ${SEED})`, () => {
  const step = fc.record({
    list: fc.array(field, { maxLength: 12 }),
    limits: fc.array(fc.constantFrom(0, 33, 64, 100, 300, 4096, 10_000), { maxLength: 2 }),
  });
  const huffman = fc.constantFrom('auto' as const, 'always' as const, 'never' as const);
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), huffman, (steps, use) => {
      const encoder = new HpackEncoder({ huffman: use });
      const decoder = new HpackDecoder();
      for (const { list, limits } of steps) {
        for (const limit of limits) {
          encoder.setMaxTableSize(limit);
          decoder.setMaxTableSize(limit);
        }
        const spans: Span[] = [];
        const block = encoder.encode(list, spans);
        expect(decoder.decode(block)).toEqual(list);
        expect(decoder.table).toEqual(encoder.table);
        expect(decoder.tableSize).toBe(encoder.tableSize);
        expectEveryBitOnce(spans, block);
      }
    }),
    options,
  );
});

/** The spans that hold no other lie end to end over the whole block. */
function expectEveryBitOnce(spans: readonly Span[], block: Uint8Array): void {
  const starts = new Map<number, number>();
  for (const { start, end } of spans) {
    const other = starts.get(start);
    if (end > start && (other === undefined || end < other)) starts.set(start, end);
  }
  let at = 0;
  while (at < block.length * 8) at = starts.get(at) ?? expect.unreachable(`no span at bit ${at}`);
  expect(at).toBe(block.length * 8);
}

/** Mulberry32: small, and the same everywhere. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const sound = [
  { name: ':method', value: 'GET' },
  { name: ':authority', value: 'www.example.com' },
  { name: 'cookie', value: 'id=1\xff', sensitive: true },
  { name: 'custom-key', value: 'custom-value' },
];

test(`random and damaged octets are fields or an HpackError with a rule, nothing else (seed ${SEED})`, () => {
  const random = createRandom(SEED);
  const codes = new Set<string>();
  let accepted = 0;
  const judge = (act: () => unknown) => {
    try {
      act();
      accepted++;
    } catch (error) {
      if (!(error instanceof HpackError)) throw error;
      if (!(error.code in HPACK_RULES)) throw error;
      codes.add(error.code);
    }
  };
  for (let run = 0; run < RUNS; run++) {
    const octets =
      run % 2 === 0
        ? // Runs of ones are what integers, padding and EOS are about.
          Uint8Array.from({ length: random(40) }, () => (random(3) === 0 ? 0xff : random(256)))
        : new HpackEncoder({ huffman: random(2) ? 'always' : 'never' }).encode(sound);
    if (run % 2 === 1) {
      for (let change = random(3); change >= 0; change--) octets[random(octets.length)] = random(256);
    }
    const block = random(4) === 0 ? octets.subarray(0, random(octets.length + 1)) : octets;
    judge(() => {
      const decoder = new HpackDecoder({ maxHeaderListSize: 150 });
      if (random(8) === 0) decoder.setMaxTableSize(random(5000));
      decoder.decode(block, random(4) === 0 ? [] : undefined);
      decoder.decode(block);
    });
    judge(() => decodeRepresentations(block));
    judge(() => huffmanDecode(block));
    judge(() => decodeInteger(block, 0, 1 + random(8)));
  }
  expect(accepted).toBeGreaterThan(RUNS / 10);
  // All but HPACK_CONTEXT_LOST, which needs a caller that goes on after an error.
  if (RUNS >= 20_000) expect(codes.size).toBe(Object.keys(HPACK_RULES).length - 1);
}, 600_000);
