import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Span } from '@/lib/bytes';
import { bitsOf, groupedBits, hexOf } from './bits';
import { fieldOrder, findRuns, layOutRows } from './fields';
import { findOctetRuns } from './octet-runs';

const span = (start: number, end: number, name = `${start}-${end}`): Span => ({
  start,
  end,
  name,
  value: '',
});

test('the innermost span is drawn, the outer ones are its path', () => {
  const runs = findRuns([span(0, 32, 'option'), span(0, 8, 'kind'), span(8, 16, 'length')], 40);
  expect(runs.map((run) => [run.start, run.end, run.field.span.name])).toEqual([
    [0, 8, 'kind'],
    [8, 16, 'length'],
    [16, 32, 'option'],
    [32, 40, ''],
  ]);
  expect(runs[0]?.field.path.map((outer) => outer.name)).toEqual(['option']);
  expect(fieldOrder(runs)).toEqual([1, 2, 0]);
});

test('whatever the spans, runs cover every bit once and in order', () => {
  const spans = fc.array(
    fc.tuple(fc.nat(200), fc.nat(200)).map(([a, b]) => span(Math.min(a, b), Math.max(a, b))),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(spans, fc.integer({ min: 1, max: 160 }), (given, bitCount) => {
      let at = 0;
      for (const run of findRuns(given, bitCount)) {
        expect(run.start).toBe(at);
        expect(run.end).toBeGreaterThan(run.start);
        at = run.end;
      }
      expect(at).toBe(bitCount);
    }),
  );
});

test('a field that crosses rows is split, and only its first piece has the name', () => {
  const rows = layOutRows(findRuns([span(0, 16), span(16, 48), span(48, 64)], 64), 32);
  const pieces = rows.flatMap((row) => (row.kind === 'pieces' ? row.pieces : []));
  expect(pieces.map((piece) => [piece.start, piece.end, piece.first, piece.goesOn])).toEqual([
    [0, 16, true, false],
    [16, 32, true, true],
    [32, 48, false, false],
    [48, 64, true, false],
  ]);
});

test('of 1,460 octets a few rows are drawn and the rest is counted', () => {
  const rows = layOutRows(findRuns([span(0, 160), span(160, 160 + 1460 * 8)], 1480 * 8), 32);
  const skipped = rows.filter((row) => row.kind === 'skipped');
  expect(skipped.map((row) => row.skippedOctets)).toEqual([1448]);
  expect(rows.length).toBeLessThan(12);
});

test('no bit is drawn twice or left out, except those that are counted', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 8 }), (lengths) => {
      let start = 0;
      const spans = lengths.map((length) => span(start, (start += length)));
      for (const perRow of [32, 16, 8]) {
        let at = 0;
        for (const row of layOutRows(findRuns(spans, start), perRow)) {
          expect(row.start).toBe(at);
          if (row.kind === 'skipped') at += row.skippedOctets * 8;
          else for (const piece of row.pieces) at += piece.end - piece.start;
        }
        expect(at).toBe(start);
      }
    }),
  );
});

test('bits and hex are those of the octets, and an octet belongs to the field of its first bit', () => {
  const bytes = Uint8Array.of(0xa0, 0x02, 0xff);
  expect(groupedBits(bitsOf(bytes, 0, 10))).toBe('1010 0000 00');
  expect(hexOf(bytes, 0, 4)).toBe('0xa');
  expect(hexOf(bytes, 0, 24, 2)).toBe('a0 02 …');
  const runs = findRuns([span(0, 4), span(4, 24)], 24);
  expect(findOctetRuns(runs, 0, 3).map((run) => [run.start, run.end, run.field.index])).toEqual([
    [0, 1, 0],
    [1, 3, 1],
  ]);
});
