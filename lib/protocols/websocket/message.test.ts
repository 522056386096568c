import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caught } from '@/lib/bytes/caught.fixture';
import type { Span } from '@/lib/bytes';
import { fromHex, toHex } from '@/lib/bytes';
import { inPieces } from './pieces.fixture';
import {
  decodeClosePayload,
  encodeClose,
  encodeClosePayload,
  encodeControl,
  encodeFrame,
  encodeMessage,
  FrameReader,
  MessageReader,
  Utf8Validator,
  WebSocketError,
  type MessageReaderOptions,
  type WebSocketEvent,
} from '.';

const SEED = 5764;
const utf8 = (text: string) => new TextEncoder().encode(text);

const errorOf = (act: () => unknown) =>
  caught(WebSocketError, act) ?? expect.unreachable('nothing was thrown');

const readAll = (octets: Uint8Array, options?: Partial<MessageReaderOptions>): WebSocketEvent[] =>
  new MessageReader({ role: 'client', ...options }).push(octets);

test('RFC 6455 §5.4: control frames come between the fragments of a message, and are told first', () => {
  const octets = fromHex('010348656c' + '8902' + '6869' + '8a00' + '80026c6f');
  expect(readAll(octets)).toEqual([
    { type: 'ping', payload: fromHex('6869') },
    { type: 'pong', payload: new Uint8Array(0) },
    { type: 'message', data: 'Hello' },
  ]);
});

test('empty messages and empty fragments are messages too', () => {
  expect(readAll(fromHex('8100 8200 0100 0000 8000'))).toEqual([
    { type: 'message', data: '' },
    { type: 'message', data: new Uint8Array(0) },
    { type: 'message', data: '' },
  ]);
});

test('a byte order mark is a part of the message', () => {
  expect(readAll(fromHex('8104efbbbf41'))).toEqual([{ type: 'message', data: '\ufeffA' }]);
});

test.each([
  ['a continuation of nothing', '8000', 'WEBSOCKET_CONTINUATION_UNEXPECTED', 0, 1002],
  ['a continuation after the end', '01008000 8001', 'WEBSOCKET_CONTINUATION_UNEXPECTED', 4, 1002],
  ['a new message inside another', '0101 61 8201', 'WEBSOCKET_CONTINUATION_EXPECTED', 3, 1002],
  ['a frame over the limit', '8111', 'WEBSOCKET_PAYLOAD_TOO_LONG', 1, 1009],
  ['fragments over the limit', `0110${'61'.repeat(16)}8001`, 'WEBSOCKET_MESSAGE_TOO_LONG', 18, 1009],
  ['text that ends in a character', '8102c3a9 8101c3', 'WEBSOCKET_INVALID_UTF8', 7, 1007],
  ['text that ends in a character, in fragments', '0101c3 8000', 'WEBSOCKET_INVALID_UTF8', 5, 1007],
  ['text that is none', '8103 61ff62', 'WEBSOCKET_INVALID_UTF8', 3, 1007],
  ['a Close of one octet', '880103', 'WEBSOCKET_CLOSE_TOO_SHORT', 2, 1002],
  ['a Close with 1005', '880203ed', 'WEBSOCKET_CLOSE_CODE_INVALID', 2, 1002],
  ['a Close with a reason that is no text', '880403e8 61ff', 'WEBSOCKET_INVALID_UTF8', 5, 1007],
  ['a Close with half a character', '880303e8 c3', 'WEBSOCKET_INVALID_UTF8', 5, 1007],
])('%s', (_, hex, code, offset, closeCode) => {
  const error = errorOf(() => readAll(fromHex(hex), { maxMessage: 16 }));
  expect([error.code, error.offset, error.closeCode]).toEqual([code, offset, closeCode]);
});

test('what came before the fault in the same chunk is kept with the error', () => {
  const error = errorOf(() => readAll(fromHex('8102686989008300')));
  expect(error.events).toEqual([
    { type: 'message', data: 'hi' },
    { type: 'ping', payload: new Uint8Array(0) },
  ]);
});

