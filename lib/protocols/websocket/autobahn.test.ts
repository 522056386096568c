import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import {
  applyMask,
  encodeFrame,
  isCloseCodeForWire,
  MessageReader,
  PerMessageDeflate,
  WebSocketError,
  type Role,
  type WebSocketEvent,
} from '.';

const vectors = join(import.meta.dirname, '../../../../shared/vectors/websocket');
const isThere = existsSync(vectors);
const read = (file: string): unknown => JSON.parse(readFileSync(join(vectors, file), 'utf8'));
if (!isThere) console.log(`skipped: no vectors at ${vectors}`);

type Step = {
  wireHex?: string;
  frame?: { opcode: number; fin: boolean; rsv: number; length: number; payloadRepeats?: string };
};
type Seen = { message: 'text' | 'binary'; payloadHex?: string; length?: number } | { pong: string };
type Case = {
  id: string;
  steps: Step[];
  expected: { OK?: unknown[] };
  expectedClose: { closedByMe: boolean; closeCode: (number | null)[] };
};

/** What the fuzzer would hear back from an endpoint that echoes: in Autobahn's words. */
function answerTo(event: WebSocketEvent): Seen[] {
  if (event.type === 'ping') return [{ pong: toHex(event.payload) }];
  if (event.type !== 'message') return [];
  const { data } = event;
  return typeof data === 'string'
    ? [{ message: 'text', payloadHex: toHex(new TextEncoder().encode(data)) }]
    : [{ message: 'binary', payloadHex: toHex(data) }];
}

type Outcome = { heard: Seen[]; failedWith: number | undefined; closedWith: number | undefined };

function replay({ steps }: Case, role: Role, chop: number | undefined): Outcome {
  const reader = new MessageReader({ role });
  const outcome: Outcome = { heard: [], failedWith: undefined, closedWith: undefined };
  const take = (events: readonly WebSocketEvent[]): void => {
    for (const event of events) {
      outcome.heard.push(...answerTo(event));
      if (event.type === 'close') outcome.closedWith = event.code;
    }
  };
  try {
    const octets = fromHex(steps.map(hexOf).join(''));
    for (const chunk of piecesOf(role === 'client' ? octets : masked(octets), chop)) {
      take(reader.push(chunk));
    }
  } catch (error) {
    if (!(error instanceof WebSocketError)) throw error;
    take(error.events);
    outcome.failedWith = error.closeCode;
  }
  return outcome;
}

/** A long message is told by its length. */
function likeIn(expected: unknown, seen: Seen): unknown {
  if (!('message' in seen) || !expected || !Object.hasOwn(expected, 'length')) return seen;
  return { message: seen.message, length: (seen.payloadHex ?? '').length / 2 };
}

/** Long frames are given as what their payload repeats. */
function hexOf({ wireHex, frame }: Step): string {
  if (wireHex !== undefined) return wireHex;
  if (!frame) return '';
  const { payloadRepeats = '', length, ...rest } = frame;
  return toHex(encodeFrame({ ...rest, payload: fromHex(payloadRepeats.repeat(length)) }));
}

function piecesOf(octets: Uint8Array, chop: number = octets.length): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < octets.length; at += chop) pieces.push(octets.subarray(at, at + chop));
  return pieces;
}

/** The same frames as a client would send them. A step may hold a part of a frame, so this goes over the whole. */
function masked(octets: Uint8Array): Uint8Array {
  const key = fromHex('37fa213d');
  const out: Uint8Array[] = [];
  for (let at = 0; at < octets.length;) {
    const short = octets[at + 1]! & 0x7f;
    const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
    const digits = toHex(octets.subarray(at + 2, at + 2 + extended));
    const length = extended > 0 ? Number.parseInt(digits, 16) : short;
    const start = at + 2 + extended;
    const payload = octets.slice(start, start + length);
    applyMask(payload, key);
    const header = octets.slice(at, start);
    header[1]! |= 0x80;
    out.push(header, key, payload);
    at = start + length;
  }
  return Buffer.concat(out);
}

describe.skipIf(!isThere)('Autobahn, cases 1 to 7 and 10', () => {
  const { cases } = isThere ? (read('autobahn-1-to-5.json') as { cases: Case[] }) : { cases: [] };
  test.each(cases.map((one) => [one.id, one] as const))('%s', (_, one) => {
    for (const role of ['client', 'server'] as const) {
      for (const chop of [undefined, 1, 64]) {
        const { heard, failedWith, closedWith } = replay(one, role, chop);
        const { closedByMe, closeCode } = one.expectedClose;
        expect(heard.map((seen, i) => likeIn(one.expected.OK?.[i], seen))).toEqual(one.expected.OK);
        expect(failedWith === undefined).toBe(closedByMe);
        if (!closedByMe) expect(closeCode).toContain(failedWith ?? closedWith);
      }
    }
  });
});

test.skipIf(!isThere)('close codes, by the lists of Autobahn 7.7, 7.9 and 7.13', () => {
  const lists = read('close-codes.json') as Record<string, number[]>;
  expect(
    [...lists.validOnTheWire!, ...lists.laterRegistered!].filter((code) => !isCloseCodeForWire(code)),
  ).toEqual([]);
  expect([...lists.invalidOnTheWire!, ...lists.undefined!].filter(isCloseCodeForWire)).toEqual([]);
});

test.skipIf(!isThere)('RFC 6455 §5.7, as in the vectors', () => {
  const { frames } = read('rfc6455-examples.json') as {
    frames: {
      hex?: string;
      headerHex?: string;
      payloadLength?: number;
      masked: boolean;
      messages: { text?: string }[];
    }[];
  };
  for (const { hex, headerHex = '', payloadLength = 0, masked: isMasked, messages } of frames) {
    const octets = fromHex(hex ?? headerHex + '00'.repeat(payloadLength));
    const events = new MessageReader({ role: isMasked ? 'server' : 'client' }).push(octets);
    expect(events.length).toBe(messages.length);
    for (const [index, { text }] of messages.entries()) {
      const event = events[index]!;
      if (event.type === 'close') throw new Error('no Close in these');
      const data = event.type === 'message' ? event.data : new TextDecoder().decode(event.payload);
      if (text === undefined) expect(data.length).toBe(payloadLength);
      else expect(data).toBe(text);
    }
  }
});

describe.skipIf(!isThere)('RFC 7692 §7.2.3', () => {
  type Deflated = {
    id: string;
    frames?: string;
    text?: string;
    payloads?: string[];
    texts?: string[];
    contextTakeover?: boolean;
  };
  const { cases } = isThere ? (read('rfc7692-examples.json') as { cases: Deflated[] }) : { cases: [] };
  test.each(cases.map((one) => [one.id, one] as const))('%s', (_, one) => {
    const params = {
      serverNoContextTakeover: one.contextTakeover === false,
      clientNoContextTakeover: false,
      serverMaxWindowBits: 15,
      clientMaxWindowBits: 15,
    };
    const deflate = new PerMessageDeflate(params, 'client');
    if (one.frames !== undefined) {
      const events = new MessageReader({ role: 'client', deflate }).push(fromHex(one.frames));
      expect(events).toEqual([{ type: 'message', data: one.text }]);
    }
    const texts = (one.payloads ?? []).map((hex) =>
      new TextDecoder().decode(deflate.inflate(fromHex(hex), 100)),
    );
    expect(texts).toEqual(one.texts ?? []);
  });
});
