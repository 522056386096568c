import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Span } from '@/lib/bytes';
import { splitList } from '../http1';
import { parseCacheControl } from './cache-control';

const SEED = 52;
const spansOf = (text: string) => {
  const spans: Span[] = [];
  expect(parseCacheControl(text, spans)).toEqual(parseCacheControl(text));
  return spans;
};

test('RFC 9111 §5.2.3: the example of an extension, each octet said what it is', () => {
  const spans = spansOf('private, community="UCI"');
  expect(spans.map(({ start, end, name, value, ref }) => [start / 8, end / 8, name, value, ref])).toEqual([
    [0, 7, 'directive', 'private', 'RFC 9111 §5.2.2.7'],
    [7, 8, 'comma', ',', 'RFC 9110 §5.6.1'],
    [8, 9, 'white space', ' ', 'RFC 9110 §5.6.3'],
    [9, 18, 'directive', 'community', 'RFC 9111 §5.2.3'],
    [18, 19, 'equals sign', '=', 'RFC 9111 §5.2'],
    [19, 20, 'quote', '"', 'RFC 9110 §5.6.4'],
    [20, 23, 'value', 'UCI', 'RFC 9111 §5.2.3'],
    [23, 24, 'quote', '"', 'RFC 9110 §5.6.4'],
  ]);
  expect(spans[3]?.note).toBe('unknown: passed over');
});

test('directives after the limit are one span', () => {
  const spans = spansOf(`${'a,'.repeat(256)} max-age=1`);
  expect(spans.at(-1)).toMatchObject({ name: 'ignored', value: ' max-age=1' });
});

const value = fc.array(
  fc.constantFrom('max-age', '=', '"', ',', ',', ' ', '\t', '\\', '5', 'é', 'no-cache'),
  {
    maxLength: 16,
  },
);

test(`spans cover any value without gap or overlap, with the members of splitList (seed ${SEED})`, () => {
  fc.assert(
    fc.property(value, (pieces) => {
      const text = pieces.join('');
      const spans = spansOf(text);
      let bit = 0;
      for (const { start, end, ref } of spans) {
        expect(start).toBe(bit);
        expect(end).toBeGreaterThan(start);
        expect(ref).toMatch(/^RFC \d+ §/);
        bit = end;
      }
      expect(bit).toBe(text.length * 8);
      // A member that begins with "=" has a name of no octets, and so no span for it.
      const names = splitList(text).map((member) => (member.split('=')[0] ?? '').toLowerCase());
      const traced = spans.filter(({ name }) => name === 'directive').map((span) => span.value);
      expect(traced).toEqual(names.filter((name) => name !== ''));
    }),
    { seed: SEED, numRuns: 2000 },
  );
});
