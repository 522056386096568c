import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caught } from '@/lib/bytes/caught.fixture';
import type { Span } from '@/lib/bytes';
import { fromHex } from '@/lib/bytes';
import { TcpError } from '../errors';
import type { TcpOption, TcpSegment } from '.';
import { createSegment, decodeSegment, encodeSegment, flagsOf } from '.';

const SEED = 9293;
const addresses = { source: '192.0.2.1', destination: '198.51.100.7' };

const uint16 = fc.integer({ min: 0, max: 0xffff });
const uint32 = fc.integer({ min: 0, max: 0xffffffff });
const octets = (max: number) => fc.uint8Array({ maxLength: max });
const option: fc.Arbitrary<TcpOption> = fc.oneof(
  fc.constant({ kind: 'nop' } as const),
  uint16.map((octets) => ({ kind: 'mss', octets }) as const),
  fc.integer({ min: 0, max: 14 }).map((shift) => ({ kind: 'window-scale', shift }) as const),
  fc.constant({ kind: 'sack-permitted' } as const),
  fc
    .array(fc.record({ start: uint32, end: uint32 }), { minLength: 1, maxLength: 2 })
    .map((blocks) => ({ kind: 'sack', blocks }) as const),
  fc.tuple(uint32, uint32).map(([value, echo]) => ({ kind: 'timestamps', value, echo }) as const),
  fc
    .constantFrom(0, 4, 8, 16)
    .map((length) => ({ kind: 'fast-open', cookie: new Uint8Array(length) }) as const),
  fc
    .tuple(fc.constantFrom(6, 19, 28, 253), octets(6))
    .map(([number, data]) => ({ kind: 'unknown', number, data }) as const),
);

function optionOctets(each: TcpOption): number {
  if (each.kind === 'nop' || each.kind === 'end') return 1;
  if (each.kind === 'sack') return 2 + 8 * each.blocks.length;
  if (each.kind === 'fast-open') return 2 + each.cookie.length;
  if (each.kind === 'unknown') return 2 + each.data.length;
  return { mss: 4, 'window-scale': 3, 'sack-permitted': 2, timestamps: 10 }[each.kind];
}

const segments: fc.Arbitrary<TcpSegment> = fc.record({
  sourcePort: uint16,
  destinationPort: uint16,
  sequenceNumber: uint32,
  acknowledgmentNumber: uint32,
  reserved: fc.integer({ min: 0, max: 15 }),
  flags: fc
    .subarray(['cwr', 'ece', 'urg', 'ack', 'psh', 'rst', 'syn', 'fin'] as const)
    .map((set) => flagsOf(...set)),
  window: uint16,
  urgentPointer: uint16,
  options: fc
    .array(option, { maxLength: 5 })
    .filter((list) => list.reduce((sum, each) => sum + optionOctets(each), 0) <= 40),
  payload: octets(64),
});

const codeOf = (action: () => unknown) => {
  const error = caught(TcpError, action);
  return error ? `${error.code} at ${error.offset}` : 'no error';
};

test(`decode undoes encode, padding aside (seed ${SEED})`, () => {
  fc.assert(
    fc.property(segments, (segment) => {
      const decoded = decodeSegment(encodeSegment(segment, addresses), { addresses });
      expect(decoded).toMatchObject({
        ...segment,
        options: expect.anything() as unknown,
        checksumIsRight: true,
      });
      const withoutEnd = decoded?.options.filter(({ kind }) => kind !== 'end');
      expect(withoutEnd).toEqual(segment.options);
    }),
    { seed: SEED },
  );
});

test(`any octets: a segment, "need more", or an error with a code inside the input (seed ${SEED})`, () => {
  const mutated = fc.tuple(
    segments,
    fc.array(fc.tuple(fc.nat(80), fc.nat(255)), { maxLength: 6 }),
    fc.nat(100),
  );
  fc.assert(
    fc.property(mutated, ([segment, changes, cut]) => {
      const bytes = encodeSegment(segment, addresses);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      const input = bytes.subarray(0, cut);
      try {
        const decoded = decodeSegment(input, {}, []);
        expect(decoded === undefined).toBe(input.length < 20);
      } catch (error) {
        if (!(error instanceof TcpError)) throw error;
        expect(error.code).toMatch(/^TCP_/);
        expect(error.offset).toBeLessThan(input.length);
      }
    }),
    { seed: SEED, numRuns: 2000 },
  );
});

