import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caught } from '@/lib/bytes/caught.fixture';
import type { Span } from '@/lib/bytes';
import { fromHex, toHex } from '@/lib/bytes';
import { inPieces } from './pieces.fixture';
import {
  applyMask,
  CLOSE_CODES,
  encodeFrame,
  FrameReader,
  headerLengthOf,
  isCloseCodeForWire,
  isControl,
  lengthFormOf,
  opcodeNameOf,
  WebSocketError,
  type FrameInput,
  type FrameReaderOptions,
} from '.';

const SEED = 6455;
const utf8 = (text: string) => new TextEncoder().encode(text);
const KEY = fromHex('37fa213d');

/** IANA, WebSocket Opcode Registry and WebSocket Close Code Number Registry, as of 2026. */
const IANA_OPCODES = { 0: 'continuation', 1: 'text', 2: 'binary', 8: 'close', 9: 'ping', 10: 'pong' };
const IANA_CLOSE_CODES = [
  1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 1015,
];

test('opcodes and close codes are those of the IANA registries', () => {
  for (let opcode = 0; opcode < 16; opcode++) {
    expect(opcodeNameOf(opcode)).toBe(IANA_OPCODES[opcode as keyof typeof IANA_OPCODES]);
    expect(isControl(opcode)).toBe(opcode >= 8);
  }
  expect(Object.values(CLOSE_CODES).sort()).toEqual(IANA_CLOSE_CODES);
  const sendable = Array.from({ length: 65_536 }, (_, code) => code).filter(isCloseCodeForWire);
  const reserved = [1005, 1006, 1015];
  expect(sendable.slice(0, 12)).toEqual(IANA_CLOSE_CODES.filter((code) => !reserved.includes(code)));
  expect([sendable[12], sendable.at(-1), sendable.length]).toEqual([3000, 4999, 12 + 2000]);
});

describe('RFC 6455 §5.7', () => {
  const examples: [string, string, FrameInput[]][] = [
    ['unmasked text', '810548656c6c6f', [{ fin: true, opcode: 1, payload: utf8('Hello') }]],
    ['masked text', '818537fa213d7f9f4d5158', [{ fin: true, opcode: 1, mask: KEY, payload: utf8('Hello') }]],
    [
      'fragmented text',
      '010348656c80026c6f',
      [
        { fin: false, opcode: 1, payload: utf8('Hel') },
        { fin: true, opcode: 0, payload: utf8('lo') },
      ],
    ],
    ['ping', '890548656c6c6f', [{ fin: true, opcode: 9, payload: utf8('Hello') }]],
    [
      'pong, masked',
      '8a8537fa213d7f9f4d5158',
      [{ fin: true, opcode: 10, mask: KEY, payload: utf8('Hello') }],
    ],
    ['256 octets', `827e0100${'00'.repeat(256)}`, [{ fin: true, opcode: 2, payload: new Uint8Array(256) }]],
    [
      '65,536 octets',
      `827f0000000000010000${'00'.repeat(65_536)}`,
      [{ fin: true, opcode: 2, payload: new Uint8Array(65_536) }],
    ],
  ];
  test.each(examples)('%s', (_, hex, frames) => {
    expect(frames.map((frame) => toHex(encodeFrame(frame))).join('')).toBe(hex);
    const read = new FrameReader().push(fromHex(hex));
    expect(read).toEqual(frames.map((frame) => ({ rsv1: false, rsv2: false, rsv3: false, ...frame })));
  });
});

test.each([
  [0, 7, 2],
  [125, 7, 2],
  [126, 16, 4],
  [65_535, 16, 4],
  [65_536, 64, 10],
])(
  '§5.2: a payload of %i octets has its length in %i bits, in a header of %i octets',
  (length, bits, header) => {
    expect(lengthFormOf(length)).toBe(bits);
    expect(headerLengthOf(length, false)).toBe(header);
    expect(headerLengthOf(length, true)).toBe(header + 4);
    for (const mask of [undefined, KEY]) {
      const octets = encodeFrame({ fin: true, opcode: 2, mask, payload: new Uint8Array(length) });
      expect(octets.length).toBe(headerLengthOf(length, mask !== undefined) + length);
      expect(new FrameReader().push(octets)[0]?.payload.length).toBe(length);
    }
  },
);

