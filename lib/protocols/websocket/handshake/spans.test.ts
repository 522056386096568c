import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Span } from '@/lib/bytes';
import { expectCover } from '@/lib/bytes/cover.fixture';
import {
  parseHead,
  parseUpgradeRequest,
  parseUpgradeResponse,
  writeUpgradeRequest,
  writeUpgradeResponse,
} from '..';

const SEED = 113;
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const octets = (text: string) => new TextEncoder().encode(text);

test('RFC 6455 §1.2: the request of the RFC, each octet said what it is', () => {
  const text = writeUpgradeRequest({
    target: '/chat',
    host: 'server.example.com',
    key: KEY,
    origin: 'http://example.com',
    subprotocols: ['chat', 'superchat'],
  });
  const spans: Span[] = [];
  expect(parseUpgradeRequest(`${text}frames`, spans)).toEqual(parseUpgradeRequest(text));
  expectCover(spans, text.length);
  expect(spans.slice(0, 7).map(({ name, value, ref }) => [name, value, ref])).toEqual([
    ['method', 'GET', 'RFC 9112 §3.1'],
    ['SP', ' ', 'RFC 9112 §3'],
    ['request-target', '/chat', 'RFC 9112 §3.2'],
    ['SP', ' ', 'RFC 9112 §3'],
    ['HTTP-version', 'HTTP/1.1', 'RFC 9112 §2.3'],
    ['CRLF', '', 'RFC 9112 §2.2'],
    ['field-name', 'Host', 'RFC 9112 §5'],
  ]);
  const start = text.indexOf(KEY) * 8;
  const end = start + KEY.length * 8;
  expect(spans.find(({ value }) => value === KEY)).toEqual({
    start,
    end,
    name: 'field-value',
    value: KEY,
    ref: 'RFC 6455 §11.3.1',
  });
});

test('RFC 6455 §1.3: the response of the RFC, each octet said what it is', () => {
  const text = writeUpgradeResponse({ key: KEY });
  const spans: Span[] = [];
  const request = { key: KEY };
  expect(parseUpgradeResponse(octets(text), request, spans)).toEqual(parseUpgradeResponse(text, request));
  expectCover(spans, text.length);
  expect(spans.slice(0, 5).map(({ name, value }) => [name, value])).toEqual([
    ['HTTP-version', 'HTTP/1.1'],
    ['SP', ' '],
    ['status-code', '101'],
    ['SP', ' '],
    ['reason-phrase', 'Switching Protocols'],
  ]);
  expect(spans.find(({ value }) => value.startsWith('s3pPL'))?.ref).toBe('RFC 6455 §11.3.3');
});

test('a refused request is traced all the same; a head that is not whole is not', () => {
  const spans: Span[] = [];
  expect(() => parseUpgradeRequest('POST / HTTP/1.1\r\n\r\n', spans)).toThrow();
  expect(spans[0]?.value).toBe('POST');
  const none: Span[] = [];
  expect(parseUpgradeRequest('GET / HTTP/1.1\r\n', none)).toBe(undefined);
  expect(none).toEqual([]);
});

const piece = fc.constantFrom('GET', 'HTTP/1.1', ' ', '\t', ':', 'a', '"', ',', 'é', '€', '/', '101');
const line = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
const fieldLine = fc
  .tuple(fc.constantFrom('Host', 'X', 'sec-websocket-key'), line)
  .map(([name, value]) => `${name}:${value}`);

test(`spans cover any head without gap or overlap, and change nothing (seed ${SEED})`, () => {
  fc.assert(
    fc.property(line, fc.array(fieldLine, { maxLength: 4 }), (startLine, fields) => {
      const text = [startLine, ...fields, '', ''].join('\r\n');
      const spans: Span[] = [];
      const head = parseHead(text, spans);
      expect(head).toEqual(parseHead(octets(text)));
      expectCover(spans, head?.length ?? 0);
      expect(head?.length).toBe(octets(text).length);
    }),
    { seed: SEED, numRuns: 1000 },
  );
});
