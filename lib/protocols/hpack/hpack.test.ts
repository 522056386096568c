import { expect, test } from 'vitest';
import { caught } from '@/lib/bytes/caught.fixture';
import { fromHex, toHex, type Span } from '@/lib/bytes';
import {
  decodeRepresentations,
  encodeRepresentation,
  HPACK_RULES,
  HpackDecoder,
  HpackEncoder,
  HpackError,
  type HeaderField,
} from '.';

const request: HeaderField[] = [
  { name: ':method', value: 'GET' },
  { name: ':scheme', value: 'http' },
  { name: ':path', value: '/' },
  { name: ':authority', value: 'www.example.com' },
];

test('RFC 7541 C.4.1: the first request, and the second is an octet a field', () => {
  const encoder = new HpackEncoder();
  expect(toHex(encoder.encode(request))).toBe('828684418cf1e3c2e5f23a6ba0ab90f4ff');
  expect(toHex(encoder.encode(request))).toBe('828684be');
});

test('RFC 7541 C.2.3: a sensitive field is a literal for ever, and is said to be one', () => {
  const field = { name: 'password', value: 'secret', sensitive: true };
  const block = new HpackEncoder({ huffman: 'never' }).encode([field]);
  expect(toHex(block)).toBe('100870617373776f726406736563726574');
  const decoder = new HpackDecoder();
  expect(decoder.decode(block)).toEqual([field]);
  expect(decoder.table).toEqual([]);
  // RFC 7541 §7.1.3: not even where a table has it.
  expect(toHex(new HpackEncoder().encode([{ name: ':method', value: 'GET', sensitive: true }]))[0]).toBe('1');
});

test('RFC 7541 §4.4: a field larger than the table empties it and is no error', () => {
  const decoder = new HpackDecoder({ maxTableSize: 64 });
  decoder.decode(encodeRepresentation(literal('a', 'b')));
  expect(decoder.tableSize).toBe(34);
  const large = 'x'.repeat(100);
  expect(decoder.decode(encodeRepresentation(literal('a', large)))).toEqual([{ name: 'a', value: large }]);
  expect([decoder.table, decoder.tableSize]).toEqual([[], 0]);
  // Our own encoder leaves the table alone then.
  const encoder = new HpackEncoder({ maxTableSize: 64 });
  encoder.encode([{ name: 'a', value: 'b' }]);
  encoder.encode([{ name: 'a', value: large }]);
  expect(encoder.tableSize).toBe(34);
});

test('RFC 7541 §4.4: a new field may be named by the entry that it pushes out', () => {
  const decoder = new HpackDecoder({ maxTableSize: 40 });
  decoder.decode(encodeRepresentation(literal('name', '1')));
  expect(decoder.decode(fromHex('7e0132'))).toEqual([{ name: 'name', value: '2' }]);
  expect(decoder.table).toEqual([{ name: 'name', value: '2' }]);
});

test('RFC 7541 §2.3.2: equal entries may stand twice, and nothing is replaced', () => {
  const decoder = new HpackDecoder();
  for (const value of ['1', '1', '2']) decoder.decode(encodeRepresentation(literal('a', value)));
  expect(decoder.table.map(({ value }) => value)).toEqual(['2', '1', '1']);
});

test('RFC 7541 §4.2: the encoder signals the lowest maximum, then the final one', () => {
  const encoder = new HpackEncoder();
  encoder.encode(request);
  encoder.setMaxTableSize(0);
  encoder.setMaxTableSize(4096);
  // 0, then 4096 = 31 + 97 + 31 × 128.
  expect(toHex(encoder.encode([]))).toBe('203fe11f');
  expect(encoder.table).toEqual([]);
  encoder.setMaxTableSize(256);
  encoder.setMaxTableSize(128);
  expect(toHex(encoder.encode([]))).toBe('3f61');
  // As it was, or above what the encoder keeps at most: nothing to say, or what it keeps.
  encoder.setMaxTableSize(128);
  expect(toHex(encoder.encode([]))).toBe('');
  encoder.setMaxTableSize(2 ** 32 - 1);
  expect(decodeRepresentations(encoder.encode([]))).toMatchObject([
    { representation: { kind: 'size-update', maxSize: 65_536 } },
  ]);
});

