import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caught } from '@/lib/bytes/caught.fixture';
import { toHex } from '@/lib/bytes';
import {
  acceptKey,
  acceptKeySteps,
  acceptKeySync,
  chooseSubprotocol,
  isKey,
  MAX_HEAD_OCTETS,
  parseExtensions,
  parseHead,
  parseUpgradeRequest,
  parseUpgradeResponse,
  upgradeRequestProblems,
  WebSocketHandshakeError,
  writeExtensions,
  writeKey,
  writeUpgradeRefusal,
  writeUpgradeRequest,
  writeUpgradeResponse,
  type UpgradeRequestInput,
} from '..';
import { sha1 } from './sha1';

const SEED = 101;
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const octets = (text: string) => new TextEncoder().encode(text);
const request: UpgradeRequestInput = {
  target: '/chat',
  host: 'server.example.com',
  key: KEY,
  origin: 'http://example.com',
  subprotocols: ['chat', 'superchat'],
};

const errorOf = (act: () => unknown) =>
  caught(WebSocketHandshakeError, act) ?? expect.unreachable('nothing was thrown');

test('RFC 6455 §1.3: the accept key of the RFC, step by step, at once and by WebCrypto', async () => {
  const { joined, digest, accept } = acceptKeySteps(KEY);
  expect(joined).toBe('dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11');
  expect(toHex(digest)).toBe('b37a4f2cc0624f1690f64606cf385945b2bec4ea');
  expect(accept).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  expect(acceptKeySync(KEY)).toBe(accept);
  await expect(acceptKey(KEY)).resolves.toBe(accept);
  expect(writeKey(octets('the sample nonce'))).toBe(KEY);
});

test('RFC 3174 §7.3: SHA-1 of its examples', () => {
  expect(toHex(sha1(octets('abc')))).toBe('a9993e364706816aba3e25717850c26c9cd0d89d');
  const second = 'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq';
  expect(toHex(sha1(octets(second)))).toBe('84983e441c3bd26ebaae4aa1f95129e5e54670f1');
});

test(`SHA-1 agrees with OpenSSL on every length (seed ${SEED})`, () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (message) => {
      expect(toHex(sha1(message))).toBe(createHash('sha1').update(message).digest('hex'));
    }),
    { seed: SEED },
  );
});

