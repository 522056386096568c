import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lab, MAX_BYTES, type BdpParams } from './lab';
import { busyStretches, MAX_PARCELS, momentOf, runBdp } from './run';

const defaults = lab.params.parse({});
const settings = (change: Partial<BdpParams>): BdpParams => ({ ...defaults, ...change });
const run = (change: Partial<BdpParams>) => runBdp(settings(change));
const check = (id: string, change: Partial<BdpParams>) => {
  const task = lab.tasks.find((one) => one.id === id);
  if (!task) throw new Error(`no task ${id}`);
  return task.check(run(change), settings(change));
};

const anyParams: fc.Arbitrary<BdpParams> = fc.record({
  rateMbps: fc.double({ min: 1, max: 10_000, noNaN: true }),
  rttMs: fc.double({ min: 1, max: 600, noNaN: true }),
  bufferBytes: fc.integer({ min: 8960, max: MAX_BYTES }),
  windowScaling: fc.boolean(),
  cwndBytes: fc.integer({ min: 8960, max: MAX_BYTES }),
  mss: fc.integer({ min: 536, max: 8960 }),
});

const numbersFile = new URL('../../../../shared/vectors/tcp/hpbn-numbers.json', import.meta.url);

describe('the figures of the book', () => {
  test('16 KiB over 100 ms are 1.31 Mbit/s, however fast the line', () => {
    expect(run({ rateMbps: 10 }).formulaBps).toBe(1_310_720);
    expect(run({ rateMbps: 10_000 }).formulaBps).toBe(1_310_720);
  });

  test('10 Mbit/s over 100 ms hold 125,000 octets, 122.1 KiB', () => {
    const { bdpBytes } = run({});
    expect(bdpBytes).toBe(125_000);
    expect(bdpBytes / 1024).toBeCloseTo(122.1, 1);
  });

  test('without scaling a receiver announces 65,535 at most', () => {
    expect(run({ bufferBytes: MAX_BYTES, windowScaling: false }).announcedBytes).toBe(65_535);
  });

  test.skipIf(!existsSync(numbersFile))('they are those of the published numbers', () => {
    type Entry = { id: string; inputs: Record<string, number>; result: Record<string, number> };
    const { numbers } = JSON.parse(readFileSync(numbersFile, 'utf8')) as { numbers: Entry[] };
    const limited = numbers.find(({ id }) => id === 'bdp-window-limited');
    const needed = numbers.find(({ id }) => id === 'bdp-window-needed');
    expect(
      run({ bufferBytes: limited?.inputs.windowBytes ?? 0, rttMs: limited?.inputs.rttMs ?? 0 }).formulaBps,
    ).toBe(limited?.result.bitsPerSecond);
    expect(run({ rateMbps: needed?.inputs.mbps ?? 0 }).bdpBytes).toBe(needed?.result.bytes);
  });
});

