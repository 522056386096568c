import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { expectCover } from '@/lib/bytes/cover.fixture';
import { caught } from '@/lib/bytes/caught.fixture';
import type { Span } from '@/lib/bytes';
import { fromHex, toHex } from '@/lib/bytes';
import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import { addFingerprint, encodeMessage, isStunMessage } from '@/lib/protocols/stun';
import {
  CHANNEL_NUMBERS,
  decodeChannelData,
  encodeChannelData,
  protocolOfDatagram,
  TurnError,
  TurnStreamReader,
} from '.';

const SEED = 8656;
const channelData = fc.record({
  channel: fc.integer({ min: CHANNEL_NUMBERS.first, max: CHANNEL_NUMBERS.last }),
  data: fc.uint8Array({ maxLength: 40 }),
});

const codeOf = (action: () => unknown) => {
  const error = caught(TurnError, action);
  return error ? `${error.code} at ${error.offset}` : 'no error';
};

const file = new URL('../../../../shared/vectors/stun-ice-nat/turn-channeldata.json', import.meta.url);
const isAbsent = !existsSync(file);
if (isAbsent) console.warn('skipped: ../shared/vectors/stun-ice-nat is not here');
type Vector = {
  id: string;
  hex: string;
  transport: 'udp' | 'tcp';
  expect: { channel?: number; dataHex?: string; error?: boolean; stun?: boolean };
};
const cases = isAbsent ? [] : (JSON.parse(readFileSync(file, 'utf8')) as { cases: Vector[] }).cases;

test.skipIf(isAbsent)('RFC 8656 §12.4 to §12.6: ChannelData as constructed from the text', () => {
  expect(cases.length).toBeGreaterThan(0);
  for (const { id, hex, transport, expect: expected } of cases) {
    const octets = fromHex(hex);
    expect([id, isStunMessage(octets)]).toEqual([id, expected.stun === true]);
    if (expected.stun) continue;
    if (expected.error)
      expect([id, codeOf(() => decodeChannelData(octets, transport))]).not.toEqual([id, 'no error']);
    else {
      const { channel, data } = decodeChannelData(octets, transport)!;
      expect([id, channel, toHex(data)]).toEqual([id, expected.channel, expected.dataHex]);
    }
  }
});

test(`decode undoes encode over both transports, and spans cover every bit once (seed ${SEED})`, () => {
  fc.assert(
    fc.property(channelData, fc.constantFrom('udp' as const, 'tcp' as const), (frame, transport) => {
      const spans: Span[] = [];
      const octets = encodeChannelData(frame, transport, spans);
      expect(decodeChannelData(octets, transport)).toEqual(frame);
      expect(octets.length % 4 === 0 || transport === 'udp').toBe(true);
      expectCover(spans, octets.length);
    }),
    { seed: SEED },
  );
});

test.each([
  ['a number below', '3fff0000', 'TURN_CHANNEL_NUMBER_WRONG at 0'],
  ['a number above', '50000000', 'TURN_CHANNEL_NUMBER_WRONG at 0'],
  ['a length past the datagram', '40000002aa', 'TURN_CHANNEL_DATA_PAST_END at 2'],
  ['four octets after the data', '40000001aa00000000', 'TURN_PADDING_TOO_LONG at 5'],
])('%s is malformed', (_cause, hex, expected) => {
  expect(codeOf(() => decodeChannelData(fromHex(hex)))).toBe(expected);
});

test('what does not fit is refused', () => {
  const data = new Uint8Array(0x10000);
  expect(codeOf(() => encodeChannelData({ channel: 0x4000, data }))).toBe('TURN_CHANNEL_DATA_TOO_LONG at 2');
  expect(codeOf(() => encodeChannelData({ channel: 1, data: new Uint8Array() }))).toBe(
    'TURN_CHANNEL_NUMBER_WRONG at 0',
  );
});

test('RFC 7983 §7, RFC 9443 §3: the first octet says whose datagram it is', () => {
  const seen = [0, 3, 4, 15, 16, 20, 63, 64, 79, 80, 127, 128, 191, 192, 255].map((octet) =>
    protocolOfDatagram(Uint8Array.of(octet)),
  );
  expect(seen).toEqual([
    ...['stun', 'stun', undefined, undefined, 'zrtp', 'dtls', 'dtls', 'turn-channel', 'turn-channel'],
    ...['quic', 'quic', 'rtp', 'rtp', 'quic', 'quic'],
  ]);
  expect(protocolOfDatagram(new Uint8Array())).toBe(undefined);
});

const message = addFingerprint(
  encodeMessage({
    class: 'request',
    method: 'Allocate',
    transactionId: new Uint8Array(12),
    attributes: [{ name: 'USERNAME', value: 'me' }],
  }),
);

test(`a stream cut anywhere gives the same frames (seed ${SEED})`, () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(channelData, fc.constant('stun' as const)), { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      (list, cuts) => {
        const stream = Uint8Array.from(
          list.flatMap((frame) => [...(frame === 'stun' ? message : encodeChannelData(frame, 'tcp'))]),
        );
        const reader = new TurnStreamReader();
        const frames = [];
        for (let at = 0, i = 0; at < stream.length; i++) {
          const length = cuts[i % cuts.length]!;
          frames.push(...reader.push(stream.subarray(at, at + length)));
          at += length;
        }
        expect(frames).toEqual(
          list.map((frame) =>
            frame === 'stun' ? { type: 'stun', octets: message } : { type: 'channel-data', ...frame },
          ),
        );
      },
    ),
    { seed: SEED },
  );
});

test('a stream that is not TURN is refused at its octet, and stays refused', () => {
  const reader = new TurnStreamReader();
  const good = encodeChannelData({ channel: 0x4000, data: fromHex('aa') }, 'tcp');
  expect(reader.push(Uint8Array.from([...good, 0x50])).length).toBe(1);
  expect(reader.push(fromHex('')).length).toBe(0);
  expect(codeOf(() => reader.push(fromHex('00')))).toBe('TURN_CHANNEL_NUMBER_WRONG at 8');
  expect(codeOf(() => reader.push(good))).toBe('TURN_CHANNEL_NUMBER_WRONG at 8');
  expect(codeOf(() => new TurnStreamReader().push(fromHex('16')))).toBe('no error');
  expect(codeOf(() => new TurnStreamReader().push(fromHex('80')))).toBe('TURN_NOT_TURN at 0');
  expect(codeOf(() => new TurnStreamReader().push(new Uint8Array(20)))).toBe('TURN_STUN_MALFORMED at 4');
});

fuzzDecoder('ChannelData', {
  samples: [encodeChannelData({ channel: 0x4000, data: fromHex('0102030405') }, 'tcp')],
  decode: (octets, random) => decodeChannelData(octets, random.chance(0.5) ? 'tcp' : 'udp', []),
  errorClass: TurnError,
});

fuzzDecoder('TURN streams in chunks', {
  samples: [
    Uint8Array.from([
      ...message,
      ...encodeChannelData({ channel: 0x4fff, data: fromHex('010203') }, 'tcp'),
      ...message,
    ]),
  ],
  decode: (octets, random) => {
    const reader = new TurnStreamReader();
    for (let at = 0; at < octets.length;) {
      const length = random.integer(1, 20);
      reader.push(octets.subarray(at, at + length));
      at += length;
    }
  },
  errorClass: TurnError,
});