test('§1.2: the request of the RFC, written and read', () => {
  const text = writeUpgradeRequest(request);
  expect(text.split('\r\n')).toEqual([
    'GET /chat HTTP/1.1',
    'Host: server.example.com',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${KEY}`,
    'Sec-WebSocket-Version: 13',
    'Origin: http://example.com',
    'Sec-WebSocket-Protocol: chat, superchat',
    '',
    '',
  ]);
  const { headLength, ...read } = parseUpgradeRequest(octets(`${text}frames`)) ?? {};
  expect(read).toEqual({ ...request, extensions: [] });
  expect(headLength).toBe(text.length);
  expect(parseUpgradeRequest(text)).toEqual(parseUpgradeRequest(octets(text)));
});

test('§1.2: the response of the RFC, written and read', () => {
  const text = writeUpgradeResponse({ key: KEY, subprotocol: 'chat' });
  expect(text.split('\r\n').slice(0, 5)).toEqual([
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
    'Sec-WebSocket-Protocol: chat',
  ]);
  expect(parseUpgradeResponse(octets(text), request)).toEqual({
    subprotocol: 'chat',
    extensions: [],
    headLength: text.length,
  });
});

test('a head that is not whole asks for more, however it is cut; one that is too long does not', () => {
  const whole = octets(writeUpgradeRequest(request));
  for (let length = 0; length < whole.length; length++) {
    expect(parseUpgradeRequest(whole.subarray(0, length))).toBe(undefined);
  }
  expect(parseUpgradeRequest(whole)?.key).toBe(KEY);
  const endless = new Uint8Array(MAX_HEAD_OCTETS).fill(0x61);
  expect(errorOf(() => parseHead(endless)).code).toBe('WEBSOCKET_HANDSHAKE_HEAD_TOO_LONG');
});

test('§4.2.1: words are found in any case and among others, as proxies write them', () => {
  const text = writeUpgradeRequest(request)
    .replace('Upgrade: websocket', 'upgrade: h2c, WebSocket')
    .replace('Connection: Upgrade', 'CONNECTION: keep-alive\r\nConnection: upgrade');
  expect(parseUpgradeRequest(octets(text))?.host).toBe('server.example.com');
});

test.each([
  ['POST', 'GET /chat', 'POST /chat', 'WEBSOCKET_HANDSHAKE_METHOD', 405],
  ['HTTP/1.0', 'HTTP/1.1', 'HTTP/1.0', 'WEBSOCKET_HANDSHAKE_HTTP_VERSION', 400],
  ['half a request line', ' HTTP/1.1', '', 'WEBSOCKET_HANDSHAKE_HEAD_MALFORMED', 400],
  ['no Host', 'Host: server.example.com\r\n', '', 'WEBSOCKET_HANDSHAKE_HOST', 400],
  ['no Upgrade', 'Upgrade: websocket\r\n', '', 'WEBSOCKET_HANDSHAKE_UPGRADE', 400],
  ['another upgrade', 'Upgrade: websocket', 'Upgrade: h2c', 'WEBSOCKET_HANDSHAKE_UPGRADE', 400],
  [
    'a proxy that took Connection',
    'Connection: Upgrade',
    'Connection: close',
    'WEBSOCKET_HANDSHAKE_CONNECTION',
    400,
  ],
  ['no key', `Sec-WebSocket-Key: ${KEY}\r\n`, '', 'WEBSOCKET_HANDSHAKE_KEY', 400],
  ['a key of 15 octets', KEY, btoa('x'.repeat(15)), 'WEBSOCKET_HANDSHAKE_KEY', 400],
  ['a key twice', 'Origin:', `Sec-WebSocket-Key: ${KEY}\r\nOrigin:`, 'WEBSOCKET_HANDSHAKE_KEY', 400],
  ['version 8', 'Version: 13', 'Version: 8', 'WEBSOCKET_HANDSHAKE_VERSION', 426],
  ['a subprotocol twice', 'chat, superchat', 'chat, chat', 'WEBSOCKET_HANDSHAKE_SUBPROTOCOL_MALFORMED', 400],
  ['a line without a colon', 'Origin:', 'Origin', 'WEBSOCKET_HANDSHAKE_HEAD_MALFORMED', 400],
  [
    'extensions that are none',
    'Origin:',
    'Sec-WebSocket-Extensions: ;,\r\nOrigin:',
    'WEBSOCKET_HANDSHAKE_EXTENSIONS_MALFORMED',
    400,
  ],
])('a request with %s is refused', (_, part, instead, code, status) => {
  const text = writeUpgradeRequest(request).replace(part, instead);
  const error = errorOf(() => parseUpgradeRequest(octets(text)));
  expect([error.code, error.status]).toEqual([code, status]);
  const refusal = writeUpgradeRefusal(error);
  expect(refusal).toMatch(new RegExp(`^HTTP/1.1 ${status} [A-Z]`));
  if (status === 426) expect(refusal).toContain('Sec-WebSocket-Version: 13');
});

test('RFC 9112 §2.2: a bare LF is refused where it stands, not waited behind; after the head it is a frame’s', () => {
  const error = errorOf(() => parseHead(octets('GET / HTTP/1.1\r\nHost: h\n\n')));
  expect([error.code, error.offset]).toEqual(['WEBSOCKET_HANDSHAKE_HEAD_MALFORMED', 23]);
  expect(parseHead(octets('GET / HTTP/1.1\r\n\r\n\n'))?.length).toBe(18);
});

test('all problems of a request are named, each at its line', () => {
  const text = 'POST /x HTTP/1.1\r\nUpgrade: h2c\r\nConnection: close\r\n\r\n';
  const problems = upgradeRequestProblems(parseHead(octets(text))!);
  expect(problems.map(({ code, offset }) => [code.replace('WEBSOCKET_HANDSHAKE_', ''), offset])).toEqual([
    ['METHOD', 0],
    ['HOST', 0],
    ['UPGRADE', 18],
    ['CONNECTION', 32],
    ['KEY', 0],
    ['VERSION', 0],
  ]);
});

test.each([
  ['200', '101 Switching Protocols', '200 OK', 'WEBSOCKET_HANDSHAKE_STATUS'],
  ['another upgrade', 'Upgrade: websocket', 'Upgrade: h2c', 'WEBSOCKET_HANDSHAKE_UPGRADE'],
  ['no Connection', 'Connection: Upgrade\r\n', '', 'WEBSOCKET_HANDSHAKE_CONNECTION'],
  ['the key itself', 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=', KEY, 'WEBSOCKET_HANDSHAKE_ACCEPT'],
  ['an accept key in small letters', 's3pPLM', 'S3PPLM', 'WEBSOCKET_HANDSHAKE_ACCEPT'],
  ['a subprotocol nobody offered', 'chat', 'graphql', 'WEBSOCKET_HANDSHAKE_SUBPROTOCOL_NOT_OFFERED'],
  ['two subprotocols', ': chat', ': chat, superchat', 'WEBSOCKET_HANDSHAKE_SUBPROTOCOL_NOT_OFFERED'],
  [
    'an extension nobody offered',
    'Sec-WebSocket-Protocol: chat',
    'Sec-WebSocket-Extensions: permessage-deflate',
    'WEBSOCKET_HANDSHAKE_EXTENSION_NOT_OFFERED',
  ],
])('§4.1: a response with %s fails the connection', (_, part, instead, code) => {
  const text = writeUpgradeResponse({ key: KEY, subprotocol: 'chat' }).replace(part, instead);
  expect(errorOf(() => parseUpgradeResponse(octets(text), request)).code).toBe(code);
});

test('§4.2.2: a server that knows none of the subprotocols may accept without one', () => {
  expect(chooseSubprotocol(['chat', 'superchat'], ['superchat', 'chat'])).toBe('chat');
  expect(chooseSubprotocol(['chat'], ['graphql'])).toBe(undefined);
  const text = writeUpgradeResponse({ key: KEY });
  expect(parseUpgradeResponse(octets(text), request)?.subprotocol).toBe(undefined);
});

test('a browser that offered subprotocols and is given none hangs up, which RFC 6455 does not ask of a client', () => {
  const text = octets(writeUpgradeResponse({ key: KEY }));
  const error = errorOf(() => parseUpgradeResponse(text, { ...request, isBrowser: true }));
  expect(error.code).toBe('WEBSOCKET_HANDSHAKE_SUBPROTOCOL_MISSING');
  expect(parseUpgradeResponse(text, { key: KEY, isBrowser: true })?.subprotocol).toBe(undefined);
});

test('§9.1: extensions are read and written, quoted values too', () => {
  const value = 'permessage-deflate; client_max_window_bits; server_max_window_bits=10, x-other';
  const parsed = parseExtensions(value);
  expect(parsed).toEqual([
    {
      name: 'permessage-deflate',
      params: [
        ['client_max_window_bits', true],
        ['server_max_window_bits', '10'],
      ],
    },
    { name: 'x-other', params: [] },
  ]);
  expect(writeExtensions(parsed)).toBe(value);
  expect(parseExtensions('a;b="c\\d" , e')).toEqual([
    { name: 'a', params: [['b', 'cd']] },
    { name: 'e', params: [] },
  ]);
  for (const bad of ['', ',', 'a,', 'a b', 'a;', 'a;b=', 'a;b="c d"', 'a;b="c']) {
    expect(errorOf(() => parseExtensions(bad)).code).toBe('WEBSOCKET_HANDSHAKE_EXTENSIONS_MALFORMED');
  }
});

test('a key is the Base64 of sixteen octets and of nothing else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 24 }), (nonce) => {
      expect(isKey(btoa(String.fromCharCode(...nonce)))).toBe(nonce.length === 16);
    }),
    { seed: SEED },
  );
  expect(() => writeKey(new Uint8Array(15))).toThrow(RangeError);
});

test('nobody smuggles a line of their own into a head', () => {
  expect(() => writeUpgradeRequest({ ...request, origin: 'x\r\nEvil: yes' })).toThrow(RangeError);
  expect(() => writeUpgradeRequest({ ...request, fields: [['Bad Name', 'x']] })).toThrow(RangeError);
});
