import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Span } from '@/lib/bytes';
import { splitList } from '../http1';
import { NO_CACHE_CONTROL, parseCacheControl } from './cache-control';

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

/** IANA, HTTP Cache Directives: where each is defined. Those of requests and of responses have two sections. */
const REGISTRY: Readonly<Record<string, readonly string[]>> = {
  immutable: ['RFC 8246 §2'],
  'max-age': ['RFC 9111 §5.2.1.1', 'RFC 9111 §5.2.2.1'],
  'max-stale': ['RFC 9111 §5.2.1.2'],
  'min-fresh': ['RFC 9111 §5.2.1.3'],
  'must-revalidate': ['RFC 9111 §5.2.2.2'],
  'must-understand': ['RFC 9111 §5.2.2.3'],
  'no-cache': ['RFC 9111 §5.2.1.4', 'RFC 9111 §5.2.2.4'],
  'no-store': ['RFC 9111 §5.2.1.5', 'RFC 9111 §5.2.2.5'],
  'no-transform': ['RFC 9111 §5.2.1.6', 'RFC 9111 §5.2.2.6'],
  'only-if-cached': ['RFC 9111 §5.2.1.7'],
  private: ['RFC 9111 §5.2.2.7'],
  'proxy-revalidate': ['RFC 9111 §5.2.2.8'],
  public: ['RFC 9111 §5.2.2.9'],
  's-maxage': ['RFC 9111 §5.2.2.10'],
  'stale-if-error': ['RFC 5861 §4'],
  'stale-while-revalidate': ['RFC 5861 §3'],
};

test('every registered directive is known, by the section that the registry names', () => {
  for (const [name, sections] of Object.entries(REGISTRY)) {
    const ref = spansOf(name).find((span) => span.name === 'directive')?.ref;
    expect(ref, name).toBe(sections.length === 1 ? sections[0] : 'RFC 9111 §5.2');
    // A cache that transforms nothing need not be told not to.
    const isRead =
      JSON.stringify(parseCacheControl(`${name}=1, ${name}`)) !== JSON.stringify(NO_CACHE_CONTROL);
    expect(isRead, name).toBe(name !== 'no-transform');
  }
});
