import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lab, type SlowStartParams } from './lab';

const defaults = lab.params.parse({});
const run = (change: Partial<SlowStartParams> = {}) => {
  const params = lab.params.parse({ ...defaults, ...change });
  return { params, result: lab.run(params, { seed: 1 }) };
};
const classic = { bytes: 20_000, rttMs: 56, mss: 1460, serverTimeMs: 40 };
const burstsOf = (change: Partial<SlowStartParams>) =>
  run(change).result.rounds.map(({ segments }) => segments);

const anyParams: fc.Arbitrary<SlowStartParams> = fc.record({
  bytes: fc.integer({ min: 1, max: 400_000 }),
  rttMs: fc.double({ min: 1, max: 1000, noNaN: true }),
  mss: fc.integer({ min: 536, max: 8960 }),
  initialCwnd: fc.integer({ min: 1, max: 100 }),
  rwndBytes: fc.integer({ min: 8960, max: 1_073_725_440 }),
  serverTimeMs: fc.double({ min: 0, max: 2000, noNaN: true }),
  reused: fc.boolean(),
  idleRestart: fc.boolean(),
  bandwidthMbps: fc.oneof(fc.constant(0), fc.double({ min: 0.1, max: 10_000, noNaN: true })),
  tls: fc.constantFrom('none', '1.3', '1.2'),
});

describe('the classic figures of "High Performance Browser Networking", chapter 2', () => {
  test.each([
    { initialCwnd: 4, ms: 224 },
    { initialCwnd: 10, ms: 168 },
  ])('a window of 65,535 octets is filled after $ms ms from $initialCwnd segments', ({ initialCwnd, ms }) => {
    const { toOpen } = run({ bytes: 65_535, rttMs: 56, mss: 1460, initialCwnd }).result;
    expect([toOpen.formula * 56, toOpen.doubling * 56, toOpen.measuredMs]).toEqual([ms, ms, ms]);
  });

  test.each([
    { what: 'a new connection, 4 segments', change: { initialCwnd: 4 }, ms: 264, bursts: [4, 8, 3] },
    { what: 'a new connection, 10 segments', change: { initialCwnd: 10 }, ms: 208, bursts: [10, 5] },
    { what: 'a warm connection', change: { reused: true }, ms: 96, bursts: [14] },
  ])('20 kB over $what take $ms ms', ({ change, ms, bursts }) => {
    // 20,000 octets are 14 segments; the book counts 15 (20 KiB), so the last burst is compared with 20,480.
    const bytes = 20_480;
    const { total } = run({ ...classic, bytes, ...change }).result;
    expect([total.formulaMs, total.roundsMs, total.measuredMs]).toEqual([ms, ms, ms]);
    expect(burstsOf({ ...classic, bytes, ...change })).toEqual(bursts.length > 1 ? bursts : [15]);
  });

  test('with the rate of the line counted, the transfer takes longer and the formula keeps silent', () => {
    const { total } = run({ ...classic, bytes: 20_480, initialCwnd: 4, bandwidthMbps: 10 }).result;
    expect(total.formulaMs).toBeUndefined();
    expect(total.measuredMs).toBeGreaterThan(264);
    // 15 segments of 1,460 octets would take 17.5 ms at 10 Mbit/s; most of that hides in the round trips.
    expect(total.measuredMs).toBeLessThan(264 + 17.6);
  });
});

test('the formula, the count and the measurement agree, whatever is set', () => {
  fc.assert(
    fc.property(anyParams, (params) => {
      const { total, toOpen } = lab.run(params, { seed: 1 });
      expect(total.measuredMs).toBeCloseTo(total.roundsMs, 6);
      if (total.formulaMs !== undefined) expect(total.formulaMs).toBeCloseTo(total.roundsMs, 6);
      expect(toOpen.doubling).toBe(toOpen.formula);
      if (params.rwndBytes >= params.bytes && params.bandwidthMbps === 0)
        expect(toOpen.measured).toBe(toOpen.formula);
    }),
    { numRuns: 200 },
  );
});

test('the same params give the same result', () => {
  fc.assert(
    fc.property(anyParams, (params) => {
      expect(lab.run(params, { seed: 1 })).toEqual(lab.run(params, { seed: 1 }));
    }),
    { numRuns: 40 },
  );
});