test(`one changed bit anywhere is noticed by the checksum (seed ${SEED})`, () => {
  fc.assert(
    fc.property(segments, fc.nat(), (segment, at) => {
      const bytes = encodeSegment(segment, addresses);
      const bit = at % (bytes.length * 8);
      bytes[bit >>> 3] = (bytes[bit >>> 3] ?? 0) ^ (0x80 >>> (bit & 7));
      expect(codeOf(() => decodeSegment(bytes, { addresses }))).not.toBe('no error');
    }),
    { seed: SEED },
  );
});

const header = (words: number, options: string): Uint8Array =>
  fromHex(`0050 c000 00000001 00000002 ${words.toString(16)}010 ffff 0000 0000 ${options}`);

test.each([
  ['a data offset of 4 words', header(4, ''), 'TCP_DATA_OFFSET_TOO_SMALL at 12'],
  ['a data offset past the end', header(6, ''), 'TCP_DATA_OFFSET_PAST_END at 12'],
  ['an option with no length', header(6, '01010102'), 'TCP_OPTION_LENGTH_MISSING at 23'],
  ['an option of length 0', header(6, '01fd0000'), 'TCP_OPTION_LENGTH_TOO_SMALL at 22'],
  ['an option of length 1', header(6, 'fd010000'), 'TCP_OPTION_LENGTH_TOO_SMALL at 21'],
  ['an option that runs past the header', header(6, 'fd050000'), 'TCP_OPTION_PAST_END at 21'],
  ['an MSS of 3 octets', header(6, '02030000'), 'TCP_OPTION_LENGTH_WRONG at 21'],
  ['a SACK of half a block', header(7, '0506000000000000'), 'TCP_OPTION_LENGTH_WRONG at 21'],
  ['a Fast Open cookie of 3 octets', header(7, '2205aabbcc000000'), 'TCP_OPTION_LENGTH_WRONG at 21'],
])('%s is malformed', (_name, bytes, expected) => {
  expect(codeOf(() => decodeSegment(bytes))).toBe(expected);
});

test('a wrong checksum is refused, or reported on request', () => {
  const bytes = encodeSegment(createSegment({ payload: fromHex('01') }), addresses);
  bytes[20] = 2;
  expect(codeOf(() => decodeSegment(bytes, { addresses }))).toBe('TCP_CHECKSUM_WRONG at 16');
  expect(decodeSegment(bytes, { addresses, onWrongChecksum: 'report' })?.checksumIsRight).toBe(false);
});

test('what does not fit its field is refused before anything is written', () => {
  expect(codeOf(() => encodeSegment(createSegment({ window: 65_536 })))).toBe('TCP_FIELD_OUT_OF_RANGE at 14');
  const tooMany = Array.from({ length: 11 }, () => ({ kind: 'mss', octets: 1 }) as const);
  expect(codeOf(() => encodeSegment(createSegment({ options: tooMany })))).toBe('TCP_OPTIONS_TOO_LONG at 20');
});

test('of a malformed segment the spans reach up to the fault', () => {
  const octets = fromHex('c0de0050000000010000000060020400000000000204');
  const tooFew = fromHex('c0de00500000000100000000600204000000000002030000');
  for (const [bytes, code] of [
    [octets, 'TCP_DATA_OFFSET_PAST_END'],
    [tooFew, 'TCP_OPTION_LENGTH_WRONG'],
  ] as const) {
    const spans: Span[] = [];
    expect(codeOf(() => decodeSegment(bytes, {}, spans))).toContain(code);
    expect(spans.at(-1)).toMatchObject({ name: 'Urgent Pointer', end: 160 });
  }
  const afterMss = fromHex('c0de00500000000100000000700204000000000002040218fe010000');
  const spans: Span[] = [];
  expect(() => decodeSegment(afterMss, {}, spans)).toThrow();
  expect(spans.at(-1)).toMatchObject({ name: 'Maximum Segment Size: Value', end: 192 });
});