const failures: { cause: string; hex: string; code: string; offset: number; options?: FrameReaderOptions }[] =
  [
    { cause: 'RSV1 without an extension', hex: 'c1', code: 'WEBSOCKET_RESERVED_BITS', offset: 0 },
    { cause: 'RSV2', hex: 'a1', code: 'WEBSOCKET_RESERVED_BITS', offset: 0, options: { rsv1: true } },
    { cause: 'RSV3', hex: '91', code: 'WEBSOCKET_RESERVED_BITS', offset: 0, options: { rsv1: true } },
    {
      cause: 'RSV1 on a Ping',
      hex: 'c9',
      code: 'WEBSOCKET_RESERVED_BITS',
      offset: 0,
      options: { rsv1: true },
    },
    {
      cause: 'RSV1 on a continuation',
      hex: 'c0',
      code: 'WEBSOCKET_RESERVED_BITS',
      offset: 0,
      options: { rsv1: true },
    },
    ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode) => ({
      cause: `opcode ${opcode}`,
      hex: (0x80 | opcode).toString(16),
      code: 'WEBSOCKET_RESERVED_OPCODE',
      offset: 0,
    })),
    { cause: 'a Ping in fragments', hex: '09', code: 'WEBSOCKET_CONTROL_FRAGMENTED', offset: 0 },
    { cause: 'a Ping of 126 octets', hex: '897e', code: 'WEBSOCKET_CONTROL_TOO_LONG', offset: 1 },
    { cause: 'a second frame at fault', hex: '8100897f', code: 'WEBSOCKET_CONTROL_TOO_LONG', offset: 3 },
    {
      cause: 'no mask from a client',
      hex: '8100',
      code: 'WEBSOCKET_MASK_MISSING',
      offset: 1,
      options: { role: 'server' },
    },
    {
      cause: 'a mask from a server',
      hex: '8180',
      code: 'WEBSOCKET_MASK_UNEXPECTED',
      offset: 1,
      options: { role: 'client' },
    },
    { cause: '125 in 16 bits', hex: '827e007d', code: 'WEBSOCKET_LENGTH_NOT_MINIMAL', offset: 2 },
    {
      cause: '65,535 in 64 bits',
      hex: '827f000000000000ffff',
      code: 'WEBSOCKET_LENGTH_NOT_MINIMAL',
      offset: 2,
    },
    { cause: 'a length of 2^63', hex: '827f8000000000000000', code: 'WEBSOCKET_LENGTH_TOP_BIT', offset: 2 },
    {
      cause: 'a length of 2^63 - 1',
      hex: '827f7fffffffffffffff',
      code: 'WEBSOCKET_PAYLOAD_TOO_LONG',
      offset: 2,
    },
    {
      cause: 'over the limit',
      hex: '8209',
      code: 'WEBSOCKET_PAYLOAD_TOO_LONG',
      offset: 1,
      options: { maxPayload: 8 },
    },
  ];

test.each(failures)('a frame with $cause is $code', ({ hex, code, offset, options }) => {
  const pieces = [[fromHex(hex)], Array.from(fromHex(hex), (octet) => Uint8Array.of(octet))];
  for (const chunks of pieces) {
    const reader = new FrameReader(options);
    const error = errorOf(() => chunks.forEach((chunk) => reader.push(chunk)));
    expect([error.code, error.offset]).toEqual([code, offset]);
    expect(error.closeCode).toBe(code === 'WEBSOCKET_PAYLOAD_TOO_LONG' ? 1009 : 1002);
    expect(error.ref).toMatch(/^RFC 6455 §/);
    expect(errorOf(() => reader.push(new Uint8Array(0)))).toBe(error);
  }
});

test('the frames before the fault in the same chunk are kept with the error', () => {
  const error = errorOf(() => new FrameReader().push(fromHex('81024869 8302')));
  expect(error.frames.map(({ payload }) => toHex(payload))).toEqual(['4869']);
});

const anyFrame = fc.record({
  fin: fc.boolean(),
  opcode: fc.constantFrom(0, 1, 2),
  mask: fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 }), { nil: undefined }),
  payload: fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.constantFrom(125, 126, 127, 65_535, 65_536, 70_001).map(counting),
  ),
});