test('after a Close nothing is read, be it ever so wrong', () => {
  const reader = new MessageReader({ role: 'client' });
  expect(reader.push(fromHex('880503e8627965 ffff'))).toEqual([{ type: 'close', code: 1000, reason: 'bye' }]);
  expect(reader.push(fromHex('ffff'))).toEqual([]);
  expect(readAll(fromHex('8800'))).toEqual([{ type: 'close', code: 1005, reason: '' }]);
});

describe('text fails at the first octet that cannot be right, in the middle of a frame', () => {
  const kosme = 'cebae1bdb9cf83cebcceb5';
  test.each([
    ['above U+10FFFF (Autobahn 6.4)', `${kosme}f4`, '90'],
    ['a surrogate', 'ed', 'a0'],
    ['overlong, two octets', '61', 'c0'],
    ['overlong, two octets, c1', '61', 'c1'],
    ['overlong, three octets', 'e0', '9f'],
    ['overlong, four octets', 'f0', '8f'],
    ['a first octet that begins nothing', '61', 'f5'],
    ['a continuation of nothing', '61', '80'],
    ['a character cut off', 'e2 82', '61'],
  ])('%s', (_, good, bad) => {
    const before = fromHex(good);
    for (const isFragmented of [false, true]) {
      const reader = new MessageReader({ role: 'client' });
      const head = isFragmented ? `01${hex(before.length)}` : '817d';
      expect(reader.push(fromHex(head + toHex(before)))).toEqual([]);
      if (isFragmented) expect(reader.push(fromHex('007d'))).toEqual([]);
      const error = errorOf(() => reader.push(fromHex(bad)));
      const offset = 2 + before.length + (isFragmented ? 2 : 0);
      expect([error.code, error.closeCode, error.offset]).toEqual(['WEBSOCKET_INVALID_UTF8', 1007, offset]);
    }
  });
});

test(`the validator agrees with the platform's decoder on every text and every mutation (seed ${SEED})`, () => {
  const octet = fc.nat(255);
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.array(fc.tuple(fc.nat(200), octet), { maxLength: 2 }),
      (text, edits) => {
        const octets = utf8(text);
        for (const [at, value] of edits) if (at < octets.length) octets[at] = value;
        const validator = new Utf8Validator();
        const holds = validator.push(octets) < 0 && validator.isComplete;
        let decodes = true;
        try {
          new TextDecoder('utf-8', { fatal: true }).decode(octets);
        } catch {
          decodes = false;
        }
        expect(holds).toBe(decodes);
      },
    ),
    { seed: SEED, numRuns: 500 },
  );
});

const message = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.uint8Array({ maxLength: 300 }));
const control = fc.tuple(fc.constantFrom(9, 10), fc.uint8Array({ maxLength: 125 }));

test(`messages are read as they were written, however they are fragmented, mixed and cut (seed ${SEED})`, () => {
  const args = [
    fc.array(message, { maxLength: 4 }),
    control,
    fc.integer({ min: 1, max: 200 }),
    fc.array(fc.nat(150)),
    fc.boolean(),
  ] as const;
  fc.assert(
    fc.property(...args, (messages, [opcode, payload], fragmentOctets, cuts, isClient) => {
      const key = fromHex('01fe5a3c');
      const mask = isClient ? key : undefined;
      const nextMask = isClient ? () => key : undefined;
      const frames = messages.flatMap((data) => encodeMessage(data, { nextMask, fragmentOctets }));
      // A control frame after every other: between fragments as well.
      const between = encodeControl(opcode, payload, mask);
      const octets = Buffer.concat([
        ...frames.flatMap((frame) => [between, frame]),
        encodeClose(1000, 'x', mask),
      ]);
      const reader = new MessageReader({ role: isClient ? 'server' : 'client' });
      const events = inPieces(octets, cuts).flatMap((chunk) => reader.push(chunk));
      const spoken = events.flatMap((event) => (event.type === 'message' ? [event.data] : []));
      // What cannot be text (half a surrogate) is sent as the replacement character.
      expect(spoken.map(plain)).toEqual(
        messages.map((data) => plain(typeof data === 'string' ? asSent(data) : data)),
      );
      const type = opcode === 9 ? 'ping' : 'pong';
      const controls = events.filter((event) => event.type === type);
      expect(controls).toEqual(frames.map(() => ({ type, payload })));
      expect(events.at(-1)).toEqual({ type: 'close', code: 1000, reason: 'x' });
    }),
    { seed: SEED, numRuns: 100 },
  );
});

