import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { createText } from '@/lib/text';
import { compileMessages, type MessageTree } from '@/lib/text/compile';
import { expectSoundRun } from '../exchange-view/sound-run.fixture';
import { lab, type TeardownParams } from './lab';
import { FIRST_ORDER, ORDER_PACKET, SECOND_ORDER } from './run';

const defaults = lab.params.parse({});
const run = (change: Partial<TeardownParams>) => {
  const params = lab.params.parse({ ...defaults, ...change });
  return { params, ...lab.run(params, { seed: 1 }) };
};
const statesOf = (change: Partial<TeardownParams>, endpoint: string) => {
  const states = run(change)
    .trace.states.filter((one) => one.endpoint === endpoint)
    .map(({ state }) => state);
  return states.slice(states.indexOf('ESTABLISHED') + 1);
};
const verdict = (id: string, change: Partial<TeardownParams>) => {
  const task = lab.tasks.find((one) => one.id === id);
  if (!task) throw new Error(id);
  const { params, ...result } = run(change);
  const { passed, hint } = task.check(result, params);
  return passed ? 'passed' : hint?.key;
};
const answer = (id: string) => {
  const prediction = lab.predictions.find((one) => one.id === id);
  if (!prediction) throw new Error(id);
  const { params, ...result } = run(prediction.set);
  return prediction.answer(result, params);
};

test('the defaults are RFC 9293 Figure 12, and the closer alone waits', () => {
  expect(statesOf({}, 'client')).toEqual(['FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT', 'CLOSED']);
  expect(statesOf({}, 'server')).toEqual(['CLOSE-WAIT', 'LAST-ACK', 'CLOSED']);
});

test('both at once are RFC 9293 Figure 13', () => {
  const states = ['FIN-WAIT-1', 'CLOSING', 'TIME-WAIT', 'CLOSED'];
  expect(statesOf({ closer: 'both' }, 'client')).toEqual(states);
  expect(statesOf({ closer: 'both' }, 'server')).toEqual(states);
});

test('predictions: both wait; 2 × 2 minutes; a crash is never noticed; a lost ACK is sent again', () => {
  expect(answer('both-wait')).toBe('both');
  expect(answer('how-long')).toBe(2 * 2 * 60); // RFC 9293 §3.4.2: the MSL is taken to be 2 minutes
  expect(answer('crash')).toBe('never');
  expect(answer('lost-last-ack')).toBe('again');
});

const again = { oldCopyMs: 3250, reopenMs: 3000, mslSeconds: 1, isnClock: false } as const;

test.each<[string, Partial<TeardownParams>, string]>([
  ['half-close', {}, 'tasks.half-close.send'],
  ['half-close', { ending: 'abort' }, 'tasks.half-close.ending'],
  ['half-close', { closer: 'both' }, 'tasks.half-close.both'],
  ['half-close', { stillToSend: 2000 }, 'tasks.half-close.closed'],
  ['half-close', { stillToSend: 2000, peer: 'stays' }, 'passed'],
  ['half-close', { stillToSend: 2000, peer: 'closes-later', closer: 'server' }, 'passed'],
  ['simultaneous', {}, 'tasks.simultaneous.one'],
  ['simultaneous', { ending: 'crash' }, 'tasks.simultaneous.ending'],
  ['simultaneous', { closer: 'both' }, 'passed'],
  ['time-wait-answers', {}, 'tasks.time-wait-answers.arrives'],
  ['time-wait-answers', { peer: 'stays' }, 'tasks.time-wait-answers.none'],
  ['time-wait-answers', { faults: 'client ACK #2 drop' }, 'passed'],
  ['discover', {}, 'tasks.discover.crash'],
  ['discover', { ending: 'crash' }, 'tasks.discover.unaware'],
  ['discover', { ending: 'crash', stillToSend: 100 }, 'passed'],
  ['discover', { ending: 'crash', reopenMs: 1000 }, 'passed'],
  ['old-copy', {}, 'tasks.old-copy.none'],
  ['old-copy', { oldCopyMs: 3250 }, 'tasks.old-copy.one'],
  ['old-copy', { ...again, mslSeconds: 120 }, 'tasks.old-copy.waits'],
  ['old-copy', { ...again, isnClock: true }, 'tasks.old-copy.clock'],
  ['old-copy', { ...again, oldCopyMs: 6000 }, 'tasks.old-copy.time'],
  [
    'old-copy',
    { ...again, faults: [2, 3, 4, 5, 6, 7].map((n) => `client SYN #${n} drop`).join(';') },
    'tasks.old-copy.shut',
  ],
  ['old-copy', again, 'passed'],
])('task %s with %j: %s', (id, change, expected) => {
  expect(verdict(id, change)).toBe(expected);
});

