import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import { receivedOctets, type WireAnswer, type WirePeer } from '@/lib/labs/wire';
import { decodeAnswer, encodeAnswer } from '@/lib/labs/wire/json';
import { talkToPeer } from '.';

const octets = (text: string) => new TextEncoder().encode(text);
const heard = (answer: WireAnswer) => new TextDecoder('latin1').decode(receivedOctets(answer));
const untimed = (answer: WireAnswer) => answer.understood.map(({ atMs: _, ...event }) => event);
const talk = (peer: WirePeer, ...parts: Uint8Array[]) => talkToPeer(peer, parts);

describe('http1', () => {
  test('reads a request and its body, and answers it', async () => {
    const answer = await talk(
      'http1',
      octets('POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n'),
      octets('hi'),
    );
    expect(untimed(answer)).toEqual([
      {
        type: 'request',
        method: 'POST',
        target: '/a',
        version: '1.1',
        fields: [
          { name: 'Host', value: 'x' },
          { name: 'Content-Length', value: '2' },
        ],
      },
      { type: 'body', octets: octets('hi') },
    ]);
    expect(heard(answer)).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\nread\n$/);
    expect(answer).toMatchObject({ peer: 'http1', closedBy: 'wire', closeReason: 'quiet' });
  });

  test('names what it could not read by llhttp’s code, and closes', async () => {
    const answer = await talk('http1', octets('GET / HTTP/1.1\r\nHost x\r\n\r\n'));
    expect(untimed(answer)).toEqual([{ type: 'error', code: 'HPE_INVALID_HEADER_TOKEN' }]);
    expect(heard(answer)).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatchObject({ closedBy: 'peer', closeReason: 'fin' });
  });
});

describe('http2', () => {
  const preface = octets('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
  const settings = fromHex('000000 04 00 00000000');
  const headers = (block: string) => {
    const fragment = fromHex(block);
    return Uint8Array.of(0, 0, fragment.length, 1, 5, 0, 0, 0, 1, ...fragment);
  };

  test('reads the header block of RFC 7541 C.4.1, and says which fields came as never indexed', async () => {
    const block = headers('828684418cf1e3c2e5f23a6ba0ab90f4ff 10 0161 0142');
    const answer = await talk('http2', preface, settings, block);
    expect(untimed(answer)).toContainEqual({
      type: 'headers',
      stream: 1,
      endStream: true,
      fields: [
        { name: ':method', value: 'GET' },
        { name: ':scheme', value: 'http' },
        { name: ':path', value: '/' },
        { name: ':authority', value: 'www.example.com' },
        { name: 'a', value: 'B', sensitive: true },
      ],
    });
    expect(answer).toMatchObject({ closedBy: 'wire', closeReason: 'quiet' });
  });

  test('ends the connection with COMPRESSION_ERROR for an index that no table has', async () => {
    const answer = await talk('http2', preface, settings, headers('82ff7f'));
    expect(untimed(answer).filter(({ type }) => type === 'headers')).toEqual([]);
    expect(toHex(receivedOctets(answer))).toMatch(/000008070000000000000000010*00000009$/);
  });

  test('closes at what is not the preface', async () => {
    const answer = await talk('http2', octets('GET / HTTP/1.1\r\n\r\n'));
    expect(untimed(answer)).toEqual([{ type: 'error', code: 'ERR_HTTP2_ERROR' }]);
    expect(answer).toMatchObject({ closedBy: 'peer' });
  });
});

describe('websocket', () => {
  const upgrade = octets(
    'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n' +
      'Sec-WebSocket-Protocol: soap, superchat\r\n\r\n',
  );

  test('accepts an upgrade, selects a subprotocol that it speaks, and echoes the masked Hello of RFC 6455 §5.7', async () => {
    const answer = await talk('websocket', upgrade, fromHex('818537fa213d7f9f4d5158'));
    expect(untimed(answer).slice(1)).toEqual([
      { type: 'open', protocol: 'superchat', extensions: '' },
      { type: 'message', binary: false, octets: octets('Hello') },
    ]);
    expect(heard(answer)).toContain('Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
    expect(heard(answer).endsWith('\x81\x05Hello')).toBe(true);
  });

  test.for([
    ['an unmasked frame', '810548656c6c6f', 'WS_ERR_EXPECTED_MASK', '880203ea'],
    ['text that is not UTF-8', '818400000000ffffffff', 'WS_ERR_INVALID_UTF8', '880203ef'],
    ['a reserved opcode', '838000000000', 'WS_ERR_INVALID_OPCODE', '880203ea'],
  ])('refuses %s by name and by close code', async ([, frame = '', code, close = '']) => {
    const answer = await talk('websocket', upgrade, fromHex(frame));
    expect(untimed(answer).at(-1)).toEqual({ type: 'error', code });
    expect(toHex(receivedOctets(answer)).endsWith(close)).toBe(true);
    expect(answer).toMatchObject({ closedBy: 'peer', closeReason: 'fin' });
  });

  test('reports a Close, and answers it with one', async () => {
    const answer = await talk('websocket', upgrade, fromHex('88870000000003e8'), octets('bye\0\0'));
    expect(untimed(answer).at(-1)).toEqual({ type: 'close', code: 1000, reason: 'bye\0\0' });
  });

  test('answers a request without an upgrade with 426', async () => {
    expect(heard(await talk('websocket', octets('GET / HTTP/1.1\r\nHost: x\r\n\r\n')))).toMatch(
      /^HTTP\/1\.1 426 /,
    );
  });
});

test('an answer crosses as JSON unchanged', async () => {
  const answer = await talk('http1', octets('GET / HTTP/1.0\r\n\r\n'));
  expect(decodeAnswer(encodeAnswer(answer))).toEqual(answer);
});
