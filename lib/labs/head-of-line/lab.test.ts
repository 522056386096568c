import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lab, type HeadOfLineParams } from './lab';
import { runHeadOfLine } from './run';

const defaults = lab.params.parse({});
const settings = (change: Partial<HeadOfLineParams>): HeadOfLineParams => ({ ...defaults, ...change });
const run = (change: Partial<HeadOfLineParams>) => runHeadOfLine(settings(change));
const updates = {
  messages: 12,
  segmentsPerMessage: 1,
  bytesPerSegment: 200,
  intervalMs: 20,
  lostSegment: 4,
} as const;

const anyParams: fc.Arbitrary<HeadOfLineParams> = fc.record({
  messages: fc.integer({ min: 2, max: 12 }),
  segmentsPerMessage: fc.integer({ min: 1, max: 6 }),
  bytesPerSegment: fc.integer({ min: 100, max: 1460 }),
  intervalMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 300 })),
  interleaved: fc.boolean(),
  rttMs: fc.double({ min: 4, max: 300, noNaN: true }),
  rateMbps: fc.double({ min: 1, max: 1000, noNaN: true }),
  lostSegment: fc.integer({ min: 0, max: 72 }),
  lostTwice: fc.boolean(),
  minRtoMs: fc.constantFrom('1000', '200'),
});