test(`frames are read as they were written, wherever the octets are cut (seed ${SEED})`, () => {
  fc.assert(
    fc.property(fc.array(anyFrame, { maxLength: 5 }), fc.array(fc.nat({ max: 2000 })), (frames, cuts) => {
      const octets = Buffer.concat(frames.map((frame) => encodeFrame(frame)));
      const before = toHex(octets);
      const reader = new FrameReader();
      const read = inPieces(octets, cuts).flatMap((chunk) => reader.push(chunk));
      expect(read.map(wireOf)).toEqual(frames.map(wireOf));
      expect(toHex(octets)).toBe(before);
    }),
    { seed: SEED, numRuns: 60 },
  );
});

test(`§5.3: masking twice changes nothing, and a part may be masked alone (seed ${SEED})`, () => {
  const args = [
    fc.uint8Array({ maxLength: 400 }),
    fc.uint8Array({ minLength: 4, maxLength: 4 }),
    fc.nat(400),
    fc.nat(400),
    fc.nat(9),
  ] as const;
  fc.assert(
    fc.property(...args, (plain, key, one, other, phase) => {
      const [from = 0, to = 0] = [one, other].map((at) => Math.min(at, plain.length)).sort((a, b) => a - b);
      const expected = plain.map((octet, i) =>
        i >= from && i < to ? octet ^ key[(i - from + phase) % 4]! : octet,
      );
      const octets = plain.slice();
      applyMask(octets, key, phase, from, to);
      expect(octets).toEqual(expected);
      applyMask(octets, key, phase, from, to);
      expect(octets).toEqual(plain);
    }),
    { seed: SEED },
  );
});

test('a trace covers every bit once, encoded or decoded, and the status of a Close lies inside its payload', () => {
  const frame: FrameInput = { fin: true, opcode: 8, mask: KEY, payload: fromHex('03e8627965') };
  const written: Span[] = [];
  const octets = encodeFrame(frame, undefined, written);
  const inOne: Span[] = [];
  new FrameReader().push(octets, inOne);
  const inMany: Span[] = [];
  const reader = new FrameReader();
  for (const octet of octets) reader.push(Uint8Array.of(octet), inMany);
  expect(inOne).toEqual(written);
  expect(inMany).toEqual(written);
  const flat = written.filter(({ ref }) => ref !== 'RFC 6455 §5.5.1');
  expect(flat.map(({ end }) => end)).toEqual([1, 2, 3, 4, 8, 9, 16, 48, 88]);
  flat.forEach(({ start }, i) => expect(start).toBe(flat[i - 1]?.end ?? 0));
  expect(written.slice(-2)).toEqual([
    { start: 48, end: 64, name: 'Status code', value: '1000', ref: 'RFC 6455 §5.5.1' },
    { start: 64, end: 88, name: 'Reason', value: 'bye', ref: 'RFC 6455 §5.5.1' },
  ]);
});

test('of a frame at fault the spans reach up to the octet at fault', () => {
  const spans: Span[] = [];
  errorOf(() => new FrameReader().push(fromHex('8101418b'), spans));
  expect(spans.at(-1)).toMatchObject({ start: 28, end: 32, value: '11 = reserved' });
});

test('what has no place in the format is not written', () => {
  const payload = new Uint8Array(126);
  expect(() => encodeFrame({ fin: true, opcode: 16, payload })).toThrow(RangeError);
  expect(() => encodeFrame({ fin: true, opcode: 1, payload, mask: new Uint8Array(3) })).toThrow(RangeError);
  expect(() => encodeFrame({ fin: true, opcode: 1, payload }, { lengthForm: 7 })).toThrow(RangeError);
  const longer = encodeFrame({ fin: true, opcode: 1, payload }, { lengthForm: 64 });
  expect(toHex(longer.subarray(0, 10))).toBe('817f000000000000007e');
});

test('memory follows what was sent, not what a header announces', () => {
  const reader = new FrameReader();
  // 16 MiB announced, one octet sent: this would take seconds if it were laid out at once each time.
  for (let i = 0; i < 2000; i++) {
    expect(new FrameReader().push(fromHex('827f0000000001000000 00'))).toEqual([]);
  }
  expect(reader.push(new Uint8Array(0))).toEqual([]);
});

const wireOf = ({ fin, opcode, mask, payload }: FrameInput) =>
  [fin, opcode, mask && toHex(mask), toHex(payload)].join();

function counting(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => i % 251);
}

const errorOf = (act: () => unknown) =>
  caught(WebSocketError, act) ?? expect.unreachable('nothing was thrown');