test('RFC 7541 §4.2: the decoder waits for the update before it evicts, then takes a higher one', () => {
  const decoder = new HpackDecoder();
  decoder.decode(encodeRepresentation(literal('a', 'b')));
  decoder.setMaxTableSize(10);
  decoder.setMaxTableSize(100);
  expect(decoder.tableSize).toBe(34);
  expect(decoder.decode(fromHex('2a3f45'))).toEqual([]);
  expect([decoder.tableSize, decoder.maxTableSize]).toEqual([0, 100]);
});

test('RFC 7541 §4.2: a raised limit, or one above what the encoder uses, asks for no update', () => {
  const decoder = new HpackDecoder({ maxTableSize: 100 });
  decoder.setMaxTableSize(8192);
  expect(decoder.decode(fromHex('82'))).toHaveLength(1);
  expect(decoder.decode(fromHex('3f21'))).toEqual([]);
  decoder.setMaxTableSize(64);
  expect(decoder.decode(fromHex('82'))).toHaveLength(1);
});

function literal(name: string, value: string) {
  return { kind: 'literal', indexing: 'incremental', nameIndex: 0, name, value } as const;
}

const lowered = (decoder: HpackDecoder) => {
  decoder.setMaxTableSize(100);
};
/** The first update must answer the lowest of several limits; `3f45` is 100. */
const loweredAndRaised = (decoder: HpackDecoder) => {
  decoder.setMaxTableSize(99);
  decoder.setMaxTableSize(4096);
};
const failures: [
  cause: string,
  hex: string,
  code: HpackError['code'],
  offset: number,
  set?: typeof lowered,
][] = [
  ['index 0', '80', 'HPACK_INDEX_ZERO', 0],
  ['the first index of an empty dynamic table', '82be', 'HPACK_INDEX_BEYOND_TABLE', 1],
  ['a name index beyond the table', '7e0161', 'HPACK_INDEX_BEYOND_TABLE', 0],
  ['a name index beyond the table, never indexed', '1f2f0161', 'HPACK_INDEX_BEYOND_TABLE', 0],
  ['an integer above 2^32 - 1', 'ffffffffff0f', 'HPACK_INTEGER_OVERFLOW', 5],
  ['an integer that goes on', 'ff808080808000', 'HPACK_INTEGER_OVERFLOW', 5],
  ['a prefix with nothing after it', 'ff', 'HPACK_INTEGER_TRUNCATED', 1],
  ['an integer cut short', 'ff80', 'HPACK_INTEGER_TRUNCATED', 2],
  ['a literal without a name', '40', 'HPACK_INTEGER_TRUNCATED', 1],
  ['a literal without a value', '400161', 'HPACK_INTEGER_TRUNCATED', 3],
  ['a name cut short', '400561', 'HPACK_STRING_TRUNCATED', 3],
  ['a value cut short', '4001610362', 'HPACK_STRING_TRUNCATED', 5],
  ['a string of 4 GB', '00ff80ffffff0f', 'HPACK_STRING_TRUNCATED', 7],
  ['EOS after a symbol', '00851fffffffff00', 'HPACK_HUFFMAN_EOS', 2],
  ['EOS as a name', '0084ffffffff00', 'HPACK_HUFFMAN_EOS', 2],
  ['8 bits of padding', '0082f8ff00', 'HPACK_HUFFMAN_PADDING_TOO_LONG', 3],
  ['11 bits of padding after one symbol', '00821fff00', 'HPACK_HUFFMAN_PADDING_TOO_LONG', 2],
  ['padding of zeros', '00811800', 'HPACK_HUFFMAN_PADDING_NOT_ONES', 2],
  ['padding with one 0', '00811d00', 'HPACK_HUFFMAN_PADDING_NOT_ONES', 2],
  ['a code cut short', '0081fe00', 'HPACK_HUFFMAN_PADDING_NOT_ONES', 2],
  ['a size update after a field', '8220', 'HPACK_TABLE_SIZE_UPDATE_NOT_FIRST', 1],
  ['a size update above the limit', '3fe21f', 'HPACK_TABLE_SIZE_ABOVE_LIMIT', 0],
  ['a second update above the limit', '203fe21f', 'HPACK_TABLE_SIZE_ABOVE_LIMIT', 1],
  ['no update after the limit was lowered', '82', 'HPACK_TABLE_SIZE_UPDATE_MISSING', 0, lowered],
  ['an empty block after the limit was lowered', '', 'HPACK_TABLE_SIZE_UPDATE_MISSING', 0, lowered],
  [
    'an update above the lowest limit of several',
    '3f45',
    'HPACK_TABLE_SIZE_ABOVE_LIMIT',
    0,
    loweredAndRaised,
  ],
  ['an update above the lowered limit', '3f46', 'HPACK_TABLE_SIZE_ABOVE_LIMIT', 0, lowered],
];

