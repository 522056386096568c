import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Span } from '@/lib/bytes';
import {
  isInnerList,
  parseDictionary,
  parseItem,
  parseList,
  StructuredFieldError,
  writeDictionary,
  writeItem,
  writeList,
  type BareItem,
  type Dictionary,
  type Item,
  type List,
  type Member,
} from '.';

const folder = new URL('../../../../shared/vectors/structured-fields/', import.meta.url);
const isAbsent = !existsSync(folder);
if (isAbsent) console.warn('skipped: ../shared/vectors/structured-fields is not here');

/** JSON with numbers as they are written, for 1.0 is not 1. */
type Literal = { literal: string };
type Value = Literal | string | boolean | { __type: string; value: Value } | Value[];
type Case = {
  name: string;
  raw?: string[];
  header_type: 'item' | 'list' | 'dictionary';
  expected?: Value;
  must_fail?: boolean;
  can_fail?: boolean;
  canonical?: string[];
};
const readCases = (file: string): Case[] => {
  // Every number outside a string becomes an object that keeps its digits.
  const text = readFileSync(new URL(file, folder), 'utf8').replace(
    /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g,
    (part) => (part.startsWith('"') ? part : `{"literal":"${part}"}`),
  );
  return JSON.parse(text) as Case[];
};

const base32 = (text: string): Uint8Array => {
  const bits = text
    .replace(/=+$/, '')
    .split('')
    .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
    .join('');
  return Uint8Array.from({ length: Math.floor(bits.length / 8) }, (_, i) =>
    Number.parseInt(bits.slice(i * 8, i * 8 + 8), 2),
  );
};
const toBare = (value: Value): BareItem => {
  if (typeof value === 'string') return { type: 'string', value };
  if (typeof value === 'boolean') return { type: 'boolean', value };
  if (Array.isArray(value)) throw new Error('no bare item');
  if ('literal' in value)
    return { type: /[.]/.test(value.literal) ? 'decimal' : 'integer', value: Number(value.literal) + 0 };
  const { __type: type, value: inner } = value;
  if (type === 'binary') return { type: 'binary', value: base32(inner as string) };
  if (type === 'date') return { type: 'date', value: Number((inner as Literal).literal) };
  return { type: type === 'displaystring' ? 'display-string' : 'token', value: inner as string };
};
const toParams = (value: Value) =>
  new Map((value as [string, Value][]).map(([key, bare]) => [key, toBare(bare)]));
const toItem = (value: Value): Item => {
  const [bare, params] = value as [Value, Value];
  return { bare: toBare(bare), params: toParams(params) };
};
const toMember = (value: Value): Member => {
  const [first, params] = value as [Value, Value];
  return Array.isArray(first) ? { items: first.map(toItem), params: toParams(params) } : toItem(value);
};
const toList = (value: Value) => (value as Value[]).map(toMember);
const toDictionary = (value: Value) =>
  new Map((value as [string, Value][]).map(([key, member]) => [key, toMember(member)]));

const kinds = {
  item: { parse: parseItem, from: toItem, write: (value: unknown) => writeItem(value as Item) },
  list: { parse: parseList, from: toList, write: (value: unknown) => writeList(value as List) },
  dictionary: {
    parse: parseDictionary,
    from: toDictionary,
    write: (value: unknown) => writeDictionary(value as Dictionary),
  },
};

describe.skipIf(isAbsent)('vectors', () => {
  const files = isAbsent ? [] : readdirSync(folder).filter((file) => file.endsWith('.json'));
  test.for(files)('%s: parsed as expected, refused where it must be, written canonically', (file) => {
    for (const it of readCases(file)) {
      const { parse, from, write } = kinds[it.header_type];
      const text = it.raw?.join(', ');
      const parsed = (() => {
        try {
          return text === undefined ? undefined : parse(text);
        } catch (error) {
          if (error instanceof StructuredFieldError) return 'failed';
          throw error;
        }
      })();
      if (it.must_fail) {
        expect({ name: it.name, parsed }).toEqual({ name: it.name, parsed: 'failed' });
        continue;
      }
      if (parsed === 'failed' && it.can_fail) continue;
      expect({ name: it.name, parsed }).toEqual({ name: it.name, parsed: from(it.expected!) });
      expect({ name: it.name, text: write(parsed) }).toEqual({
        name: it.name,
        text: (it.canonical ?? it.raw ?? []).join(', '),
      });
    }
  });
});

