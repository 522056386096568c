import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  combinedField,
  evaluatePreconditions,
  parseEntityTag,
  parseEntityTagList,
  parseHttpDate,
  parseParameters,
  parseQuotedString,
  parseRange,
  splitList,
  writeEntityTag,
  writeHttpDate,
  writeQuotedString,
} from '.';

test('RFC 9110 §5.6.7: the three forms of one date', () => {
  const time = Date.UTC(1994, 10, 6, 8, 49, 37);
  const now = Date.UTC(2026, 0, 1);
  expect(parseHttpDate('Sun, 06 Nov 1994 08:49:37 GMT', now)).toBe(time);
  expect(parseHttpDate('Sunday, 06-Nov-94 08:49:37 GMT', now)).toBe(time);
  expect(parseHttpDate('Sun Nov  6 08:49:37 1994', now)).toBe(time);
  expect(parseHttpDate('sun, 06 nov 1994 08:49:37 gmt', now)).toBe(time);
  expect(writeHttpDate(time + 999)).toBe('Sun, 06 Nov 1994 08:49:37 GMT');
});

test('a two-digit year more than 50 years ahead is in the past (RFC 9110 §5.6.7)', () => {
  const now = Date.UTC(2026, 0, 1);
  const year = (yy: string) =>
    new Date(parseHttpDate(`Sunday, 06-Nov-${yy} 08:49:37 GMT`, now) ?? 0).getUTCFullYear();
  expect([year('76'), year('77'), year('25')]).toEqual([2076, 1977, 2025]);
});

test.each([
  ['Sun, 06 Nov 1994 08:49:37 UTC', 'another zone'],
  ['Sun, 06 Nov 1994 08:49:37 +0000', 'an offset'],
  ['Sun, 6 Nov 1994 08:49:37 GMT', 'a one-digit day'],
  ['Sun, 31 Feb 1994 08:49:37 GMT', 'no such day'],
  ['Sun, 06 Nov 1994 24:00:00 GMT', 'no such hour'],
  ['Sun 06 Nov 1994 08:49:37 GMT', 'no comma'],
  ['Sun, 06 Nov 1994 8:49:37 GMT', 'a one-digit hour'],
  ['0', 'a number'],
])('%s is no date: %s', (text) => {
  expect(parseHttpDate(text)).toBeUndefined();
});

test('dates are read as they were written', () => {
  fc.assert(
    fc.property(fc.integer({ min: -6e10, max: 2.5e11 }), (seconds) => {
      expect(parseHttpDate(writeHttpDate(seconds * 1000))).toBe(seconds * 1000);
    }),
  );
});

test('lists: empty members go, commas in quoted strings stay (RFC 9110 §5.6.1)', () => {
  expect(splitList(', a ,, "b,\\",c" ;x=", ",d')).toEqual(['a', '"b,\\",c" ;x=", "', 'd']);
  expect(splitList('a;b="c;d";e', ';')).toEqual(['a', 'b="c;d"', 'e']);
  expect(
    combinedField(
      [
        { name: 'A', value: '1' },
        { name: 'a', value: '2' },
      ],
      'a',
    ),
  ).toBe('1, 2');
});

test('quoted strings come back as they went in (RFC 9110 §5.6.4)', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(parseQuotedString(writeQuotedString(text))).toBe(text);
    }),
  );
  expect(parseQuotedString('"a"b')).toBeUndefined();
  expect(parseQuotedString('"a\\')).toBeUndefined();
  expect([...parseParameters(['Q=1', 'x="a;b"', 'bad', 'y =2', 'q=3'])]).toEqual([
    ['q', '1'],
    ['x', 'a;b'],
  ]);
});

test('RFC 9110 §8.8.3: entity tags', () => {
  expect(parseEntityTag('W/"xyzzy"')).toEqual({ weak: true, opaque: 'xyzzy' });
  expect(parseEntityTag('""')).toEqual({ weak: false, opaque: '' });
  for (const wrong of ['xyzzy', 'w/"x"', '"a b"', '"a', 'W/ "a"'])
    expect(parseEntityTag(wrong)).toBeUndefined();
  expect(parseEntityTagList('"a", W/"b,c", d').valueOf()).toHaveLength(2);
  expect(writeEntityTag({ weak: true, opaque: 'a' })).toBe('W/"a"');
});

test('RFC 9110 §8.8.3: in a list of tags a backslash escapes nothing, and a comma in a tag ends nothing', () => {
  const opaques = (value: string) => {
    const list = parseEntityTagList(value);
    return list === '*' ? list : list.map(({ opaque }) => opaque);
  };
  expect(opaques('"a\\", W/"b,c" , ,"d"')).toEqual(['a\\', 'b,c', 'd']);
  expect(opaques('e, "f" "g", "h')).toEqual([]);
  expect(opaques(' , * ,')).toBe('*');
});

test('RFC 9110 §8.8.3.2: If-Match compares strongly, If-None-Match weakly', () => {
  const run = (name: string, value: string, etag: string | undefined, method = 'GET') =>
    evaluatePreconditions(method, [{ name, value }], etag === undefined ? undefined : { etag }).outcome;
  expect(run('If-Match', 'W/"1"', 'W/"1"', 'PUT')).toBe('failed');
  expect(run('If-Match', '"1"', '"1"', 'PUT')).toBe('perform');
  expect(run('If-Match', '*', undefined, 'PUT')).toBe('failed');
  expect(run('If-None-Match', 'W/"1"', '"1"')).toBe('not-modified');
  expect(run('If-None-Match', '"2"', '"1"')).toBe('perform');
  expect(run('If-None-Match', '*', '"1"', 'PUT')).toBe('failed');
  expect(run('If-None-Match', '*', undefined, 'PUT')).toBe('perform');
});

test('RFC 9110 §13.2.2: entity tags come before dates', () => {
  const lastModifiedMs = Date.UTC(2020, 0, 1);
  const later = writeHttpDate(lastModifiedMs + 1000);
  const earlier = writeHttpDate(lastModifiedMs - 1000);
  const run = (headers: Record<string, string>) =>
    evaluatePreconditions(
      'GET',
      Object.entries(headers).map(([name, value]) => ({ name, value })),
      { etag: '"a"', lastModifiedMs },
    );
  expect(run({ 'If-None-Match': '"b"', 'If-Modified-Since': later }).outcome).toBe('perform');
  expect(run({ 'If-Modified-Since': later }).outcome).toBe('not-modified');
  expect(run({ 'If-Unmodified-Since': earlier })).toEqual({ outcome: 'failed', by: 'If-Unmodified-Since' });
  expect(run({ 'If-Match': '"a"', 'If-Unmodified-Since': earlier }).outcome).toBe('perform');
  expect(run({ 'If-Range': later })).toEqual({ outcome: 'perform', by: 'If-Range', ignoreRange: true });
  expect(run({ 'If-Range': '"a"' })).toEqual({ outcome: 'perform' });
});

test('ranges never reach past the representation', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(99), fc.nat(99))), fc.nat(50), (pairs, length) => {
      const result = parseRange(`bytes=${pairs.map(([a, b]) => `${a}-${b}`).join(',')}`, length);
      if (result.kind !== 'ranges') return;
      for (const { first, last } of result.ranges) expect(first <= last && last < length).toBe(true);
    }),
  );
});