test('every segment is sent once and arrives, and the steps tell of all of them', () => {
  fc.assert(
    fc.property(anyParams, (params) => {
      const result = lab.run(params, { seed: 1 });
      const data = result.packets.filter(({ kind }) => kind === 'data');
      expect(data.map(({ segment }) => segment)).toEqual(
        Array.from({ length: result.segments }, (_, i) => i + 1),
      );
      const bursts = lab.steps(result, params).filter(({ text }) => text.key === 'steps.burst');
      expect(bursts.at(-1)?.text.values).toMatchObject({ delivered: result.segments, all: result.segments });
    }),
    { numRuns: 60 },
  );
});

describe('predictions', () => {
  const answerOf = (id: string, params: SlowStartParams = defaults) => {
    const prediction = lab.predictions.find((one) => one.id === id);
    if (!prediction) throw new Error(`no prediction ${id}`);
    const set = lab.params.parse({ ...params, ...prediction.set });
    return prediction.answer(lab.run(set, { seed: 1 }), set);
  };

  test('the old window: 45 segments in bursts of 4, 8, 16, 17', () => {
    // Handshake and request 84 ms, server 40, then four bursts: three more round trips and half of one.
    expect(answerOf('old-window')).toBe(84 + 40 + 3 * 56 + 28);
  });

  test('the warm connection takes 96 of 264 ms, less than half', () => {
    expect(answerOf('warm')).toBe('third-left');
  });

  test('ten times the line saves hardly anything', () => {
    expect(answerOf('faster-line')).toBe('hardly');
  });

  test('the choices that are not the answer would be, with other settings', () => {
    expect(answerOf('warm', { ...defaults, serverTimeMs: 2000 })).toBe('same');
    expect(answerOf('faster-line', { ...defaults, bytes: 3_000_000, rttMs: 1, serverTimeMs: 0 })).toBe(
      'tenth',
    );
  });
});

describe('tasks', () => {
  const verdict = (id: string, change: Partial<SlowStartParams>) => {
    const task = lab.tasks.find((one) => one.id === id);
    if (!task) throw new Error(`no task ${id}`);
    const { result, params } = run(change);
    return task.check(result, params);
  };

  test('none is fulfilled by the settings that the lab opens with', () => {
    expect(lab.tasks.map(({ id }) => verdict(id, {}).passed)).toEqual([false, false, false, false]);
  });

  test.each([
    ['two-bursts', { bytes: 39_999 }, 'tasks.two-bursts.smaller'],
    ['two-bursts', { reused: true }, 'tasks.two-bursts.reused'],
    ['two-bursts', { bytes: 44_000, initialCwnd: 10 }, 'tasks.two-bursts.left'],
    ['same-as-warm', { reused: true }, 'tasks.same-as-warm.reused'],
    ['same-as-warm', { bytes: 20_000, initialCwnd: 30 }, 'tasks.same-as-warm.smaller'],
    ['same-as-warm', { initialCwnd: 44 }, 'tasks.same-as-warm.window'],
    ['receiver-limits', {}, 'tasks.receiver-limits.open'],
    ['line-limits', {}, 'tasks.line-limits.unlimited'],
    ['line-limits', { bandwidthMbps: 1000 }, 'tasks.line-limits.share'],
  ] as const)('%s fails with %j and says why', (id, change, key) => {
    expect(verdict(id, change)).toMatchObject({ passed: false, hint: { key } });
  });

  test.each([
    ['two-bursts', { bytes: 40_000, initialCwnd: 14 }],
    ['same-as-warm', { initialCwnd: 45 }],
    ['receiver-limits', { rwndBytes: 16_384, bytes: 200_000 }],
    ['line-limits', { bandwidthMbps: 2 }],
  ] as const)('%s is fulfilled by %j', (id, change) => {
    expect(verdict(id, change)).toEqual({ passed: true });
  });
});

describe('what is simplified', () => {
  test('nothing is lost: every packet has an arrival', () => {
    expect(
      run({ bytes: 3_000_000 }).result.packets.every(({ receivedMs }) => Number.isFinite(receivedMs)),
    ).toBe(true);
  });

  test('each segment is acknowledged at once: bursts double exactly', () => {
    expect(burstsOf({ bytes: 63 * 1460, initialCwnd: 1 })).toEqual([1, 2, 4, 8, 16, 32]);
  });

  test('the request is one packet', () => {
    expect(run().result.packets.filter(({ kind }) => kind === 'request')).toHaveLength(1);
  });
});