describe('RFC 9651', () => {
  // The examples of §3, and what is written for them, if that differs.
  test.for([
    ['§3.1', 'list', 'sugar, tea, rum'],
    ['§3.1.1', 'list', '("foo" "bar"), ("baz"), ("bat" "one"), ()'],
    [
      '§3.1.1',
      'list',
      '("foo"; a=1;b=2);lvl=5, ("bar" "baz");lvl=1',
      '("foo";a=1;b=2);lvl=5, ("bar" "baz");lvl=1',
    ],
    [
      '§3.1.2',
      'list',
      'abc;a=1;b=2; cde_456, (ghi;jk=4 l);q="9";r=w',
      'abc;a=1;b=2;cde_456, (ghi;jk=4 l);q="9";r=w',
    ],
    ['§3.1.2', 'item', '1; a; b=?0', '1;a;b=?0'],
    ['§3.2', 'dictionary', 'en="Applepie", da=:w4ZibGV0w6ZydGU=:'],
    ['§3.2', 'dictionary', 'a=?0, b, c; foo=bar', 'a=?0, b, c;foo=bar'],
    ['§3.2', 'dictionary', 'rating=1.5, feelings=(joy sadness)'],
    ['§3.2', 'dictionary', 'a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid'],
    ['§3.2', 'dictionary', 'foo=1, bar=2, foo=3', 'foo=3, bar=2'],
    ['§3.3', 'item', '5; foo=bar', '5;foo=bar'],
    ['§3.3.1', 'item', '42'],
    ['§3.3.2', 'item', '4.5'],
    ['§3.3.3', 'item', '"hello world"'],
    ['§3.3.4', 'item', 'foo123/456'],
    ['§3.3.5', 'item', ':cHJldGVuZCB0aGlzIGlzIGJpbmFyeSBjb250ZW50Lg==:'],
    ['§3.3.6', 'item', '?1'],
    ['§3.3.7', 'item', '@1659578233'],
    ['§3.3.8', 'item', '%"This is intended for display to %c3%bcsers."'],
    ['§4.2', 'list', ''],
  ] as [string, keyof typeof kinds, string, string?][])('%s: the %s %s', ([, kind, text, written = text]) => {
    const value = kinds[kind].parse(text);
    expect(kinds[kind].write(value)).toBe(written);
    expect(kinds[kind].parse(written)).toEqual(value);
  });

  test('§3.1: a list of tokens', () => {
    const list = parseList('sugar, tea, rum');
    expect(list.map((member) => (isInnerList(member) ? '' : member.bare.value))).toEqual([
      'sugar',
      'tea',
      'rum',
    ]);
  });

  test('§3.2: a member without a value is true', () => {
    expect(parseDictionary('a=?0, b, c; foo=bar').get('b')).toEqual({
      bare: { type: 'boolean', value: true },
      params: new Map(),
    });
  });

  test('§3.3.2: 1.0 is not 1', () => {
    expect(parseItem('1').bare.type).toBe('integer');
    expect(writeItem(parseItem('1.0'))).toBe('1.0');
  });

  test('§3.3.8: a display string carries what ASCII cannot', () => {
    const item = parseItem('%"This is intended for display to %c3%bcsers."');
    expect(item.bare.value).toBe('This is intended for display to üsers.');
    expect(writeItem(item)).toBe('%"This is intended for display to %c3%bcsers."');
  });

  test.for([
    [0.0025, '0.002'],
    [0.0035, '0.004'],
    [-1.0005, '-1.0'],
    [1.0015, '1.002'],
    [999_999_999_999.9994, '999999999999.999'],
    [1e-9, '0.0'],
    // What is nothing after rounding has no sign.
    [-0.0001, '0.0'],
    [-0.0005, '0.0'],
    [-1e-9, '0.0'],
    [9.9995, '10.0'],
    [12, '12.0'],
  ] as const)('§4.1.5: %d is written as %s', ([value, text]) => {
    expect(writeItem({ bare: { type: 'decimal', value }, params: new Map() })).toBe(text);
  });

  test.for([
    [{ type: 'integer', value: 1e15 }],
    [{ type: 'integer', value: 0.5 }],
    [{ type: 'decimal', value: 1e12 }],
    [{ type: 'decimal', value: 999_999_999_999.9999 }],
    [{ type: 'decimal', value: NaN }],
    [{ type: 'string', value: 'ü' }],
    [{ type: 'token', value: '1a' }],
    [{ type: 'display-string', value: '\ud800' }],
  ] as [BareItem][])('§4.1: %j cannot be written', ([bare]) => {
    expect(() => writeItem({ bare, params: new Map() })).toThrow(
      expect.objectContaining({ code: 'SF_NOT_WRITABLE' }) as Error,
    );
  });

  test.for([
    ['item', '', 'SF_UNEXPECTED_END', 0],
    ['item', '1 2', 'SF_TRAILING_CHARACTERS', 2],
    ['list', '1,', 'SF_TRAILING_COMMA', 2],
    ['list', '1 2', 'SF_UNEXPECTED_CHARACTER', 2],
    ['item', '1234567890123456', 'SF_NUMBER_TOO_LONG', 0],
    ['item', '"a', 'SF_UNEXPECTED_END', 2],
    ['item', ':a:', 'SF_BASE64', 1],
    ['item', '%"%ff"', 'SF_UTF8', 1],
    ['dictionary', 'A=1', 'SF_UNEXPECTED_CHARACTER', 0],
  ] as const)('%s %j fails with %s at character %d', ([kind, text, code, offset]) => {
    expect(() => kinds[kind].parse(text)).toThrow(expect.objectContaining({ code, offset }) as Error);
  });
});

