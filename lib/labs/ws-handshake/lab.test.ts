import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createText } from '@/lib/text';
import { compileMessages, type MessageTree } from '@/lib/text/compile';
import { lab, type WsHandshakeParams } from './lab';
import { readAnswer } from './read-answer';
import type { WsHandshakeResult } from './run';

const SEED = 101;
const catalogue = parse(readFileSync('content/en/messages/labs/ws-handshake.yaml', 'utf8')) as MessageTree;
const t = createText(compileMessages({ labs: { 'ws-handshake': catalogue } }), 'en', 'labs.ws-handshake');

const paramsOf = (change: Partial<WsHandshakeParams> = {}): WsHandshakeParams =>
  lab.params.parse({ ...lab.params.parse({}), ...change });
const run = (change: Partial<WsHandshakeParams> = {}): WsHandshakeResult =>
  lab.run(paramsOf(change), { seed: 1 });
const said = (result: WsHandshakeResult) => result.reading.map(({ text }) => t(text));
const check = (id: string, change: Partial<WsHandshakeParams> = {}) => {
  const verdict = lab.tasks.find((one) => one.id === id)?.check(run(change), paramsOf(change));
  return verdict?.passed ? 'passed' : verdict?.hint && t(verdict.hint);
};

test('RFC 6455 §1.3: the RFC’s key makes the RFC’s accept value, and the WebSocket opens', () => {
  const result = run();
  expect(result.outcome).toBe('open');
  expect(result.response).toContain('Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n');
  expect(result.subprotocol).toBe('chat');
  expect(said(result).at(-1)).toBe('The WebSocket is open. Subprotocol: chat. Extensions: none.');
});

