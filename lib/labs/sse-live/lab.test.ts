import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventStreamParser } from '@/lib/protocols/sse';
import { loadMessages } from '@/lib/server/text';
import { createText } from '@/lib/text';
import { lab, type LiveParams } from './lab';
import { newsOf, nothingSeen, seeEvent, seeRequest } from './live-stream';
import { EVENTS } from './simulate';

const t = createText(loadMessages('en'), 'en', 'labs.sse-live');
const paramsOf = (change: Partial<LiveParams>) => ({ ...lab.params.parse({}), ...change });
const run = (change: Partial<LiveParams>) => lab.run(paramsOf(change), { seed: 1 });

const anyParams = fc.record({
  ids: fc.boolean(),
  retryMs: fc.integer({ min: 100, max: 10_000 }),
  everyMs: fc.integer({ min: 600, max: 3000 }),
  cutAtMs: fc.integer({ min: 0, max: 20_000 }),
  outageMs: fc.integer({ min: 0, max: 15_000 }),
  keep: fc.integer({ min: 0, max: 50 }),
  answer: fc.constantFrom('stream' as const, '204' as const, '500' as const),
  delayMs: fc.integer({ min: 5, max: 500 }),
  proxyOctets: fc.integer({ min: 0, max: 4096 }),
});

const numbers = (change: Partial<LiveParams>) => run(change).received.map(({ n }) => n);