test('the old order is read twice, and the new one never, although its sender has it acknowledged', () => {
  const { trace } = run(again);
  expect(trace.read.server).toBe(FIRST_ORDER + FIRST_ORDER);
  expect(trace.sent.client).toBe(FIRST_ORDER + SECOND_ORDER);
  expect(trace.final.client.sndUna).toBe(trace.final.client.sndNxt);
});

test('simplified: what comes after a close can be read', () => {
  expect(run({ stillToSend: 500, peer: 'stays' }).trace.read.client).toHaveLength(500);
});

test('simplified: FIN-WAIT-2 has no timer, and nobody asks whether the other side is there', () => {
  const { trace } = run({ peer: 'stays' });
  expect([trace.final.client.state, trace.ended]).toEqual(['FIN-WAIT-2', 'quiet']);
  expect(run({ ending: 'crash' }).trace.final.server.state).toBe('ESTABLISHED');
});

test('simplified: a SYN into TIME-WAIT is not accepted, new as it may be', () => {
  const { trace } = run({ closer: 'server', reopenMs: 3000, isnClock: true });
  const opened = trace.states.filter(
    ({ endpoint, state }) => endpoint === 'server' && state === 'SYN-RECEIVED',
  );
  expect(opened).toHaveLength(1);
});

test('simplified: acknowledgements are not delayed', () => {
  const { packets } = run({ oldCopyMs: 3000 }).trace;
  const order = packets.find(({ name }) => name === ORDER_PACKET);
  expect(packets.find(({ name }) => name === 'server ACK #1')?.sentAtMs).toBe(order?.arrivedAtMs[0]);
});

test('simplified: without the clock every connection counts from the same numbers', () => {
  const isns = (isnClock: boolean) =>
    run({ ...again, isnClock })
      .trace.packets.filter(({ name }) => name.startsWith('client SYN'))
      .map(({ segment }) => segment.seq);
  expect(new Set(isns(false)).size).toBe(1);
  expect(new Set(isns(true)).size).toBe(2);
});

const faultText = fc
  .array(
    fc
      .tuple(
        fc.constantFrom('client', 'server'),
        fc.constantFrom('SYN', 'SYN-ACK', 'ACK', 'data', 'RST', 'FIN'),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom('drop', '+150', '+3000', 'copy 70', '+40 copy 2000', 'nonsense'),
      )
      .map(([end, kind, n, what]) => `${end} ${kind} #${n} ${what}`),
    { maxLength: 8 },
  )
  .map((parts) => parts.join('; ').slice(0, 1000));
const anyParams = fc.record<TeardownParams>({
  closer: fc.constantFrom('client', 'server', 'both'),
  ending: fc.constantFrom('close', 'abort', 'crash'),
  peer: fc.constantFrom('closes', 'closes-later', 'stays'),
  stillToSend: fc.integer({ min: 0, max: 8000 }),
  delayMs: fc.integer({ min: 5, max: 500 }),
  mslSeconds: fc.integer({ min: 1, max: 120 }),
  faults: fc.oneof(faultText, fc.string({ maxLength: 1000 })),
  oldCopyMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 600_000 })),
  reopenMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 600_000 })),
  isnClock: fc.boolean(),
});

const read = (file: string) =>
  parse(readFileSync(`content/en/messages/labs/${file}.yaml`, 'utf8')) as MessageTree;
const say = createText(
  compileMessages({
    labs: { 'tcp-teardown': read('tcp-teardown'), 'exchange-view': read('exchange-view') },
  }),
  'en',
  'labs.tcp-teardown',
);

test('any params: the run ends, is the same again, stays small, and every step has its sentence', () => {
  fc.assert(
    fc.property(anyParams, (params) => expectSoundRun(lab, params, say)),
    { numRuns: 150 },
  );
});