test.each<[string, Partial<WsHandshakeParams>, 'open' | 'refused' | 'failed', string]>([
  ['POST', { method: 'POST' }, 'refused', 'METHOD'],
  ['HTTP/1.0', { httpVersion: '1.0' }, 'refused', 'HTTP_VERSION'],
  ['no Upgrade', { upgrade: false }, 'refused', 'UPGRADE'],
  ['a proxy that does not know WebSocket', { connection: 'lost' }, 'refused', 'UPGRADE'],
  ['keep-alive beside Upgrade', { connection: 'both' }, 'open', ''],
  ['a key of 15 octets', { key: 'MTIzNDU2Nzg5MDEyMzQ1' }, 'refused', 'KEY'],
  ['version 8', { version: '8' }, 'refused', 'VERSION'],
  ['no version', { version: 'none' }, 'refused', 'VERSION'],
  ['a subprotocol twice', { offered: 'chat, chat' }, 'refused', 'SUBPROTOCOL_MALFORMED'],
  ['a status of 200', { status: '200' }, 'failed', 'STATUS'],
  ['the key sent back', { accept: 'echo' }, 'failed', 'ACCEPT'],
  ['an accept value in small letters', { accept: 'lower' }, 'failed', 'ACCEPT'],
  ['nothing in common, and a browser asks', { known: 'x' }, 'failed', 'SUBPROTOCOL_MISSING'],
  ['nothing in common, and another program asks', { known: 'x', client: 'program' }, 'open', ''],
  ['a subprotocol of the server’s own', { protocol: 'invented' }, 'failed', 'SUBPROTOCOL_NOT_OFFERED'],
  ['an extension of the server’s own', { deflate: 'invented' }, 'failed', 'EXTENSION_NOT_OFFERED'],
  ['compression agreed on', { deflate: 'agreed' }, 'open', ''],
  ['compression agreed on that nobody offered', { deflate: 'agreed', offersDeflate: false }, 'open', ''],
])('%s', (_, change, outcome, code) => {
  const result = run(change);
  expect(result.outcome).toBe(outcome);
  const problems = outcome === 'refused' ? result.requestProblems : result.responseProblems;
  expect(problems[0]?.code ?? '').toBe(code && `WEBSOCKET_HANDSHAKE_${code}`);
  for (const sentence of said(result)) expect(sentence).not.toMatch(/\[[a-z]|undefined|NaN|\{/);
});

test('a problem stands at its line, or beside the lines if its line is missing', () => {
  const wrong = run({ version: '8' }).requestLines.find(({ problem }) => problem);
  expect(wrong?.text).toBe('Sec-WebSocket-Version: 8');
  expect(run({ upgrade: false }).requestLines.some(({ problem }) => problem)).toBe(false);
  expect(run({ method: 'POST' }).requestLines[0]?.problem?.code).toBe('WEBSOCKET_HANDSHAKE_METHOD');
});

test('predictions are answered as the RFC has it', () => {
  const answers = lab.predictions.map((prediction) => {
    const params = paramsOf(prediction.set);
    return prediction.answer(lab.run(params, { seed: 1 }), params);
  });
  // WHATWG WebSockets: a browser given none hangs up (seen in Chromium 156); RFC 6455 §4.1: fail on one not offered;
  // §4.2.1: no Upgrade, no handshake; 20 octets, ⌈20 / 3⌉ × 4.
  expect(answers).toEqual(['failed', 'failed', 'refused', 28]);
});

test('tasks are failed with a hint that says what is missing, and passed', () => {
  expect(check('open-without')).toContain('chose chat');
  expect(check('open-without', { offered: ' ' })).toContain('too easy');
  expect(check('open-without', { status: '200' })).toContain('does not open');
  expect(check('open-without', { known: 'graphql' })).toContain('browser hangs up');
  expect(check('open-without', { known: 'graphql', client: 'program' })).toBe('passed');

  expect(check('browser-hangs-up')).toContain('is content');
  expect(check('browser-hangs-up', { method: 'POST' })).toContain('server refused');
  expect(check('browser-hangs-up', { status: '200' })).toContain('because of the status');
  for (const change of [{ accept: 'lower' }, { protocol: 'invented' }, { deflate: 'invented' }] as const) {
    expect(check('browser-hangs-up', change)).toBe('passed');
  }

  expect(check('upgrade-required')).toContain('server agrees');
  expect(check('upgrade-required', { version: '8', method: 'POST' })).toContain('refuses with 405');
  expect(check('upgrade-required', { version: '8' })).toBe('passed');

  expect(check('compressed')).toContain('declines');
  expect(check('compressed', { offersDeflate: false, deflate: 'agreed' })).toContain('does not offer');
  expect(check('compressed', { deflate: 'invented' })).toContain('does not open');
  expect(check('compressed', { deflate: 'agreed' })).toBe('passed');
});

describe('truth: each simplification is one', () => {
  test('no cookie and no user agent is in the request', () => {
    expect(run().request).not.toMatch(/cookie|user-agent/i);
  });
  test('the key is the same from run to run', () => {
    expect(run()).toEqual(run());
  });
  test('an origin stands in the request and is asked for by nobody', () => {
    expect(run().request).toContain('Origin: https://app.example.com');
    expect(run().outcome).toBe('open');
  });
});

test('the wire sends the request as it stands, and compares the accept value', () => {
  const result = run();
  expect(lab.wire?.octets(result, paramsOf())).toEqual(new TextEncoder().encode(result.request));
  const answered = (text: string) =>
    readAnswer(
      {
        peer: 'websocket',
        received: [{ atMs: 1, octets: new TextEncoder().encode(text) }],
        understood: [],
        closedBy: 'peer',
        closeReason: 'fin',
      },
      result,
    );
  const { spans, sentences } = answered(result.response);
  expect(sentences.map((one) => t(one))[1]).toContain('as computed here');
  expect(spans.at(-1)?.end).toBe(result.response.length * 8);
  expect(
    answered(run({ key: 'AAAAAAAAAAAAAAAAAAAAAA==' }).response).sentences.map((one) => t(one))[1],
  ).toContain('another than');
  expect(answered('HTTP').sentences.map((one) => t(one))).toEqual(['ws answered no whole head.']);
});

test(`whatever the params, a run ends, is the same again, and can be told (seed ${SEED})`, () => {
  const anyParams = fc.record({
    client: fc.constantFrom('browser', 'program'),
    method: fc.constantFrom('GET', 'POST'),
    httpVersion: fc.constantFrom('1.1', '1.0'),
    upgrade: fc.boolean(),
    connection: fc.constantFrom('upgrade', 'both', 'lost'),
    key: fc.oneof(fc.constant('dGhlIHNhbXBsZSBub25jZQ=='), fc.string({ maxLength: 40, unit: 'binary' })),
    version: fc.constantFrom('13', '8', 'none'),
    offered: fc.oneof(fc.constant('chat'), fc.string({ maxLength: 40, unit: 'binary' })),
    offersDeflate: fc.boolean(),
    known: fc.string({ maxLength: 80 }),
    status: fc.constantFrom('101', '200'),
    accept: fc.constantFrom('right', 'echo', 'lower'),
    protocol: fc.constantFrom('chosen', 'invented'),
    deflate: fc.constantFrom('declined', 'agreed', 'invented'),
  });
  fc.assert(
    fc.property(anyParams, (change) => {
      const params = lab.params.parse(change);
      const result = lab.run(params, { seed: 1 });
      expect(lab.run(params, { seed: 1 })).toEqual(result);
      for (const sentence of said(result)) expect(sentence).not.toMatch(/undefined|NaN/);
      for (const task of lab.tasks) task.check(result, params);
    }),
    { seed: SEED, numRuns: 200 },
  );
});
