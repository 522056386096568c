import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { fromHex, toHex } from '@/lib/bytes';
import {
  acceptDeflate,
  encodeMessage,
  InflateError,
  MessageReader,
  negotiateDeflate,
  parseExtensions,
  PerMessageDeflate,
  WebSocketError,
  WebSocketHandshakeError,
  writeExtensions,
  type DeflateParams,
} from '..';
import { inflateBlocks } from './inflate';

const SEED = 7692;
const utf8 = (text: string) => new TextEncoder().encode(text);
const NOTHING = new Uint8Array(0);
const plain: DeflateParams = {
  serverNoContextTakeover: false,
  clientNoContextTakeover: false,
  serverMaxWindowBits: 15,
  clientMaxWindowBits: 15,
};
const limits = { windowOctets: 32_768, maxOctets: 1_000_000 };

test('RFC 7692 §7.2.3.1 and §7.2.3.2: "Hello" is sent as the RFC sends it, and the second time by its distance', () => {
  const client = new PerMessageDeflate(plain, 'client');
  expect(toHex(client.deflate(utf8('Hello')))).toBe('f248cdc9c90700');
  // One match of five octets; the RFC's encoder says "H" and a match of four.
  expect(toHex(client.deflate(utf8('Hello')))).toBe('02130000');
  const server = new PerMessageDeflate(plain, 'server');
  for (const hex of ['f248cdc9c90700', 'f200110000', '02130000']) {
    expect(server.inflate(fromHex(hex), 5)).toEqual(utf8('Hello'));
  }
  const forgetful = new PerMessageDeflate({ ...plain, clientNoContextTakeover: true }, 'client');
  expect(toHex(forgetful.deflate(utf8('Hello')))).toBe('f248cdc9c90700');
  expect(toHex(forgetful.deflate(utf8('Hello')))).toBe('f248cdc9c90700');
});

test('§6.1: RSV1 stands on the first fragment of a compressed message only', () => {
  const deflate = new PerMessageDeflate(plain, 'server');
  const frames = encodeMessage('Hello', { deflate, fragmentOctets: 3 });
  expect(frames.map((frame) => toHex(frame))).toEqual(['4103f248cd', '0003c9c907', '800100']);
  const reader = new MessageReader({ role: 'client', deflate: new PerMessageDeflate(plain, 'client') });
  expect(frames.flatMap((frame) => reader.push(frame))).toEqual([{ type: 'message', data: 'Hello' }]);
});

/** Texts that say things again, near and far. */
const wordy = fc
  .array(fc.constantFrom('price', 'ACME', '{"bid":', '10.25', '}', ' ', 'ask', 'x'.repeat(300)), {
    maxLength: 60,
  })
  .map((words) => utf8(words.join('')));
const octets = fc.oneof(wordy, fc.uint8Array({ maxLength: 2000 }));

test(`each end reads what the other compressed, with and without takeover, in any window (seed ${SEED})`, () => {
  const bits = fc.integer({ min: 8, max: 15 });
  const args = [fc.array(octets, { maxLength: 5 }), fc.boolean(), bits] as const;
  fc.assert(
    fc.property(...args, (messages, serverNoContextTakeover, serverMaxWindowBits) => {
      const params = { ...plain, serverNoContextTakeover, serverMaxWindowBits };
      const server = new PerMessageDeflate(params, 'server');
      const client = new PerMessageDeflate(params, 'client');
      for (const one of messages) expect(client.inflate(server.deflate(one), 1_000_000)).toEqual(one);
    }),
    { seed: SEED, numRuns: 60 },
  );
});