describe('the run', () => {
  test('carries what whole segments and their own time on the line leave of the formula', () => {
    // 16,384 octets hold 11 segments of 1,460; a round is the RTT and the first segment's 1.168 ms on the line.
    expect(run({}).measuredBps).toBeCloseTo((11 * 1460 * 8000) / (100 + 1.168), 3);
  });

  test('with segments that divide the window, and no time on the line, meets the formula', () => {
    const { measuredBps, formulaBps } = run({ mss: 1024, rateMbps: 10_000 });
    expect(measuredBps / formulaBps).toBeCloseTo(1, 4);
  });

  test('stands still for the rest of a round', () => {
    const { idleMs, roundMs } = run({});
    expect(idleMs).toBeCloseTo(roundMs - 11 * 1.168, 6);
  });

  test('with more than the pipe holds keeps the line busy and the rest in the queue', () => {
    const { utilisation, idleMs, queueMs, queueBytes } = run({
      bufferBytes: 1_048_576,
      cwndBytes: 250_000,
      mss: 1000,
    });
    expect(utilisation).toBeCloseTo(1, 9);
    expect(idleMs).toBe(0);
    // 250,000 octets take 200 ms; 100 ms are the way, less the parcel's own time on the line.
    const parcelBytes = 250_000 / MAX_PARCELS;
    expect(queueMs).toBeCloseTo(200 - 100 - (parcelBytes * 8) / 10_000, 3);
    expect(queueBytes).toBeCloseTo(250_000 - 125_000 - parcelBytes, 3);
  });

  test('announces in units of the shift: rounded down', () => {
    expect(run({ bufferBytes: 1_000_001 })).toMatchObject({ shift: 4, announcedBytes: 1_000_000 });
  });

  test('every octet of the window is in one place at every moment', () => {
    fc.assert(
      fc.property(anyParams, fc.double({ min: 0, max: 1, noNaN: true }), (params, share) => {
        const result = runBdp(params);
        const { queued, onTheWay, answered, unacknowledged } = momentOf(result, share * result.endMs);
        expect(queued + onTheWay + answered).toBeCloseTo(unacknowledged, 3);
        expect(unacknowledged).toBeLessThanOrEqual(result.usedBytes * (1 + 1e-9));
        expect(result.usedBytes).toBeLessThanOrEqual(Math.max(result.windowBytes, params.mss));
      }),
      { numRuns: 60 },
    );
  });

  test('never carries more than the line or the window allows, and is the same each time', () => {
    fc.assert(
      fc.property(anyParams, (params) => {
        const result = runBdp(params);
        expect(result.measuredBps).toBeLessThanOrEqual(result.formulaBps * (1 + 1e-6));
        expect(result.timeouts).toBe(0);
        expect(runBdp(params)).toEqual(result);
        const steps = lab.steps(result, params);
        expect(steps.length).toBeGreaterThan(1);
        expect(busyStretches(result, result.endMs).length).toBeGreaterThan(0);
        for (const [i, step] of steps.entries())
          expect(step.timeMs).toBeGreaterThanOrEqual(steps[i - 1]?.timeMs ?? 0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the predictions', () => {
  const answerOf = (id: string) => {
    const prediction = lab.predictions.find((one) => one.id === id);
    if (!prediction) throw new Error(`no prediction ${id}`);
    const params = settings(prediction.set);
    return prediction.answer(runBdp(params), params);
  };

  test('a line ten times as fast carries no more: 65,535 octets every 80 ms', () => {
    expect(answerOf('gigabit')).toBe('nothing');
    // 44 segments a round; all that changes is the first segment's time on the line, 0.117 ms and 0.012 ms.
    const at = (rateMbps: number) =>
      run({ rateMbps, rttMs: 80, bufferBytes: 65_535, windowScaling: false }).measuredBps;
    expect(at(1000) / at(100)).toBeCloseTo(80.1168 / 80.01168, 6);
  });

  test('10 Mbit/s × 0.1 s / 8 = 125 kB', () => expect(answerOf('fill')).toBe(125));
  test('twice the product only makes a queue', () => expect(answerOf('twice-the-bdp')).toBe('later'));
});

describe('the tasks', () => {
  test.each([
    ['fill', {}, 'tasks.fill.smaller'],
    ['fill', { rateMbps: 100 }, 'tasks.fill.idle'],
    ['fill', { rateMbps: 100, bufferBytes: MAX_BYTES, cwndBytes: MAX_BYTES }, 'tasks.fill.queue'],
    ['fill', { rateMbps: 100, bufferBytes: 1_300_000 }, undefined],
    ['sixteen-bits', {}, 'tasks.sixteen-bits.buffer'],
    ['sixteen-bits', { bufferBytes: 2_000_000 }, 'tasks.sixteen-bits.scaled'],
    [
      'sixteen-bits',
      { bufferBytes: 2_000_000, windowScaling: false, rateMbps: 1 },
      'tasks.sixteen-bits.by.line',
    ],
    [
      'sixteen-bits',
      { bufferBytes: 2_000_000, windowScaling: false, cwndBytes: 20_000 },
      'tasks.sixteen-bits.by.cwnd',
    ],
    ['sixteen-bits', { bufferBytes: 2_000_000, windowScaling: false }, 'tasks.sixteen-bits.idle'],
    ['sixteen-bits', { bufferBytes: 2_000_000, windowScaling: false, rateMbps: 100 }, undefined],
    ['nearer', {}, 'tasks.nearer.scaled'],
    ['nearer', { windowScaling: false }, 'tasks.nearer.slow'],
    ['nearer', { windowScaling: false, rateMbps: 100, bufferBytes: 65_535 }, 'tasks.nearer.far'],
    ['nearer', { windowScaling: false, rateMbps: 100, bufferBytes: 65_535, rttMs: 5 }, undefined],
    ['own-caution', {}, 'tasks.own-caution.receiver'],
    ['own-caution', { bufferBytes: 200_000 }, 'tasks.own-caution.full'],
    ['own-caution', { bufferBytes: 200_000, cwndBytes: 40_000 }, undefined],
    ['bufferbloat', { rttMs: 10 }, 'tasks.bufferbloat.near'],
    ['bufferbloat', {}, 'tasks.bufferbloat.little'],
    ['bufferbloat', { bufferBytes: 400_000 }, undefined],
  ] as const)('%s with %o: %s', (id, change, hint) => {
    expect(check(id, change)).toMatchObject(
      hint === undefined ? { passed: true } : { passed: false, hint: { key: hint } },
    );
  });
});

describe('what is simplified', () => {
  test('fixed: the window of the last round is that of the first', () => {
    const { parcels } = run({});
    const inRound = (from: number) =>
      parcels.filter(({ startsMs }) => startsMs > from - 1 && startsMs < from + 100).length;
    expect([inRound(0), inRound(101.168), inRound(202.336)]).toEqual([11, 11, 11]);
  });

  test('endless: the largest window on the slowest line loses nothing', () => {
    const { parcels, queueMs } = run({ rateMbps: 1, bufferBytes: MAX_BYTES, cwndBytes: MAX_BYTES });
    expect(queueMs).toBeGreaterThan(60_000);
    expect(parcels.map(({ id }) => id)).toEqual(parcels.map((_, index) => index + 1));
  });

  test('parcels: more than 64 segments travel in 64, and carry the same within two in a hundred', () => {
    const change = { rateMbps: 100, rttMs: 100, bufferBytes: 1_048_576, cwndBytes: 400 * 1460 };
    const grouped = run(change);
    expect(grouped.parcelBytes).toBeCloseTo((400 / MAX_PARCELS) * 1460, 6);
    // One by one: 400 segments a round of 100 ms and the first segment's 0.1168 ms.
    expect(grouped.measuredBps / ((400 * 1460 * 8000) / 100.1168)).toBeCloseTo(1, 1.7);
    expect(grouped.measuredBps).not.toBeCloseTo((400 * 1460 * 8000) / 100.1168, 0);
  });

  test('acks: the answer is at the sender half a round trip after the segment arrived, always', () => {
    for (const { arrivesMs, ackedMs } of run({ rateMbps: 1 }).parcels)
      expect(ackedMs - arrivesMs).toBeCloseTo(50, 9);
  });
});

test('exports open in what they are for', () => {
  const [json, csv] = lab.exports(run({}), defaults);
  expect(JSON.parse(String(json?.content))).toMatchObject({ params: defaults, bdpBytes: 125_000 });
  expect(String(csv?.content).split('\n')).toHaveLength(run({}).parcels.length + 1);
});
