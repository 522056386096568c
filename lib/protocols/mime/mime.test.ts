import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodeForgivingBase64,
  encodeBase64,
  essenceOf,
  extractMimeType,
  groupsOf,
  minimiseMimeType,
  parseDataUrl,
  parseMimeType,
  writeMimeType,
} from '.';

// WPT's cases, read where they lie and never copied; absent, the tests say so and are skipped.
const folder = new URL('../../../../shared/vectors/mime/', import.meta.url);
const isAbsent = !existsSync(folder);
if (isAbsent) console.warn('skipped: ../shared/vectors/mime is not here');

type Case = { input: string; output: string | null; navigable?: boolean; encoding?: string | null };

const rewritten = (input: string) => {
  const read = parseMimeType(input);
  return read ? writeMimeType(read) : null;
};

test.skipIf(isAbsent)('every case of mime-types.json', () => {
  const cases = JSON.parse(readFileSync(new URL('mime-types.json', folder), 'utf8')) as (string | Case)[];
  for (const one of cases) {
    if (typeof one === 'string') continue;
    expect(rewritten(one.input), JSON.stringify(one.input)).toBe(one.output);
    if (one.encoding === undefined) continue;
    const label = parseMimeType(one.input)?.parameters.get('charset') ?? '';
    let encoding: string | null = null;
    try {
      encoding = new TextDecoder(label).encoding.toUpperCase();
    } catch {
      // An unknown label.
    }
    expect(encoding, one.input).toBe(one.encoding);
  }
});

test('reading what was written changes nothing', () => {
  const part = fc.stringMatching(/^[a-z0-9.+-]{1,8}$/);
  const value = fc.stringMatching(/^[\t\x20-\x7e\x80-\xff]{0,8}$/);
  fc.assert(
    fc.property(part, part, fc.dictionary(part, value), (type, subtype, entries) => {
      const mimeType = { type, subtype, parameters: new Map(Object.entries(entries)) };
      expect(parseMimeType(writeMimeType(mimeType))).toEqual(mimeType);
    }),
  );
});

test('only A to Z have a lower case', () => {
  expect(rewritten('TEXT/HTML;CHARSET=x')).toBe('text/html;charset=x');
  expect(parseMimeType('\u212a/x')).toBeUndefined();
});

test('the last Content-Type counts, and inherits the charset of the same essence (Fetch §2.2.2)', () => {
  const run = (...lines: string[]) => {
    const read = extractMimeType(lines);
    return read ? writeMimeType(read) : undefined;
  };
  expect(run('text/html;charset=gbk', 'text/html')).toBe('text/html;charset=gbk');
  expect(run('text/html;charset=gbk;a=b, text/html;x=y')).toBe('text/html;x=y;charset=gbk');
  expect(run('text/html;charset=gbk', 'x/x', 'text/html;x=y')).toBe('text/html;x=y');
  expect(run('text/html', 'cannot-parse')).toBe('text/html');
  expect(run('text/html', '*/*')).toBe('text/html');
  expect(run('text/plain;x=", text/html"')).toBe('text/plain;x=", text/html"');
  expect(run('')).toBeUndefined();
});

test.each<[string, string[], string]>([
  ['image/svg+xml', ['image', 'xml', 'scriptable'], 'image/svg+xml'],
  ['text/xml', ['xml', 'scriptable'], 'application/xml'],
  ['application/xhtml+xml', ['xml', 'scriptable'], 'application/xml'],
  ['text/jscript', ['javascript'], 'text/javascript'],
  ['application/ld+json', ['json'], 'application/json'],
  ['application/zip', ['zip-based', 'archive'], 'application/zip'],
  ['application/ogg', ['audio-or-video'], 'application/ogg'],
  ['application/font-woff', ['font'], 'application/font-woff'],
  ['text/html', ['html', 'scriptable'], 'text/html'],
  ['application/pdf', ['scriptable'], 'application/pdf'],
  ['text/plain', [], 'text/plain'],
])('%s is in %o, in short %s', (text, groups, minimal) => {
  const mimeType = parseMimeType(text);
  expect(mimeType && essenceOf(mimeType)).toBe(text);
  expect(mimeType && groupsOf(mimeType)).toEqual(groups);
  expect(mimeType && minimiseMimeType(mimeType)).toBe(minimal);
});

test.each<[string, string | null, string]>([
  ['data:,X', 'text/plain;charset=US-ASCII', 'X'],
  ['data:text/html,%3Cp%3E#fragment', 'text/html', '<p>'],
  ['DATA:;charset=x,%', 'text/plain;charset=x', '%'],
  ['data:;base64,aGk', 'text/plain;charset=US-ASCII', 'hi'],
  ['data:text/plain; BASE64 ,a Gk%3D', 'text/plain', 'hi'],
  ['data:text/plain;base64;x=y,aGk=', 'text/plain;x=y', 'aGk='],
  ['data:unknown,é', 'text/plain;charset=US-ASCII', 'é'],
  ['data:;base64,a', null, ''],
  ['data:text/html', null, ''],
  ['https://a/', null, ''],
  ['no url', null, ''],
])('%s holds %s (Fetch §6)', (url, type, body) => {
  const read = parseDataUrl(url);
  expect(read ? writeMimeType(read.mimeType) : null).toBe(type);
  if (read) expect(new TextDecoder().decode(read.body)).toBe(body);
});

test("forgiving base64 takes and gives what the platform's atob and btoa do (fuzz)", () => {
  const character = fc.constantFrom(...Array.from('ABab01+/== \n\u000b-_é'));
  const isSame = (text: string) => {
    let expected: string | undefined;
    try {
      expected = atob(text);
    } catch {
      // Not base64.
    }
    const octets = decodeForgivingBase64(text);
    expect(octets && String.fromCharCode(...octets)).toBe(expected);
  };
  const numRuns = Number(process.env.FUZZ_RUNS ?? 3000);
  fc.assert(fc.property(fc.string({ unit: character, maxLength: 12 }), isSame), { numRuns, seed: 4648 });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (octets) => {
      expect(encodeBase64(octets)).toBe(btoa(String.fromCharCode(...octets)));
      expect(decodeForgivingBase64(encodeBase64(octets))).toEqual(octets);
    }),
  );
});

test('no text makes a parser throw, and what is read is written the same again (fuzz)', () => {
  const unit = fc.constantFrom(...Array.from('aZ/;="\\ \t\n,*%:é\u0100base64'));
  const numRuns = Number(process.env.FUZZ_RUNS ?? 3000);
  console.log(`mime fuzz: seed 2045, ${numRuns} runs`);
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 30 }), (text) => {
      const once = rewritten(text);
      if (once !== null) expect(rewritten(once)).toBe(once);
      extractMimeType([text, text]);
      parseDataUrl(`data:${text}`);
    }),
    { numRuns, seed: 2045 },
  );
});
