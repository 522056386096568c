import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectCover } from '@/lib/bytes/cover.fixture';
import type { Span } from '@/lib/bytes';
import { MAX_ATTRIBUTE_OCTETS, parseCookies, parseSetCookie } from '.';

const shown = (spans: Span[]) => spans.map(({ name, value, ref }) => [name, value, ref]);

/** And each span's value is the text that it stands on. */
function expectTextCover(spans: Span[], text: string) {
  expectCover(spans, new TextEncoder().encode(text).length);
  expect(spans.map(({ value }) => value).join('')).toBe(text);
}

test('RFC 6265bis §3.1: what each octet of a Set-Cookie field is', () => {
  const spans: Span[] = [];
  const text = 'SID=31d4d96e; Path=/; Secure';
  expect(parseSetCookie(text, spans)).toEqual(parseSetCookie(text));
  expect(shown(spans)).toEqual([
    ['cookie name', 'SID', 'RFC 6265bis §5.6'],
    ['delimiter', '=', 'RFC 6265bis §5.6'],
    ['cookie value', '31d4d96e', 'RFC 6265bis §5.6'],
    ['delimiter', ';', 'RFC 6265bis §5.6'],
    ['white space', ' ', 'RFC 6265bis §5.6'],
    ['attribute name', 'Path', 'RFC 6265bis §5.6.4'],
    ['delimiter', '=', 'RFC 6265bis §5.6'],
    ['attribute value', '/', 'RFC 6265bis §5.6.4'],
    ['delimiter', ';', 'RFC 6265bis §5.6'],
    ['white space', ' ', 'RFC 6265bis §5.6'],
    ['attribute name', 'Secure', 'RFC 6265bis §5.6.5'],
  ]);
  expectTextCover(spans, text);
});

test('RFC 6265bis §3.1: what each octet of a Cookie field is', () => {
  const spans: Span[] = [];
  const text = 'SID=31d4d96e; lang=en-US;x';
  expect(parseCookies(text, spans)).toEqual(parseCookies(text));
  expect(shown(spans)).toEqual(
    [
      ['cookie name', 'SID'],
      ['delimiter', '='],
      ['cookie value', '31d4d96e'],
      ['delimiter', ';'],
      ['white space', ' '],
      ['cookie name', 'lang'],
      ['delimiter', '='],
      ['cookie value', 'en-US'],
      ['delimiter', ';'],
      ['cookie value', 'x'],
    ].map((span) => [...span, 'RFC 6265bis §4.2.1']),
  );
});

test('an attribute that does not count says so (RFC 6265bis §5.6)', () => {
  const notesOf = (text: string) => {
    const spans: Span[] = [];
    parseSetCookie(text, spans);
    return spans.flatMap(({ name, note }) => (name.startsWith('attribute') ? [note] : []));
  };
  const ignored = 'ignored: unknown or malformed';
  expect(notesOf('a=b; Max-Age=soon; Color; HttpOnly')).toEqual([ignored, ignored, ignored, undefined]);
  const long = `ignored: longer than ${MAX_ATTRIBUTE_OCTETS} octets`;
  expect(notesOf(`a=b; Path=/${'x'.repeat(MAX_ATTRIBUTE_OCTETS)}`)).toEqual([long, long]);
});

test('a field that is ignored as a whole has no spans (RFC 6265bis §5.6)', () => {
  const spans: Span[] = [];
  expect(parseSetCookie('a=\0', spans)).toBe('control-character');
  expect(parseSetCookie(`a=${'x'.repeat(5000)}`, spans)).toBe('too-long');
  expect(spans).toEqual([]);
});

test('spans cover any text that is read, in UTF-8 octets, without gap or overlap (property)', () => {
  const unit = fc.oneof(fc.constantFrom(...Array.from('ab==;; \t"é€\u00a0😀')), fc.string({ maxLength: 1 }));
  const word = fc.constantFrom('Max-Age=1', 'Expires=', 'Domain=.a', 'Path=/', 'SameSite=Lax', 'Secure');
  const text = fc.array(fc.oneof(unit, word), { maxLength: 16 }).map((all) => all.join(''));
  fc.assert(
    fc.property(text, (line) => {
      const [setSpans, spans]: [Span[], Span[]] = [[], []];
      const read = parseSetCookie(line, setSpans);
      expect(read).toEqual(parseSetCookie(line));
      expectTextCover(setSpans, typeof read === 'string' ? '' : line);
      expect(parseCookies(line, spans)).toEqual(parseCookies(line));
      expectTextCover(spans, line);
    }),
    { numRuns: 1000 },
  );
});

/** The attributes that RFC 6265bis registers (§9.3), with the section that says how each is read. */
const REGISTRY = {
  Domain: ['x.example', '§5.6.3'],
  Expires: ['Thu, 01 Jan 1970 00:00:00 GMT', '§5.6.1'],
  HttpOnly: ['', '§5.6.6'],
  'Max-Age': ['1', '§5.6.2'],
  Path: ['/x', '§5.6.4'],
  SameSite: ['Lax', '§5.6.7'],
  Secure: ['', '§5.6.5'],
} as const;

test('every registered attribute is known, by its section, and changes what is read', () => {
  for (const [name, [value, section]] of Object.entries(REGISTRY)) {
    const spans: Span[] = [];
    const text = `a=b; ${name}=${value}`;
    expect(parseSetCookie(text, spans), name).not.toEqual(parseSetCookie('a=b'));
    expect(spans.find((span) => span.value === name)?.ref).toBe(`RFC 6265bis ${section}`);
  }
});