describe('the run', () => {
  test('delivers a segment when all before it have arrived, and not before', () => {
    fc.assert(
      fc.property(anyParams, (params) => {
        const { segments } = runHeadOfLine(params);
        let latest = 0;
        for (const { arrivedMs, deliveredMs } of segments) {
          latest = Math.max(latest, arrivedMs);
          expect(deliveredMs).toBe(latest);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('holds back what has arrived and is not delivered, and nothing in the end', () => {
    fc.assert(
      fc.property(anyParams, (params) => {
        const { held, segments } = runHeadOfLine(params);
        for (const [timeMs, bytes] of held) {
          const waiting = segments.filter((one) => one.arrivedMs <= timeMs && one.deliveredMs > timeMs);
          expect(bytes).toBe(waiting.length * params.bytesPerSegment);
        }
        expect(held.at(-1)?.[1]).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  test('never throws, ends, and is the same each time; its words are in order of time', () => {
    fc.assert(
      fc.property(anyParams, (params) => {
        const result = runHeadOfLine(params);
        expect(runHeadOfLine(params)).toEqual(result);
        expect(Number.isFinite(result.endMs)).toBe(true);
        const steps = lab.steps(result, params);
        for (const [i, step] of steps.entries())
          expect(step.timeMs).toBeGreaterThanOrEqual(steps[i - 1]?.timeMs ?? 0);
      }),
      { numRuns: 60 },
    );
  });

  test('without a loss nobody waits', () => {
    expect(run({ lostSegment: 0 })).toMatchObject({
      waiting: 0,
      worstWaitMs: 0,
      maxHeldBytes: 0,
      repairs: [],
    });
  });

  test('RFC 5681 §3.2: the loss of the third segment is found by the ACKs of the three after it', () => {
    // A segment takes 2.336 ms on 5 Mbit/s. The sixth has arrived after 6 × 2.336 + 40, its ACK takes 40 more.
    const { repairs } = run({});
    expect(repairs.map(({ kind }) => kind)).toEqual(['fast-retransmit']);
    expect(repairs[0]?.timeMs).toBeCloseTo(6 * 2.336 + 80, 6);
  });

  test('a message of a game waits until the hole is filled: a round trip after the third update behind it', () => {
    // Lost at 60 ms. The third duplicate ACK comes of the update written at 120 ms: at 200.32 ms; 40.32 ms later it is filled.
    const { messages, waiting } = run(updates);
    expect(messages[3]?.deliveredMs).toBeCloseTo(120 + 0.32 + 80 + 40.32, 6);
    expect(waiting).toBe(7);
  });

  test('jitter is the mean delay above the least (RFC 5481 §4.2), and is less with streams of their own', () => {
    const { jitterMs, messages } = run(updates);
    const delays = messages.map(({ completeMs, writtenMs }) => completeMs - writtenMs);
    const least = Math.min(...delays);
    expect(jitterMs.independent).toBeCloseTo(delays.reduce((sum, one) => sum + one - least, 0) / 12, 9);
    expect(jitterMs.inOrder).toBeGreaterThan(2 * jitterMs.independent);
  });
});

describe('the predictions', () => {
  const answerOf = (id: string) => {
    const prediction = lab.predictions.find((one) => one.id === id);
    if (!prediction) throw new Error(`no prediction ${id}`);
    const params = settings(prediction.set);
    return prediction.answer(runHeadOfLine(params), params);
  };
  test('all five others wait: each has a segment behind the third', () =>
    expect(answerOf('who-waits')).toBe(5));
  test('the last segment has no ACKs behind it, so the timer of a second decides', () => {
    expect(answerOf('last-one')).toBe('longest');
    expect(run({ lostSegment: 12 }).endMs).toBeGreaterThan(1000);
  });
  test('a line a hundred times as fast leaves the wait of a round trip', () => {
    expect(answerOf('faster-line')).toBe('stays');
    expect(run({ rateMbps: 500 }).worstWaitMs).toBeGreaterThanOrEqual(80);
  });
  test('fewer updates cause their ACKs later', () => expect(answerOf('fewer-updates')).toBe('longer'));
});

describe('the tasks', () => {
  test.each([
    ['everyone', { lostSegment: 0 }, 'tasks.everyone.none'],
    ['everyone', { lostSegment: 11 }, 'tasks.everyone.some'],
    ['everyone', {}, 'tasks.everyone.some'],
    ['everyone', { messages: 12, segmentsPerMessage: 1 }, 'tasks.everyone.some'],
    ['everyone', { messages: 9, segmentsPerMessage: 1, lostSegment: 1 }, undefined],
    ['nobody', { lostSegment: 0 }, 'tasks.nobody.none'],
    ['nobody', {}, 'tasks.nobody.waiting'],
    ['nobody', { lostSegment: 12 }, undefined],
    ['timer', { lostSegment: 0 }, 'tasks.timer.none'],
    ['timer', {}, 'tasks.timer.duplicates'],
    ['timer', { lostSegment: 12 }, 'tasks.timer.last'],
    ['timer', { lostSegment: 10 }, undefined],
    ['game', { ...updates, lostSegment: 0 }, 'tasks.game.none'],
    ['game', {}, 'tasks.game.interval'],
    ['game', { ...updates, rttMs: 30 }, 'tasks.game.near'],
    ['game', { ...updates, lostSegment: 12 }, 'tasks.game.few'],
    ['game', updates, undefined],
    ['nearer', { lostSegment: 0 }, 'tasks.nearer.none'],
    ['nearer', { lostSegment: 12 }, 'tasks.nearer.few'],
    ['nearer', {}, 'tasks.nearer.long'],
    ['nearer', { rttMs: 10 }, undefined],
  ] as const)('%s with %o: %s', (id, change, hint) => {
    const task = lab.tasks.find((one) => one.id === id);
    expect(task?.check(run(change), settings(change))).toMatchObject(
      hint === undefined ? { passed: true } : { passed: false, hint: { key: hint } },
    );
  });
});

describe('what is simplified', () => {
  test('independent: a message that lost something is complete when TCP has repaired it', () => {
    const hit = run(updates).messages.find(({ wasHit }) => wasHit);
    expect(hit?.completeMs).toBe(hit?.deliveredMs);
  });
  test('one-loss: one segment is lost, once or twice', () => {
    const losses = (change: Partial<HeadOfLineParams>) => run(change).segments.map((one) => one.losses);
    expect(losses({}).filter((count) => count > 0)).toEqual([1]);
    expect(losses({ lostTwice: true }).filter((count) => count > 0)).toEqual([2]);
  });
  test('no-probe: a lost last segment is not sent again before the timer expires', () => {
    const last = run({ lostSegment: 12 }).segments.at(-1);
    expect(last?.resentMs).toHaveLength(1);
    expect((last?.resentMs[0] ?? 0) - (last?.sentMs ?? 0)).toBeGreaterThanOrEqual(1000);
  });
  test('whole: updates leave when they are written, however small', () => {
    const { segments } = run({ ...updates, lostSegment: 0 });
    expect(segments.map(({ sentMs }) => sentMs)).toEqual(segments.map((_, i) => i * 20));
  });
});

test('exports open in what they are for', () => {
  const [json, csv] = lab.exports(run({}), defaults);
  expect(JSON.parse(String(json?.content))).toMatchObject({ params: defaults });
  expect(String(csv?.content).split('\n')).toHaveLength(7);
});
