import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectCover } from '@/lib/bytes/cover.fixture';
import { caught } from '@/lib/bytes/caught.fixture';
import { fromHex, toHex, type Span } from '@/lib/bytes';
import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import {
  decodeFrames,
  decodeTransportParameters,
  encodeFrames,
  encodeTransportParameters,
  FRAME_TYPES,
  MAX_VARINT,
  QuicError,
  TRANSPORT_ERRORS,
  TRANSPORT_PARAMETERS,
  type Frame,
  type PacketType,
} from '.';

const codeOf = (run: () => unknown) => {
  const error = caught(QuicError, run);
  return error ? `${error.code} ${error.transportError}` : 'accepted';
};

const varint = fc.oneof(fc.bigInt({ min: 0n, max: 100n }), fc.bigInt({ min: 0n, max: MAX_VARINT }));
const half = fc.bigInt({ min: 0n, max: MAX_VARINT / 2n });
const octets = fc.uint8Array({ maxLength: 30 });
const eight = fc.uint8Array({ minLength: 8, maxLength: 8 });
const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 });
const direction = fc.constantFrom('bidirectional', 'unidirectional');
const count = fc.bigInt({ min: 0n, max: 1n << 60n });
const steps = fc.array(fc.tuple(fc.bigInt({ min: 2n, max: 1000n }), fc.bigInt({ min: 0n, max: 1000n })), {
  maxLength: 5,
});
const ranges = fc.tuple(fc.bigInt({ min: 0n, max: 1000n }), steps).map(([length, more]) => {
  let smallest = 50_000n;
  const all = [{ smallest, largest: smallest + length }];
  for (const [gap, size] of more) {
    const largest = smallest - gap;
    smallest = largest - size;
    all.push({ smallest, largest });
  }
  return all;
});
const is = <T extends Frame['type']>(type: T) => fc.constant(type);
const frame: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({ type: is('ping') }),
  fc.record({ type: is('handshake-done') }),
  fc.record({ type: is('ack'), ranges, delay: varint }),
  fc.record({
    type: is('ack'),
    ranges,
    delay: varint,
    ecn: fc.record({ ect0: varint, ect1: varint, ce: varint }),
  }),
  fc.record({ type: is('reset-stream'), streamId: varint, errorCode: varint, finalSize: varint }),
  fc.record({ type: is('stop-sending'), streamId: varint, errorCode: varint }),
  fc.record({ type: is('crypto'), offset: half, data: octets }),
  fc.record({ type: is('new-token'), token: fc.uint8Array({ minLength: 1, maxLength: 20 }) }),
  fc.record({ type: is('stream'), streamId: varint, offset: half, fin: fc.boolean(), data: octets }),
  fc.record({ type: is('max-data'), maximum: varint }),
  fc.record({ type: is('max-stream-data'), streamId: varint, maximum: varint }),
  fc.record({ type: is('max-streams'), direction, maximum: count }),
  fc.record({ type: is('data-blocked'), limit: varint }),
  fc.record({ type: is('stream-data-blocked'), streamId: varint, limit: varint }),
  fc.record({ type: is('streams-blocked'), direction, limit: count }),
  fc.record({
    type: is('new-connection-id'),
    sequence: fc.bigInt({ min: 50n, max: MAX_VARINT }),
    retirePriorTo: fc.bigInt({ min: 0n, max: 50n }),
    connectionId: fc.uint8Array({ minLength: 1, maxLength: 20 }),
    statelessResetToken: sixteen,
  }),
  fc.record({ type: is('retire-connection-id'), sequence: varint }),
  fc.record({ type: is('path-challenge'), data: eight }),
  fc.record({ type: is('path-response'), data: eight }),
  fc.record({
    type: is('connection-close'),
    layer: fc.constant('transport' as const),
    errorCode: varint,
    frameType: varint,
    reason: octets,
  }),
  fc.record({
    type: is('connection-close'),
    layer: fc.constant('application' as const),
    errorCode: varint,
    reason: octets,
  }),
);

test('frames come back as they were written, and their spans cover every bit once', () => {
  fc.assert(
    fc.property(fc.array(frame, { minLength: 1, maxLength: 6 }), fc.nat(20), (frames, padding) => {
      const all: Frame[] = padding > 0 ? [...frames, { type: 'padding', length: padding }] : frames;
      const payload = encodeFrames(all);
      const spans: Span[] = [];
      expect(decodeFrames(payload, '1-rtt', spans)).toEqual(all);
      expectCover(spans, payload.length);
    }),
    { numRuns: 500 },
  );
});

test('RFC 9000 §19.8: a STREAM frame without length lasts to the end of the packet', () => {
  const data = fromHex('68 69');
  const last = { type: 'stream', streamId: 4n, offset: 0n, fin: false, data, extendsToEnd: true } as const;
  expect(toHex(encodeFrames([last]))).toBe('08046869');
  expect(decodeFrames(fromHex('08046869'))).toEqual([last]);
  expect(codeOf(() => encodeFrames([last, { type: 'ping' }]))).toContain('QUIC_FIELD_OUT_OF_RANGE');
});

