import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { fromHex, toHex } from '@/lib/bytes';
import { judgeExercise, callsOf } from '@/lib/runner';
import { runInProcess } from '@/lib/runner/engine/in-process';
import { createText } from '@/lib/text';
import { compileMessages, type MessageTree } from '@/lib/text/compile';
import { ownOctets, withBit, withOctet, withPayload } from './compose';
import { exampleIds, exampleOf, examples } from './examples';
import { lab, type WsFrameParams } from './lab';
import { MAX_LENGTH, MAX_PASTED } from './params';
import { readAnswer } from './read-answer';
import type { WsFrameResult } from './run';

const SEED = 6455;
const catalogue = parse(readFileSync('content/en/messages/labs/ws-frame.yaml', 'utf8')) as MessageTree;
const t = createText(compileMessages({ labs: { 'ws-frame': catalogue } }), 'en', 'labs.ws-frame');

const paramsOf = (change: Partial<WsFrameParams> = {}): WsFrameParams =>
  lab.params.parse({ ...lab.params.parse({}), ...change });
const run = (change: Partial<WsFrameParams> = {}): WsFrameResult => lab.run(paramsOf(change), { seed: 1 });
const octets = (hex: string, change: Partial<WsFrameParams> = {}) =>
  run({ source: 'octets', octets: hex.replaceAll(' ', ''), ...change });
const said = (result: WsFrameResult) => result.reading.map(({ text }) => t(text));
const check = (id: string, change: Partial<WsFrameParams>) => {
  const task = lab.tasks.find((one) => one.id === id);
  const verdict = task?.check(run(change), paramsOf(change));
  return verdict?.passed ? 'passed' : verdict?.hint && t(verdict.hint);
};
const pasted = (hex: string, change: Partial<WsFrameParams> = {}): Partial<WsFrameParams> => ({
  source: 'octets',
  octets: hex.replaceAll(' ', ''),
  ...change,
});

describe('the picture', () => {
  test('RFC 6455 §5.7: Hello from a browser is what the RFC prints', () => {
    const result = run();
    expect(toHex(result.octets)).toBe('818537fa213d7f9f4d5158');
    expect(result.events).toEqual([{ type: 'message', data: 'Hello' }]);
    expect(result.masking.map(({ wire, key, plain }) => [wire ^ key, plain])).toEqual(
      Array.from(new TextEncoder().encode('Hello'), (octet) => [octet, octet]),
    );
  });

  test.each(exampleIds)('the example %s has a name, is found again, and speaks of every field once', (id) => {
    const result = lab.run(examples[id], { seed: 1 });
    expect(result.problem).toBe(undefined);
    expect(exampleOf(examples[id])).toBe(id);
    for (const key of ['name', 'about']) expect(t.has(`examples.${id}.${key}`)).toBe(true);
    const spoken = new Set(
      result.reading.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i)),
    );
    expect([...spoken].sort((a, b) => a - b)).toEqual(result.fields.map((_, index) => index));
    for (const sentence of said(result)) expect(sentence).not.toMatch(/\[|undefined|NaN|\{/);
    for (const { id: field, value } of result.fields) {
      expect(t(`fields.${field}`)).not.toContain('[');
      expect(t(value)).not.toContain('[');
    }
  });

  test('an octet is unmasked in words, one after the other', () => {
    expect(said(run())).toContain('Octet 5: 58 on the wire, XOR 37 of the key, makes 6f, which is “o”.');
    expect(run().reading.flatMap(({ octet }) => octet ?? [])).toEqual([0, 1, 2, 3, 4]);
  });

  test('two fragments are read as one message, and what comes after a Close is not read', () => {
    expect(run(examples.fragments).events).toEqual([{ type: 'message', data: 'Hello' }]);
    const closed = octets('8802 03e8 8100', { from: 'server' });
    expect(closed.problem).toBe(undefined);
    expect(closed.fields.at(-1)?.id).toBe('after-close');
    expect(closed.missing).toBe(0);
  });

  test.each([
    ['', 2],
    ['81', 1],
    ['8185', 4],
    ['81fe', 6],
    ['818537fa213d7f9f', 3],
  ])('of %j the reader still misses %i octets', (hex, missing) => {
    const result = octets(hex);
    expect(result.missing).toBe(missing);
    expect(said(result).at(-1)).toMatch(/still missing/);
  });
});

