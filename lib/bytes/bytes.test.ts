import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Span } from '.';
import { ByteReader, ByteWriter, FieldTrace, fromHex, HexError, offsetSink, toHex } from '.';

const SEED = 8;
const field = fc.integer({ min: 1, max: 32 }).chain((bits) => {
  return fc.integer({ min: 0, max: 2 ** bits - 1 }).map((value) => ({ bits, value }));
});

test(`bit fields of any width, from any bit, are read as they were written (seed ${SEED})`, () => {
  fc.assert(
    fc.property(fc.array(field, { maxLength: 40 }), (fields) => {
      const writer = new ByteWriter(1);
      for (const { bits, value } of fields) writer.bits(value, bits);
      const total = fields.reduce((sum, { bits }) => sum + bits, 0);
      expect(writer.length).toBe(Math.ceil(total / 8));
      const reader = new ByteReader(writer.finish());
      for (const { bits, value } of fields) expect(reader.bits(bits)).toBe(value);
      expect(reader.bitOffset).toBe(total);
    }),
    { seed: SEED },
  );
});

test('whole octets are in network order', () => {
  const octets = new ByteWriter().uint8(1).uint16(0x0203).uint24(0x040506).uint32(0xfffefdfc).finish();
  expect(toHex(octets, ' ')).toBe('01 02 03 04 05 06 ff fe fd fc');
  const reader = new ByteReader(octets);
  expect([reader.uint8(), reader.uint16(), reader.uint24(), reader.uint32()]).toEqual([
    1, 0x0203, 0x040506, 0xfffefdfc,
  ]);
  expect(reader.remaining).toBe(0);
});

test('a read past the end, or of octets from inside one, is a RangeError', () => {
  const reader = new ByteReader(fromHex('ab'));
  expect(() => reader.uint16()).toThrow(RangeError);
  reader.bits(3);
  expect(() => reader.uint8()).toThrow(RangeError);
  expect(() => reader.bits(6)).toThrow(RangeError);
  expect(() => new ByteReader(fromHex('ab')).take(2)).toThrow(RangeError);
  expect(reader.remaining).toBe(0);
});

test('a value that does not fit its field is a RangeError, and nothing is written', () => {
  const writer = new ByteWriter();
  expect(() => writer.uint8(256)).toThrow(RangeError);
  expect(() => writer.bits(-1, 4)).toThrow(RangeError);
  expect(() => writer.uint16(1.5)).toThrow(RangeError);
  expect(() => writer.bits(1, 1).write(fromHex('00'))).toThrow(RangeError);
  expect(writer.length).toBe(1);
});

test('a failed read leaves the position where it was', () => {
  const reader = new ByteReader(fromHex('0102'));
  expect(() => reader.uint32()).toThrow(RangeError);
  expect(reader.offset).toBe(0);
  expect(() => reader.bits(20)).toThrow(RangeError);
  expect(reader.offset).toBe(0);
});

test('hex: pasted from other tools', () => {
  expect([...fromHex('0x01 0xAB\n cd:ef,00')]).toEqual([0x01, 0xab, 0xcd, 0xef, 0]);
  expect(fromHex('').length).toBe(0);
});

test.each([
  ['0g', 'HEX_INVALID_CHARACTER', 1],
  ['é0', 'HEX_INVALID_CHARACTER', 0],
  ['012', 'HEX_ODD_LENGTH', 3],
  ['1 2', 'HEX_INVALID_CHARACTER', 1],
])('hex: %j is %s at %i', (text, code, offset) => {
  try {
    fromHex(text);
  } catch (error) {
    if (!(error instanceof HexError)) throw error;
    expect([error.code, error.offset]).toEqual([code, offset]);
    return;
  }
  expect.unreachable();
});

test(`hex: parse undoes write (seed ${SEED})`, () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.constantFrom('', ' ', ':'), (octets, separator) => {
      expect(fromHex(toHex(octets, separator))).toEqual(octets);
    }),
    { seed: SEED },
  );
});

test('an offset sink shifts spans, a field trace lays them end to end', () => {
  const spans: Span[] = [];
  const sink = offsetSink(spans, 2);
  if (sink)
    new FieldTrace(sink, 'RFC 1 §1', 1).field(4, 'a', 1).field(0, 'none', '').field(12, 'b', 'x', 'note');
  expect(spans).toEqual([
    { start: 24, end: 28, name: 'a', value: '1', ref: 'RFC 1 §1' },
    { start: 28, end: 40, name: 'b', value: 'x', note: 'note', ref: 'RFC 1 §1' },
  ]);
  expect(offsetSink(undefined, 2)).toBe(undefined);
});
