import { expect, test } from 'vitest';
import { fromHex } from '@/lib/bytes';
import { loadMessages } from '@/lib/server/text';
import { talkToPeer } from '@/lib/server/wire';
import { createText } from '@/lib/text';
import { readByProtocol, receivedOctets, type WirePeer } from '.';
import { endingOf, sentenceOf } from './sentences';

// What a learner reads after sending, from the real peers and the real catalogue.

const octets = (text: string) => new TextEncoder().encode(text);
const t = createText(loadMessages('en'), 'en');

async function said(peer: WirePeer, ...parts: Uint8Array[]) {
  const answer = await talkToPeer(peer, parts);
  const reading = await readByProtocol(answer);
  const all = [...answer.understood.map(sentenceOf), ...reading.sentences, endingOf(answer)].map((ref) =>
    t(ref),
  );
  for (const sentence of all) expect(sentence).not.toMatch(/^\[|[{}]/);
  // Every octet is explained, and no span points past the end.
  const length = receivedOctets(answer).length * 8;
  for (const span of reading.spans) expect(span.end).toBeLessThanOrEqual(length);
  return { all, spans: reading.spans, length };
}

const preface = octets('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const settings = fromHex('000000 04 00 00000000');
const headers = (block: string) => {
  const fragment = fromHex(block);
  return Uint8Array.of(0, 0, fragment.length, 1, 5, 0, 0, 0, 1, ...fragment);
};

test('nghttp2 says how it read a block, and its answer is explained down to HPACK', async () => {
  const { all, spans } = await said('http2', preface, settings, headers('828684 4103 612e62'));
  expect(all).toContain('nghttp2 read your block on stream 1, which ends with it, as');
  expect(all).toContain('nghttp2 took your settings, all at their defaults.');
  expect(all).toContain('It answered on stream 1: status 200.');
  expect(spans.map(({ value }) => value)).toContain(':status: 200');
});

test('a broken block is named by HTTP/2’s code', async () => {
  const { all } = await said('http2', preface, settings, headers('bf'));
  expect(all).toContain('It answered with GOAWAY: COMPRESSION_ERROR. The connection is over.');
});

test('a malformed request resets its stream', async () => {
  const { all } = await said('http2', preface, settings, headers('8286'));
  expect(all).toContain('It reset stream 1: PROTOCOL_ERROR.');
});

const upgrade = octets(
  'GET /x HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
);

test('ws says what it read, and its frames are explained behind the head', async () => {
  const { all, spans, length } = await said('websocket', upgrade, fromHex('818537fa213d7f9f4d5158'));
  expect(all).toContain('It answered HTTP/1.1 101 Switching Protocols');
  expect(all).toContain('ws read a text message: Hello');
  expect(all).toContain('It sent a text message of 5 octets back: Hello');
  expect(Math.max(...spans.map(({ end }) => end))).toBe(length);
});

test('a frame that ws refuses is named by its code and its close code', async () => {
  const { all } = await said('websocket', upgrade, fromHex('810548656c6c6f'));
  expect(all.slice(-3)).toEqual([
    'It answered HTTP/1.1 101 Switching Protocols',
    'It answered with a Close frame: code 1002.',
    'Then it closed the connection.',
  ]);
  expect(all).toContain('It reported an error: WS_ERR_EXPECTED_MASK.');
});

test('an upgrade that ws refuses is answered in HTTP', async () => {
  const { all } = await said('websocket', octets('GET / HTTP/1.1\r\nHost: a\r\n\r\n'));
  expect(all).toContain('It answered HTTP/1.1 426 Upgrade Required');
});

test('Node’s HTTP/1.1 server names what llhttp could not read', async () => {
  const { all } = await said('http1', octets('GET / HTTP/1.1\r\nHost x\r\n\r\n'));
  expect(all).toEqual([
    'It reported an error: HPE_INVALID_HEADER_TOKEN.',
    'It answered HTTP/1.1 400 Bad Request',
    'Then it closed the connection.',
  ]);
});