test(`zlib reads what we compress, and we read what zlib does, whatever its strategy (seed ${SEED})`, () => {
  const { Z_DEFAULT_STRATEGY, Z_HUFFMAN_ONLY, Z_FIXED, Z_RLE, Z_SYNC_FLUSH } = constants;
  const strategies = fc.constantFrom(Z_DEFAULT_STRATEGY, Z_HUFFMAN_ONLY, Z_FIXED, Z_RLE);
  fc.assert(
    fc.property(octets, strategies, fc.nat(9), (message, strategy, level) => {
      const compressed = Buffer.concat([
        new PerMessageDeflate(plain, 'client').deflate(message),
        fromHex('0000ffff'),
      ]);
      expect(new Uint8Array(inflateRawSync(compressed, { finishFlush: Z_SYNC_FLUSH }))).toEqual(message);
      const theirs = deflateRawSync(message, { strategy, level, finishFlush: Z_SYNC_FLUSH });
      expect(inflateBlocks(theirs, NOTHING, limits).message).toEqual(message);
      const ended = deflateRawSync(message, { strategy, level });
      expect(inflateBlocks(ended, NOTHING, limits).message).toEqual(message);
    }),
    { seed: SEED, numRuns: 100 },
  );
});

test('§7.2.3.4: after a block with BFINAL the next message still knows what was said', () => {
  const sender = new PerMessageDeflate(plain, 'client');
  sender.deflate(utf8('Hello'));
  const second = sender.deflate(utf8('Hello'));
  const reader = new PerMessageDeflate(plain, 'server');
  expect(reader.inflate(fromHex('f348cdc9c9070000'), 100)).toEqual(utf8('Hello'));
  expect(reader.inflate(second, 100)).toEqual(utf8('Hello'));
});

test('a window of 2^8 neither sends nor takes a distance of more than 256', () => {
  const small = { ...plain, clientMaxWindowBits: 8 };
  const text = utf8(`0123456789${'-'.repeat(256)}0123456789`);
  const compressed = new PerMessageDeflate(small, 'client').deflate(text);
  expect(new PerMessageDeflate(small, 'server').inflate(compressed, 1000)).toEqual(text);
  const large = new PerMessageDeflate(plain, 'client').deflate(text);
  expect(large.length).toBeLessThan(compressed.length);
  expect(() => new PerMessageDeflate(small, 'server').inflate(large, 1000)).toThrow(InflateError);
});

test('a small message that would inflate to a large one is stopped at the limit', () => {
  const bomb = deflateRawSync(new Uint8Array(50_000_000), { finishFlush: constants.Z_SYNC_FLUSH }).subarray(
    0,
    -4,
  );
  expect(bomb.length).toBeLessThan(65_536);
  const octetsOfFrame = Buffer.concat([fromHex(`c27e${bomb.length.toString(16).padStart(4, '0')}`), bomb]);
  const deflate = new PerMessageDeflate(plain, 'client');
  const reader = new MessageReader({ role: 'client', deflate, maxMessage: 1_000_000 });
  const error = thrownBy(() => reader.push(octetsOfFrame));
  expect(error).toMatchObject({ code: 'WEBSOCKET_MESSAGE_TOO_LONG', closeCode: 1009 });
});

test.each([
  ['block type 3', '07'],
  ['a stored block without its complement', '00 0500 0000'],
  ['a stored block past the end', '00 0500 faff 4865'],
  ['a distance before the beginning', '0200110000'],
  ['the end in the middle of a block', 'f248'],
  ['a code with too many codes', '04 ffffffffffffffff'],
])('blocks with %s are WEBSOCKET_INFLATE_FAILED', (_, hex) => {
  const payload = fromHex(hex);
  const reader = new MessageReader({ role: 'client', deflate: new PerMessageDeflate(plain, 'client') });
  const error = thrownBy(() => reader.push(Buffer.concat([Uint8Array.of(0xc2, payload.length), payload])));
  expect(error).toMatchObject({ code: 'WEBSOCKET_INFLATE_FAILED', closeCode: 1007 });
});