test('RFC 9000 §19.3.1: the gaps between ACK ranges', () => {
  // Largest 10; 9-10 acknowledged; gap 1 leaves out 7 and 8; 4-6 acknowledged.
  expect(decodeFrames(fromHex('02 0a 00 01 01 01 02'))).toEqual([
    {
      type: 'ack',
      delay: 0n,
      ranges: [
        { smallest: 9n, largest: 10n },
        { smallest: 4n, largest: 6n },
      ],
    },
  ]);
});

test.each<[string, string, string]>([
  ['', 'QUIC_PAYLOAD_EMPTY PROTOCOL_VIOLATION', 'no frame'],
  ['1f', 'QUIC_FRAME_TYPE_UNKNOWN FRAME_ENCODING_ERROR', 'no such type'],
  ['ffffffffffffffff', 'QUIC_FRAME_TYPE_UNKNOWN FRAME_ENCODING_ERROR', 'no such type by far'],
  ['4001', 'QUIC_FRAME_TYPE_NOT_SHORTEST PROTOCOL_VIOLATION', 'PING in two octets'],
  ['40', 'QUIC_FRAME_TRUNCATED FRAME_ENCODING_ERROR', 'half a type'],
  ['06 00 05 61', 'QUIC_FRAME_TRUNCATED FRAME_ENCODING_ERROR', 'CRYPTO data cut off'],
  ['02 00 00 00 01', 'QUIC_ACK_RANGE_WRONG FRAME_ENCODING_ERROR', 'packet -1'],
  ['02 05 00 01 00 04 00', 'QUIC_ACK_RANGE_WRONG FRAME_ENCODING_ERROR', 'a gap below 0'],
  ['02 00 00 ffffffffffffffff 00', 'QUIC_FRAME_TRUNCATED FRAME_ENCODING_ERROR', 'more ranges than octets'],
  ['07 00', 'QUIC_TOKEN_EMPTY FRAME_ENCODING_ERROR', 'no token'],
  ['06 ffffffffffffffff 01 61', 'QUIC_OFFSET_TOO_LARGE FRAME_ENCODING_ERROR', 'beyond 2^62'],
  ['12 d000000000000001', 'QUIC_STREAM_COUNT_TOO_LARGE FRAME_ENCODING_ERROR', '2^60 + 1 streams'],
  ['17 d000000000000001', 'QUIC_STREAM_COUNT_TOO_LARGE FRAME_ENCODING_ERROR', '2^60 + 1 streams'],
  [`18 01 02 01 aa ${'00'.repeat(16)}`, 'QUIC_RETIRE_PRIOR_TO_WRONG FRAME_ENCODING_ERROR', 'retires itself'],
  [`18 01 00 00 ${'00'.repeat(16)}`, 'QUIC_FRAME_TRUNCATED FRAME_ENCODING_ERROR', 'an id of no octets'],
  [`18 01 00 15 ${'00'.repeat(40)}`, 'QUIC_FRAME_TRUNCATED FRAME_ENCODING_ERROR', 'an id of 21'],
  ['1a 00000000000000', 'QUIC_FRAME_TRUNCATED FRAME_ENCODING_ERROR', 'seven octets of eight'],
  ['1c 00 00 05', 'QUIC_FRAME_TRUNCATED FRAME_ENCODING_ERROR', 'no reason'],
])('the payload %s: %s (%s)', (hex, code) => {
  expect(codeOf(() => decodeFrames(fromHex(hex)))).toBe(code);
});

test('RFC 9000 §12.4, Table 3: which frames go in which packets', () => {
  const letters: Record<PacketType, string> = { initial: 'I', handshake: 'H', '0-rtt': '0', '1-rtt': '1' };
  const table = new Map(
    [...FRAME_TYPES.values()].map(({ code, packets }) => [
      code,
      packets.map((type) => letters[type]).join(''),
    ]),
  );
  const expected: Record<string, number[]> = {
    IH01: [0x00, 0x01, 0x1c],
    IH1: [0x02, 0x03, 0x06],
    '01': [0x04, 0x05, 0x08, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1d],
    '1': [0x07, 0x1b, 0x1e],
  };
  for (const [packets, codes] of Object.entries(expected))
    for (const code of codes) expect(table.get(code)).toBe(packets);
  expect(FRAME_TYPES.size).toBe(0x1f);
  const refused = 'QUIC_FRAME_NOT_ALLOWED PROTOCOL_VIOLATION';
  expect(codeOf(() => decodeFrames(fromHex('1e'), 'handshake'))).toBe(refused);
  expect(codeOf(() => decodeFrames(fromHex('060000'), '0-rtt'))).toBe(refused);
  expect(codeOf(() => decodeFrames(fromHex('080061'), 'initial'))).toBe(refused);
});