describe('the run', () => {
  test('never fails, is the same again, and says every step in order', () => {
    fc.assert(
      fc.property(anyParams, (params) => {
        const result = lab.run(params, { seed: 1 });
        expect(lab.run(params, { seed: 1 })).toEqual(result);
        const steps = lab.steps(result, params);
        for (const { text } of steps) expect(t(text)).not.toMatch(/\[|undefined|NaN/);
        const times = steps.map(({ timeMs }) => timeMs ?? 0);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        expect(result.messages.length).toBeLessThan(500);
      }),
    );
  });

  test('no event comes twice, and none out of order', () => {
    fc.assert(
      fc.property(anyParams, (params) => {
        const got = numbers(params);
        expect(got).toEqual([...new Set(got)].sort((a, b) => a - b));
      }),
    );
  });

  test('with ids, a memory that is long enough, a stream for an answer and no proxy, nothing is ever lost', () => {
    fc.assert(
      fc.property(anyParams, (params) => {
        // Before the first id has come, there is nothing to ask with.
        const cutAtMs = params.everyMs + params.delayMs + 1 + params.cutAtMs;
        const sure = {
          ...params,
          cutAtMs,
          ids: true,
          keep: EVENTS,
          answer: 'stream' as const,
          proxyOctets: 0,
        };
        expect(lab.run(sure, { seed: 1 }).missed).toBe(0);
      }),
    );
  });

  test('what the server wrote is a stream that gives what the page got', () => {
    const { written, received } = run({ ids: true });
    const events = written.flatMap((text) => new EventStreamParser().push(new TextEncoder().encode(text)));
    expect(events.map(({ data }) => data)).toEqual(received.map(({ n }) => `news ${n}`));
  });

  test('comes back with the id and after the time that the server gave', () => {
    const { messages, absenceMs } = run({ ids: true, retryMs: 4500, cutAtMs: 3500 });
    const [, second] = messages.filter(({ kind }) => kind === 'request');
    expect(second).toMatchObject({ sentMs: 8000, receivedMs: 8100 });
    expect(second?.fields).toContainEqual({ name: 'Last-Event-ID', value: '3' });
    expect(absenceMs).toBe(4700);
  });
});

describe('predictions', () => {
  // News at 1 to 12 s. Cut at 3.5 s, so 1 to 3 have come; back at the server at 3.5 + 3 + 0.1 = 6.6 s: 4, 5, 6 are past.
  const answers = { 'without-ids': 3, 'short-log': 1, 'no-content': 'never', proxy: 'not-at-all' };
  test.each(lab.predictions)('$id', (prediction) => {
    const params = paramsOf(prediction.set);
    expect(prediction.answer(lab.run(params, { seed: 1 }), params)).toBe(
      answers[prediction.id as keyof typeof answers],
    );
  });

  test('the proxy: twelve blocks of at most 23 octets and a retry are far from 1,024', () => {
    expect(run({ ids: true, cutAtMs: 0 }).written[0]?.length).toBeLessThan(1024 / 2);
  });
});

describe('tasks', () => {
  const check = (id: string, change: Partial<LiveParams>) => {
    const params = paramsOf(change);
    const verdict = lab.tasks.find((task) => task.id === id)?.check(lab.run(params, { seed: 1 }), params);
    if (verdict?.hint) expect(t(verdict.hint)).not.toMatch(/^\[/);
    return verdict?.passed ? 'passed' : verdict?.hint?.key.replace(`tasks.${id}.`, '');
  };
  const cases: [string, string, Partial<LiveParams>][] = [
    ['lose-nothing', 'ids', {}],
    ['lose-nothing', 'closed', { answer: '204' }],
    ['lose-nothing', 'short', { ids: true, retryMs: 500 }],
    ['lose-nothing', 'log', { ids: true, keep: 2 }],
    ['lose-nothing', 'passed', { ids: true }],
    ['in-flight', 'none', { ids: true }],
    ['in-flight', 'gone', { cutAtMs: 3050 }],
    ['in-flight', 'passed', { cutAtMs: 3050, ids: true }],
    ['lose-with-ids', 'ids', {}],
    ['lose-with-ids', 'closed', { ids: true, answer: '500' }],
    ['lose-with-ids', 'proxy', { ids: true, proxyOctets: 100 }],
    ['lose-with-ids', 'none', { ids: true }],
    ['lose-with-ids', 'never', { ids: true, cutAtMs: 500, keep: 0 }],
    ['lose-with-ids', 'passed', { ids: true, keep: 1 }],
    ['soon-back', 'never', { cutAtMs: 0 }],
    ['soon-back', 'long', {}],
    ['soon-back', 'passed', { retryMs: 400 }],
    ['stay-away', 'no-cut', { cutAtMs: 0 }],
    ['stay-away', 'answer', {}],
    ['stay-away', 'passed', { answer: '204' }],
    ['all-at-once', 'no-proxy', {}],
    ['all-at-once', 'nothing', { proxyOctets: 4096 }],
    ['all-at-once', 'few', { proxyOctets: 20, cutAtMs: 0 }],
    ['all-at-once', 'passed', { proxyOctets: 60, cutAtMs: 0 }],
  ];
  test.each(cases)('%s: %s', (id, outcome, change) => expect(check(id, change)).toBe(outcome));
});

describe('what is simplified', () => {
  test('both notice at once: the browser is CONNECTING in the instant of the cut', () => {
    expect(run({}).changes).toContainEqual({ atMs: 3500, readyState: 'connecting' });
  });
  test('no handshake: a request takes one way and no more', () => {
    for (const { kind, sentMs, receivedMs } of run({ delayMs: 80 }).messages)
      if (kind === 'request') expect(receivedMs).toBe(sentMs + 80);
  });
  test('no backing off: all attempts of an outage are equally far apart', () => {
    const asked = run({ outageMs: 9000, retryMs: 2000 }).messages.filter(({ kind }) => kind === 'request');
    const gaps = asked.slice(2).map(({ sentMs }, n) => sentMs - (asked[n + 1]?.sentMs ?? 0));
    expect(gaps.length).toBeGreaterThan(2);
    expect(new Set(gaps)).toEqual(new Set([2000]));
  });
});

test('the live part counts what is missing, and what was made up for', () => {
  let seen = seeRequest(nothingSeen, { connection: 1, fields: [], newest: 4 });
  for (const n of [5, 6]) seen = seeEvent(seen, { n, replayed: false });
  seen = seeRequest(seen, { connection: 2, fields: [], newest: 9 });
  expect(newsOf(seen).map(({ outcome }) => outcome)).toEqual(['live', 'live', 'missed', 'missed', 'missed']);
  seen = seeEvent(seen, { n: 8, replayed: true });
  expect(newsOf(seen).map(({ outcome }) => outcome)).toEqual([
    'live',
    'live',
    'missed',
    'replayed',
    'missed',
  ]);
  expect(newsOf(nothingSeen)).toEqual([]);
});