test('compressed text that is no UTF-8 fails as text does', () => {
  const payload = new PerMessageDeflate(plain, 'server').deflate(fromHex('61ff'));
  const reader = new MessageReader({ role: 'client', deflate: new PerMessageDeflate(plain, 'client') });
  const frame = Buffer.concat([Uint8Array.of(0xc1, payload.length), payload]);
  expect(thrownBy(() => reader.push(frame))).toMatchObject({
    code: 'WEBSOCKET_INVALID_UTF8',
    closeCode: 1007,
  });
});

describe('RFC 7692 §7.1: negotiation', () => {
  const answerTo = (offers: string, wishes = {}) => {
    const answer = negotiateDeflate(parseExtensions(offers), wishes);
    return answer && writeExtensions([answer.extension]);
  };
  test.each([
    ['permessage-deflate', {}, 'permessage-deflate'],
    ['x-other, permessage-deflate', {}, 'permessage-deflate'],
    ['x-other', {}, undefined],
    ['permessage-deflate; server_max_window_bits=10', {}, 'permessage-deflate; server_max_window_bits=10'],
    ['permessage-deflate; server_max_window_bits=15', {}, 'permessage-deflate; server_max_window_bits=15'],
    ['permessage-deflate; server_max_window_bits="10"', {}, 'permessage-deflate; server_max_window_bits=10'],
    ['permessage-deflate; server_max_window_bits=7', {}, undefined],
    ['permessage-deflate; server_max_window_bits=010', {}, undefined],
    ['permessage-deflate; server_max_window_bits', {}, undefined],
    ['permessage-deflate; server_no_context_takeover=1', {}, undefined],
    ['permessage-deflate; unknown', {}, undefined],
    ['permessage-deflate; unknown, permessage-deflate', {}, 'permessage-deflate'],
    ['permessage-deflate; client_max_window_bits; client_max_window_bits', {}, undefined],
    ['permessage-deflate', { clientMaxWindowBits: 9 }, 'permessage-deflate'],
    [
      'permessage-deflate; client_max_window_bits',
      { clientMaxWindowBits: 9 },
      'permessage-deflate; client_max_window_bits=9',
    ],
    [
      'permessage-deflate; client_no_context_takeover; server_no_context_takeover',
      {},
      'permessage-deflate; server_no_context_takeover; client_no_context_takeover',
    ],
  ])('%s', (offers, wishes, answer) => {
    expect(answerTo(offers, wishes)).toBe(answer);
  });

  test.each([
    ['permessage-deflate; server_max_window_bits=10', 'permessage-deflate; server_max_window_bits=11'],
    ['permessage-deflate; server_max_window_bits=10', 'permessage-deflate'],
    ['permessage-deflate; server_no_context_takeover', 'permessage-deflate'],
    ['permessage-deflate', 'permessage-deflate; client_max_window_bits=9'],
    ['permessage-deflate; client_max_window_bits', 'permessage-deflate; client_max_window_bits'],
    ['permessage-deflate', 'permessage-deflate; mystery'],
  ])('offered %s, a client refuses %s', (offered, answered) => {
    const [[offer], [answer]] = [parseExtensions(offered), parseExtensions(answered)];
    const error = thrownBy(() => acceptDeflate(answer!, offer!));
    expect(error).toBeInstanceOf(WebSocketHandshakeError);
    expect(error).toMatchObject({ code: 'WEBSOCKET_HANDSHAKE_EXTENSION_INVALID' });
  });

  test('a client takes what its offer allows', () => {
    const [offer] = parseExtensions('permessage-deflate; client_max_window_bits; server_max_window_bits=12');
    const [answer] = parseExtensions(
      'permessage-deflate; client_max_window_bits=9; server_max_window_bits=11',
    );
    expect(acceptDeflate(answer!, offer!)).toEqual({
      ...plain,
      clientMaxWindowBits: 9,
      serverMaxWindowBits: 11,
    });
  });
});

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    if (error instanceof WebSocketError || error instanceof WebSocketHandshakeError) return error;
    throw error;
  }
  return expect.unreachable('nothing was thrown');
}
