import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Span } from '@/lib/bytes';
import { parseMimeType } from '.';

const SEED = 44;

test('MIME Sniffing §4.4: its example, with white space, each character said what it is', () => {
  const spans: Span[] = [];
  parseMimeType('text/html; charset="shift_jis"iso-2022-jp ', spans);
  expect(spans.map(({ start, end, name, value }) => [start / 8, end / 8, name, value])).toEqual([
    [0, 4, 'type', 'text'],
    [4, 5, 'slash', '/'],
    [5, 9, 'subtype', 'html'],
    [9, 10, 'semicolon', ';'],
    [10, 11, 'white space', ' '],
    [11, 18, 'parameter name', 'charset'],
    [18, 19, 'equals sign', '='],
    [19, 20, 'quote', '"'],
    [20, 29, 'parameter value', 'shift_jis'],
    [29, 30, 'quote', '"'],
    [30, 41, 'ignored', 'iso-2022-jp'],
    [41, 42, 'white space', ' '],
  ]);
  expect(spans.map(({ ref }) => ref).slice(6, 9)).toEqual(['MIME Sniffing §4.4', 'Fetch §2.2', 'Fetch §2.2']);
});

test('a parameter that is left out says so; a failure traces nothing', () => {
  const spans: Span[] = [];
  parseMimeType('a/b;x=1;x=2;y', spans);
  expect(spans.filter(({ note }) => note?.startsWith('left out')).map(({ value }) => value)).toEqual([
    '2',
    'y',
  ]);
  const none: Span[] = [];
  expect(parseMimeType('text', none)).toBe(undefined);
  expect(none).toEqual([]);
});

const rest = fc.string({
  maxLength: 24,
  unit: fc.constantFrom(' ', '\t', '\n', ';', ';', '=', '"', '\\', 'a', 'B', '1', 'é', '€', '/'),
});

test(`spans cover a MIME type without gap or overlap, and change nothing (seed ${SEED})`, () => {
  fc.assert(
    fc.property(fc.constantFrom('', ' \n'), rest, (lead, tail) => {
      const text = `${lead}Text/html${tail}`;
      const spans: Span[] = [];
      const read = parseMimeType(text, spans);
      expect(read).toEqual(parseMimeType(text));
      if (read === undefined) return;
      let bit = 0;
      for (const { start, end, ref } of spans) {
        expect(start).toBe(bit);
        expect(end).toBeGreaterThan(start);
        expect(ref).toMatch(/^(MIME Sniffing|Fetch) §/);
        bit = end;
      }
      expect(bit).toBe(text.length * 8);
    }),
    { seed: SEED, numRuns: 2000 },
  );
});