describe('what breaks a rule is named where it stands, with the close code', () => {
  test.each<[string, Partial<WsFrameParams>, string, number, number | undefined]>([
    ['no mask', { masked: false }, 'WEBSOCKET_MASK_MISSING', 1, 1002],
    ['a mask from a server', { from: 'server' }, 'WEBSOCKET_MASK_UNEXPECTED', 1, 1002],
    ['RSV2', { rsv2: true }, 'WEBSOCKET_RESERVED_BITS', 0, 1002],
    ['opcode 11', { opcode: 11 }, 'WEBSOCKET_RESERVED_OPCODE', 0, 1002],
    ['a ping in fragments', { opcode: 9, fin: false }, 'WEBSOCKET_CONTROL_FRAGMENTED', 0, 1002],
    ['a long ping', { opcode: 9, length: 126 }, 'WEBSOCKET_CONTROL_TOO_LONG', 1, 1002],
    ['5 in 16 bits', { lengthForm: '16' }, 'WEBSOCKET_LENGTH_NOT_MINIMAL', 2, 1002],
    ['5 in 64 bits', { lengthForm: '64' }, 'WEBSOCKET_LENGTH_NOT_MINIMAL', 2, 1002],
    ['a continuation of nothing', { opcode: 0 }, 'WEBSOCKET_CONTINUATION_UNEXPECTED', 0, 1002],
    ['half a character', { payload: 'c3a9', length: 1 }, 'WEBSOCKET_INVALID_UTF8', 7, 1007],
    ['half a status code', { opcode: 8, length: 1 }, 'WEBSOCKET_CLOSE_TOO_SHORT', 6, 1002],
    ['status 1005', { opcode: 8, payload: '03ed', length: 2 }, 'WEBSOCKET_CLOSE_CODE_INVALID', 6, 1002],
    ['a length of 2^63', pasted('82ff 8000000000000000'), 'WEBSOCKET_LENGTH_TOP_BIT', 2, 1002],
    ['17 MiB announced', pasted('82ff 0000000001100000'), 'WEBSOCKET_PAYLOAD_TOO_LONG', 2, 1009],
    [
      'a second message begun',
      pasted('0100 8100', { from: 'server' }),
      'WEBSOCKET_CONTINUATION_EXPECTED',
      2,
      1002,
    ],
    ['no hex', pasted('8z'), 'HEX_INVALID_CHARACTER', 1, undefined],
    ['half an octet', pasted('818'), 'HEX_ODD_LENGTH', 3, undefined],
  ])('%s', (_, change, code, offset, closeCode) => {
    const result = run(change);
    expect(result.problem).toMatchObject({ code, offset });
    expect(result.problem?.closeCode).toBe(closeCode);
    expect(t(result.problem?.text ?? { key: '' })).not.toMatch(/\[|undefined|NaN/);
    if (closeCode) expect(said(result).at(-1)).toContain(`with code ${closeCode}`);
  });

  test('a masked status code is named as it is, not as it is on the wire', () => {
    const { problem } = run({ opcode: 8, payload: '03ed', length: 2 });
    expect(problem && t(problem.text)).toContain('Status 1005');
  });
});

describe('predictions', () => {
  const answerOf = (id: string) => {
    const prediction = lab.predictions.find((one) => one.id === id);
    const params = paramsOf(prediction?.set);
    return prediction?.answer(lab.run(params, { seed: 1 }), params);
  };
  test('are answered as the RFC has it', () => {
    // §5.2: two octets, two of extended length, four of key, the payload.
    expect(answerOf('client-126')).toBe(2 + 2 + 4 + 126);
    // 2 + 125 against 2 + 2 + 126.
    expect(answerOf('one-more')).toBe(130 - 127);
    // §5.1: a server closes upon a frame that is not masked.
    expect(answerOf('no-mask')).toBe('fails');
    // x XOR 0 = x, and no rule forbids the key.
    expect(answerOf('zero-key')).toBe('readable');
  });
});

describe('tasks are failed with a hint that says what is missing, and passed', () => {
  const long = examples['length-126'];
  test('four fewer octets', () => {
    expect(check('four-fewer', {})).toContain('now it is 5');
    expect(check('four-fewer', long)).toContain('134 octets, 8 more than its payload');
    expect(check('four-fewer', { ...long, masked: false })).toContain('browser, which must mask');
    expect(check('four-fewer', { ...long, rsv1: true })).toContain('does not take');
    expect(check('four-fewer', { ...long, from: 'server', masked: false })).toBe('passed');
  });
  test('the shortest frame that a server must reject', () => {
    expect(check('shortest-rejected', { from: 'server' })).toContain('from a server');
    expect(check('shortest-rejected', {})).toContain('without complaint');
    expect(check('shortest-rejected', pasted('81'))).toContain('one more octet');
    expect(check('shortest-rejected', { masked: false })).toContain('7 octets, and the fault is at octet 1');
    expect(check('shortest-rejected', pasted('8100'))).toBe('passed');
    expect(check('shortest-rejected', pasted('83'))).toBe('passed');
    expect(check('shortest-rejected', { masked: false, length: 0 })).toBe('passed');
  });
  test('GET on the wire', () => {
    expect(check('spell-get', { masked: false })).toContain('rejects this frame');
    expect(check('spell-get', { length: 3 })).toContain('it has 3 octets');
    expect(check('spell-get', {})).toBe(
      'Octet 1 is 7f on the wire, and should be 47. The key has 37 there. XOR of payload and wanted octet gives the key.',
    );
    expect(check('spell-get', { ...withPayload(fromHex('47455420')), key: '00000000' })).toContain(
      'key of zeros',
    );
    // H XOR G, e XOR E, l XOR T, l XOR space.
    expect(check('spell-get', { key: '0f20384c' })).toBe('passed');
  });
  test('a character in two frames', () => {
    expect(check('split-character', {})).toContain('two frames');
    expect(check('split-character', pasted('8101c3 8001a9', { from: 'server' }))).toContain(
      'breaks at octet 3',
    );
    expect(check('split-character', pasted('0101c3 8101a9', { from: 'server' }))).toContain(
      'CONTINUATION_EXPECTED',
    );
    expect(check('split-character', pasted('0101c3 0001a9', { from: 'server' }))).toContain('not at its end');
    expect(check('split-character', pasted('010161 800162', { from: 'server' }))).toContain('no “é”');
    expect(check('split-character', pasted('0102c3a9 8000', { from: 'server' }))).toContain(
      'in the same frame',
    );
    expect(check('split-character', pasted('0101c3 8001a9', { from: 'server' }))).toBe('passed');
    // From a browser, with a ping between: c3 XOR 01, a9 XOR 02.
    expect(check('split-character', pasted('018101000000c2 898000000000 808102000000ab'))).toBe('passed');
  });
  test('1007, not 1002', () => {
    expect(check('not-1002', {})).toContain('Nothing is wrong');
    expect(check('not-1002', { opcode: 2, payload: 'ff', length: 1 })).toContain(
      'binary message may hold anything',
    );
    expect(check('not-1002', { rsv3: true })).toContain('That was 1002');
    expect(check('not-1002', { payload: 'ff', length: 1 })).toBe('passed');
  });
});

describe('truth: each simplification is one', () => {
  test('the key stays the same from run to run', () => {
    expect(run().octets).toEqual(run().octets);
  });
  test('no message has begun before these octets: a continuation alone is refused, after a beginning it is not', () => {
    expect(run({ opcode: 0 }).problem?.code).toBe('WEBSOCKET_CONTINUATION_UNEXPECTED');
    expect(octets('0100 8000', { from: 'server' }).problem).toBe(undefined);
  });
  test('no extension was agreed on: RSV1 is refused', () => {
    expect(run({ rsv1: true }).problem?.code).toBe('WEBSOCKET_RESERVED_BITS');
  });
  test('more than 320 octets are not taken as pasted, but can be composed', () => {
    expect(ownOctets(new Uint8Array(MAX_PASTED + 1))).toEqual({});
    expect(run({ length: MAX_LENGTH }).octets.length).toBe(2 + 8 + 4 + MAX_LENGTH);
  });
});

test('a bit turned over makes the octets the learner’s own', () => {
  const { octets: hello } = run();
  expect(run(withBit(hello, 0, 0))).toMatchObject({ problem: undefined, events: [] });
  expect(run(withBit(hello, 8, 0)).problem?.code).toBe('WEBSOCKET_MASK_MISSING');
  expect(run(withOctet(hello, 0, 0x83)).problem?.code).toBe('WEBSOCKET_RESERVED_OPCODE');
});

test('the wire sends a browser’s frame behind a handshake, and nothing of a server’s', () => {
  const parts = lab.wire?.octets(run(), paramsOf()) as Uint8Array[];
  expect(new TextDecoder().decode(parts[0])).toMatch(/^GET \/ HTTP\/1\.1\r\n/);
  expect(parts[1]).toEqual(run().octets);
  expect(lab.wire?.octets(run({ from: 'server' }), paramsOf({ from: 'server' }))).toEqual([]);
});

test('the answer of the wire is read frame by frame, spans and all', () => {
  const head = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n';
  const reply = Buffer.concat([Buffer.from(head), fromHex('810548656c6c6f 880203ea')]);
  const answer = {
    peer: 'websocket',
    received: [{ atMs: 1, octets: reply }],
    understood: [],
    closedBy: 'peer',
    closeReason: 'fin',
  } as const;
  const { spans, sentences } = readAnswer(answer);
  expect(sentences.map((one) => t(one))).toEqual([
    `ws answered the handshake in ${head.length} octets: HTTP/1.1 101 Switching Protocols`,
    'It sent a text message back, in a frame that is not masked: Hello',
    'It sent a Close frame with code 1002.',
  ]);
  expect(spans[1]).toMatchObject({ start: head.length * 8, name: 'FIN' });
  const broken = readAnswer({
    ...answer,
    received: [{ atMs: 1, octets: Buffer.concat([Buffer.from(head), fromHex('83')]) }],
  });
  expect(broken.sentences.map((one) => t(one)).at(-1)).toContain('WEBSOCKET_RESERVED_OPCODE');
  expect(readAnswer({ ...answer, received: [] }).sentences.map((one) => t(one))).toEqual([
    'ws answered no whole head.',
  ]);
});

const anyParams = fc.record({
  from: fc.constantFrom('client', 'server'),
  source: fc.constantFrom('fields', 'octets'),
  opcode: fc.integer({ min: 0, max: 15 }),
  payload: fc.oneof(
    fc.uint8Array({ maxLength: 40 }).map((one) => toHex(one)),
    fc.string({ maxLength: 30 }),
  ),
  length: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constantFrom(65_535, 65_536, MAX_LENGTH)),
  fin: fc.boolean(),
  rsv1: fc.boolean(),
  rsv2: fc.constant(false),
  rsv3: fc.boolean(),
  masked: fc.boolean(),
  key: fc.oneof(
    fc.uint8Array({ maxLength: 4 }).map((one) => toHex(one)),
    fc.string({ maxLength: 8 }),
  ),
  lengthForm: fc.constantFrom('shortest', '16', '64'),
  octets: fc.oneof(
    fc.uint8Array({ maxLength: MAX_PASTED }).map((one) => toHex(one)),
    fc.string({ maxLength: 40 }),
  ),
});