test.each(failures)('%s (%s) is %s at %i', (_cause, hex, code, offset, set) => {
  const decoder = new HpackDecoder();
  set?.(decoder);
  const error = errorOf(() => decoder.decode(fromHex(hex)));
  expect([error.code, error.offset]).toEqual([code, offset]);
  expect(HPACK_RULES[error.code]).toMatch(/^RFC \d+ §/);
  // RFC 9113 §4.3: the connection is over, as the tables may differ.
  expect(errorOf(() => decoder.decode(fromHex('82'))).code).toBe('HPACK_CONTEXT_LOST');
});

test('RFC 9113 §10.5.1: a header list too large is refused, and the table stays in step', () => {
  const decoder = new HpackDecoder({ maxHeaderListSize: 100 });
  const encoder = new HpackEncoder();
  // 42 + 43 octets fit, the third field does not.
  const block = encoder.encode([...request.slice(0, 2), { name: 'a', value: 'b' }]);
  const error = errorOf(() => decoder.decode(block));
  expect([error.code, error.offset]).toEqual(['HPACK_HEADER_LIST_TOO_LARGE', 2]);
  expect(decoder.table).toEqual(encoder.table);
  expect(decoder.decode(encoder.encode([{ name: 'a', value: 'b' }]))).toEqual([{ name: 'a', value: 'b' }]);
});

test('a character that is no octet is a RangeError, and the table is as before', () => {
  const encoder = new HpackEncoder();
  expect(() =>
    encoder.encode([
      { name: 'a', value: 'b' },
      { name: 'c', value: '✓' },
    ]),
  ).toThrow(RangeError);
  expect(encoder.table).toEqual([]);
});

test('RFC 7541 C.4.1 in spans: each bit once, with its name and section', () => {
  const spans: Span[] = [];
  const block = new HpackEncoder().encode(request, spans);
  const read: Span[] = [];
  new HpackDecoder().decode(block, read);
  expect(read).toEqual(spans);
  expect(spans[0]).toEqual({
    start: 0,
    end: 8,
    name: 'Indexed Header Field',
    value: ':method: GET',
    ref: 'RFC 7541 §6.1',
  });
  const innermost = spans.filter((span) => {
    return !spans.some((other) => other !== span && span.start <= other.start && span.end >= other.end);
  });
  let at = 0;
  for (const { start, end } of innermost) {
    expect(start).toBe(at);
    at = end;
  }
  expect(at).toBe(block.length * 8);
  expect(innermost.slice(6, 12).map(({ name, value }) => `${name} = ${value}`)).toEqual([
    'Pattern = 01',
    'Name index = 1',
    'H = 1',
    'Value length = 12',
    'w = 7 bits',
    'w = 7 bits',
  ]);
});

const errorOf = (act: () => unknown) => caught(HpackError, act) ?? expect.unreachable();