test('RFC 9000 §20.1: the error codes go from 0x00 to 0x10 without a gap', () => {
  expect(Object.values(TRANSPORT_ERRORS)).toEqual(Array.from({ length: 17 }, (_, code) => code));
  const ids = Object.values(TRANSPORT_PARAMETERS).map(({ id }) => id);
  expect(ids).toEqual(Array.from({ length: 17 }, (_, id) => id));
});

const address = fc.record({
  ipv4: fc.uint8Array({ minLength: 4, maxLength: 4 }),
  ipv4Port: fc.nat(65_535),
  ipv6: sixteen,
  ipv6Port: fc.nat(65_535),
  connectionId: fc.uint8Array({ minLength: 1, maxLength: 20 }),
  statelessResetToken: sixteen,
});
const connectionId = fc.uint8Array({ maxLength: 20 });
const parameters = fc.record(
  {
    originalDestinationConnectionId: connectionId,
    maxIdleTimeout: varint,
    statelessResetToken: sixteen,
    maxUdpPayloadSize: fc.bigInt({ min: 1200n, max: MAX_VARINT }),
    initialMaxData: varint,
    initialMaxStreamsUni: count,
    ackDelayExponent: fc.bigInt({ min: 0n, max: 20n }),
    maxAckDelay: fc.bigInt({ min: 0n, max: 16_383n }),
    disableActiveMigration: fc.constant(true as const),
    preferredAddress: address,
    activeConnectionIdLimit: fc.bigInt({ min: 2n, max: MAX_VARINT }),
    initialSourceConnectionId: connectionId,
    unknown: fc.array(fc.record({ id: fc.constant(27n), value: octets }), { minLength: 1, maxLength: 1 }),
  },
  { requiredKeys: [] },
);

test('transport parameters come back as they were written, and their spans cover every bit once', () => {
  fc.assert(
    fc.property(parameters, (written) => {
      const bytes = encodeTransportParameters(written);
      const spans: Span[] = [];
      expect(decodeTransportParameters(bytes, 'server', spans)).toEqual(written);
      expectCover(spans, bytes.length);
    }),
  );
});

test.each<[string, string]>([
  ['01 01 05 01 01 05', 'QUIC_PARAMETER_REPEATED'],
  ['21 00 21 00', 'QUIC_PARAMETER_REPEATED'],
  ['00 01 aa', 'QUIC_PARAMETER_WRONG'],
  ['02 10 00000000000000000000000000000000', 'QUIC_PARAMETER_WRONG'],
  ['03 02 44af', 'QUIC_PARAMETER_WRONG'],
  ['0a 01 15', 'QUIC_PARAMETER_WRONG'],
  ['0b 04 80004000', 'QUIC_PARAMETER_WRONG'],
  ['0c 01 00', 'QUIC_PARAMETER_WRONG'],
  ['0e 01 01', 'QUIC_PARAMETER_WRONG'],
  ['08 08 d000000000000001', 'QUIC_PARAMETER_WRONG'],
  ['01 02 05 05', 'QUIC_PARAMETER_WRONG'],
  ['01 00', 'QUIC_PARAMETER_WRONG'],
  ['04 00 05 01 05', 'QUIC_PARAMETER_WRONG'],
  ['0f 15 000000000000000000000000000000000000000000', 'QUIC_PARAMETER_WRONG'],
  ['01', 'QUIC_PARAMETER_TRUNCATED'],
  ['01 05 00', 'QUIC_PARAMETER_TRUNCATED'],
])('the parameters %s of a client: %s', (hex, code) => {
  expect(codeOf(() => decodeTransportParameters(fromHex(hex), 'client'))).toBe(
    `${code} TRANSPORT_PARAMETER_ERROR`,
  );
});

const samples = [
  '02 0a 00 01 01 01 02',
  '06 00 02 6869 00 00',
  '0f 04 05 02 6869',
  '1c 00 06 02 6869',
  `18 05 01 04 aabbccdd ${'00'.repeat(16)}`,
];
fuzzDecoder('quic frames', {
  samples: samples.map((hex) => fromHex(hex)),
  decode: (input) => {
    const frames = decodeFrames(input, '1-rtt');
    // What was read can be written, and means the same again.
    expect(decodeFrames(encodeFrames(frames), '1-rtt')).toEqual(frames);
  },
  errorClass: QuicError,
});
fuzzDecoder('quic transport parameters', {
  samples: [
    '0101050f00210168',
    `0d2a7f00000100500000000000000000000000000000000100500101${'00'.repeat(16)}`,
  ].map((hex) => fromHex(hex)),
  decode: (input) => decodeTransportParameters(input, 'server'),
  errorClass: QuicError,
});