test(`the wrong octet is the same wherever the octets are cut (seed ${SEED})`, () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.array(fc.nat(12)), (octets, cuts) => {
      const outcome = (chunks: Uint8Array[]) => {
        const reader = new MessageReader({ role: 'client', maxMessage: 100 });
        const events: WebSocketEvent[] = [];
        try {
          for (const chunk of chunks) events.push(...reader.push(chunk));
          return { events };
        } catch (error) {
          if (!(error instanceof WebSocketError)) throw error;
          const { code, offset, seen, expected } = error;
          return { events: [...events, ...error.events], code, offset, seen, expected };
        }
      };
      expect(outcome(inPieces(octets, cuts))).toEqual(outcome([octets]));
    }),
    { seed: SEED, numRuns: 400 },
  );
});

test('§5.5.1: a Close is a code and a reason of at most 123 octets', () => {
  expect(toHex(encodeClosePayload(1000, 'bye'))).toBe('03e8627965');
  expect(decodeClosePayload(fromHex('03e8627965'))).toEqual({ code: 1000, reason: 'bye' });
  expect(encodeClosePayload()).toEqual(new Uint8Array(0));
  expect(encodeClosePayload(1000, 'é'.repeat(61)).length).toBe(124);
  expect(() => encodeClosePayload(1000, 'é'.repeat(62))).toThrow(RangeError);
  expect(() => encodeClosePayload(undefined, 'why')).toThrow(RangeError);
  expect(() => encodeControl(1, new Uint8Array(0))).toThrow(RangeError);
  expect(() => encodeControl(9, new Uint8Array(126))).toThrow(RangeError);
});

test('a message is cut into fragments of the size that was asked for', () => {
  const frames = encodeMessage('abcde', { fragmentOctets: 2 }).flatMap((octets) =>
    new FrameReader().push(octets),
  );
  expect(frames.map(({ fin, opcode, payload }) => [fin, opcode, payload.length])).toEqual([
    [false, 1, 2],
    [false, 0, 2],
    [true, 0, 1],
  ]);
  expect(encodeMessage(new Uint8Array(0)).map((frame) => toHex(frame))).toEqual(['8200']);
  expect(() => encodeMessage('a', { fragmentOctets: 0 })).toThrow(RangeError);
});

test('the messages of a reader with a trace sink are those of one without, and its spans cover every bit', () => {
  const spans: Span[] = [];
  const octets = Buffer.concat([
    ...encodeMessage('Hello, world', { fragmentOctets: 5 }),
    encodeFrame({ fin: true, opcode: 9, payload: utf8('?') }),
    encodeClose(1001, 'going'),
  ]);
  const reader = new MessageReader({ role: 'client' });
  const events = inPieces(octets, [3, 1, 7]).flatMap((chunk) => reader.push(chunk, spans));
  expect(events).toEqual(readAll(octets));
  const flat = spans.filter(({ ref }) => ref !== 'RFC 6455 §5.5.1');
  flat.forEach(({ start }, i) => expect(start).toBe(flat[i - 1]?.end ?? 0));
  expect(flat.at(-1)?.end).toBe(octets.length * 8);
});

const hex = (octet: number) => octet.toString(16).padStart(2, '0');
const plain = (data: string | Uint8Array) => (typeof data === 'string' ? `text ${data}` : toHex(data));

/** Half a surrogate is no character. */
const asSent = (text: string) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(utf8(text));