test(`whatever the params, a run ends, is the same again, and can be told (seed ${SEED})`, () => {
  fc.assert(
    fc.property(anyParams, (change) => {
      const params = lab.params.parse(change);
      const result = lab.run(params, { seed: 1 });
      const again = lab.run(params, { seed: 1 });
      expect(Buffer.compare(again.octets, result.octets)).toBe(0);
      expect({ ...again, octets: 0, events: 0 }).toEqual({ ...result, octets: 0, events: 0 });
      expect(result.reading.length).toBeGreaterThan(0);
      for (const sentence of said(result)) expect(sentence).not.toMatch(/undefined|NaN/);
      for (const task of lab.tasks) task.check(result, params);
    }),
    { seed: SEED, numRuns: 100 },
  );
});

describe('the exercise', () => {
  const judge = async (id: string, code: string) => {
    const stage = lab.exercise?.stages.find((one) => one.id === id);
    if (!stage) throw new Error(`no stage ${id}`);
    return judgeExercise(stage, await runInProcess({ code, calls: callsOf(stage) }));
  };
  test('a right answer written differently passes', async () => {
    const mask = `export function applyMask(payload, key) {
      const out = new Uint8Array(payload.length);
      for (let i = 0; i < payload.length; i++) out[i] = payload[i] ^ key[i & 3];
      return out;
    }`;
    const length = `export const encodeLength = (n) => {
      if (n < 126) return [n];
      const view = new DataView(new ArrayBuffer(8));
      view.setBigUint64(0, BigInt(n));
      const all = [...new Uint8Array(view.buffer)];
      return n < 65536 ? [126, ...all.slice(6)] : [127, ...all];
    };`;
    const encode = `export function encodeFrame(frame) {
      const n = frame.payload.length;
      const head = n < 126 ? [n] : [126, Math.floor(n / 256), n % 256];
      if (frame.mask) head[0] += 128;
      const body = frame.mask ? frame.payload.map((o, i) => o ^ frame.mask[i & 3]) : frame.payload;
      return Uint8Array.from([(frame.fin ? 128 : 0) + frame.opcode].concat(head, frame.mask ?? [], body));
    }`;
    const read = `export function readFrame(bytes) {
      try {
        let at = 0;
        const next = () => { if (at >= bytes.length) throw new RangeError('more'); return bytes[at++]; };
        const first = next(), second = next();
        let length = second % 128;
        if (length === 126) length = next() * 256 + next();
        else if (length === 127) { length = 0; for (let i = 0; i < 8; i++) length = length * 256 + next(); }
        const key = second > 127 ? [next(), next(), next(), next()] : [0, 0, 0, 0];
        const payload = [];
        while (payload.length < length) payload.push(next() ^ key[payload.length % 4]);
        return { octets: at, payload, opcode: first % 16, fin: first > 127 };
      } catch { return null; }
    }`;
    for (const [id, code] of Object.entries({ mask, length, encode, read })) {
      expect(await judge(id, code), id).toMatchObject({ passed: true });
    }
  });
});