test('a trace says where keys and values stand', () => {
  const spans: Span[] = [];
  parseDictionary('u=2, i', spans);
  expect(spans.map(({ start, end, name, value }) => [start / 8, end / 8, name, value])).toEqual([
    [0, 1, 'key', 'u'],
    [1, 2, 'separator: value follows', '='],
    [2, 3, 'integer', '2'],
    [3, 5, 'separator: next member', ', '],
    [5, 6, 'key', 'i'],
  ]);
});

test('what was read before an error has its spans', () => {
  const spans: Span[] = [];
  expect(() => parseList('1, (a;b "', spans)).toThrow(StructuredFieldError);
  expect(spans.map(({ value }) => value)).toEqual(['1', ', (', 'a', ';', 'b']);
});

describe('properties', () => {
  const key = fc.stringMatching(/^[a-z*][a-z0-9_\-.*]{0,8}$/);
  const bare: fc.Arbitrary<BareItem> = fc.oneof(
    fc.record({ type: fc.constant('integer' as const), value: fc.integer() }),
    fc.record({
      type: fc.constant('decimal' as const),
      value: fc.integer({ min: -1e9, max: 1e9 }).map((n) => (n === 0 ? 0 : n / 1000)),
    }),
    fc.record({ type: fc.constant('date' as const), value: fc.integer() }),
    fc.record({ type: fc.constant('string' as const), value: fc.stringMatching(/^[\x20-\x7e]{0,12}$/) }),
    fc.record({
      type: fc.constant('token' as const),
      value: fc.stringMatching(/^[A-Za-z*][a-z0-9:/]{0,8}$/),
    }),
    fc.record({ type: fc.constant('binary' as const), value: fc.uint8Array({ maxLength: 12 }) }),
    fc.record({ type: fc.constant('boolean' as const), value: fc.boolean() }),
    fc.record({
      type: fc.constant('display-string' as const),
      value: fc.string({ unit: 'binary', maxLength: 12 }),
    }),
  );
  const params = fc.array(fc.tuple(key, bare), { maxLength: 3 }).map((pairs) => new Map(pairs));
  const item = fc.record({ bare, params });
  const member: fc.Arbitrary<Member> = fc.oneof(
    item,
    fc.record({ items: fc.array(item, { maxLength: 3 }), params }),
  );

  test('spans cover every character once, inner lists around their items', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, member), { maxLength: 5 }), (pairs) => {
        const text = ` ${writeDictionary(new Map(pairs))} `;
        const spans: Span[] = [];
        parseDictionary(text, spans);
        let at = 0;
        for (const { start, end, name } of spans) {
          if (name === 'inner list') continue;
          expect(start).toBe(at);
          at = end;
        }
        expect(at).toBe(text.length * 8);
      }),
    );
  });

  test('what is written is read back the same', () => {
    fc.assert(
      fc.property(fc.array(member, { maxLength: 5 }), (list) => {
        expect(parseList(writeList(list))).toEqual(list);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(key, member), { maxLength: 5 }), (pairs) => {
        const dictionary = new Map(pairs);
        expect([...parseDictionary(writeDictionary(dictionary))]).toEqual([...dictionary]);
      }),
    );
  });

  test('any text is read or refused with a code, and what is read is written the same for ever', () => {
    const runs = Number(process.env.FUZZ_RUNS ?? 5_000);
    const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
    console.log(`structured-fields fuzz: ${runs} runs, seed ${seed}`);
    const alphabet = fc.constantFrom(...'abz*019-.,;= ()"\\:?@%/\t_AZ+fü\0'.split(''));
    const text = fc.oneof(fc.string({ unit: alphabet, maxLength: 30 }), fc.string({ maxLength: 30 }));
    fc.assert(
      fc.property(text, (raw) => {
        for (const { parse, write } of Object.values(kinds)) {
          try {
            const value = parse(raw);
            const once = write(value);
            expect(parse(once)).toEqual(value);
          } catch (error) {
            if (!(error instanceof StructuredFieldError)) throw error;
            expect(error.code).toMatch(/^SF_/);
          }
        }
      }),
      { numRuns: runs, seed },
    );
  });
});
