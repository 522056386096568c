import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { transferTime } from '@/lib/protocols/tcp';
import { COMPRESSED, NEAR_SHARE, runJourney, SERVER_MS, SWITCHES, type Path, type Switches } from './journey';
import { lab, type TcpTuningParams } from './lab';
import { runTuning } from './run';
import { phasesOf } from './sites';

const defaults = lab.params.parse({});
const settings = (change: Partial<TcpTuningParams>): TcpTuningParams => ({ ...defaults, ...change });
const run = (change: Partial<TcpTuningParams>) => runTuning(settings(change));
const allOff = Object.fromEntries(SWITCHES.map((id) => [id, false])) as Switches;
const path: Path = { site: 'article', rttMs: 100, rateMbps: 50, lossOneIn: 0 };
const journey = (change: Partial<Switches>, over: Partial<Path> = {}) =>
  runJourney({ ...path, ...over }, { ...allOff, ...change });

const anyParams: fc.Arbitrary<TcpTuningParams> = fc.record({
  site: fc.constantFrom('shop', 'article', 'app'),
  rttMs: fc.double({ min: 5, max: 300, noNaN: true }),
  rateMbps: fc.double({ min: 1, max: 1000, noNaN: true }),
  lossOneIn: fc.constantFrom('0', '200', '50'),
  ...(Object.fromEntries(SWITCHES.map((id) => [id, fc.boolean()])) as Record<
    (typeof SWITCHES)[number],
    fc.Arbitrary<boolean>
  >),
});

describe('the run', () => {
  test('a document on a new connection takes what transferTime says', () => {
    const [bytes = 0] = phasesOf('article')[0]?.files ?? [];
    const leg = journey({}).legs[0];
    const { totalMs, handshakeMs, tlsMs } = transferTime({
      bytes,
      rttMs: 100,
      initialCwnd: 4,
      rwnd: 65_535,
      serverTimeMs: SERVER_MS,
      bandwidthBps: 50e6,
      tls: '1.2',
    });
    expect(leg?.setupMs).toBe(handshakeMs + tlsMs);
    expect((leg?.setupMs ?? 0) + (leg?.transferMs ?? 0)).toBeCloseTo(totalMs, 6);
  });

  test('TLS 1.3 and Fast Open each save a round trip for each connection in a row', () => {
    // Four phases wait for one another, each with a handshake; with one connection there is one.
    expect(journey({}).totalMs - journey({ tls13: true }).totalMs).toBeCloseTo(400, 6);
    expect(journey({}).totalMs - journey({ fastOpen: true }).totalMs).toBeCloseTo(400, 6);
    expect(journey({ reuse: true }).totalMs - journey({ reuse: true, tls13: true }).totalMs).toBeCloseTo(
      100,
      6,
    );
  });

  test('a window kept through silence answers a click of one window in a round trip', () => {
    // 40 kB on the article's open window: the way there, the server, the way back, and 6.4 ms on the line.
    const { clickMs } = journey({ reuse: true, keepWindow: true, scaling: true });
    expect(clickMs).toBeCloseTo(100 + SERVER_MS + (40_000 * 8) / 50_000, 6);
  });

  test('what an item saves is the difference of two journeys', () => {
    const result = run({ reuse: true, site: 'article' });
    const item = result.items.find(({ id }) => id === 'compress');
    expect(item?.aloneMs).toBe(journey({}).totalMs - journey({ compress: true }).totalMs);
    expect(item?.hereMs).toBe(
      journey({ reuse: true }).totalMs - journey({ reuse: true, compress: true }).totalMs,
    );
    const reuse = result.items.find(({ id }) => id === 'reuse');
    expect(reuse?.hereMs).toBe(journey({}).totalMs - journey({ reuse: true }).totalMs);
  });

  test('never throws, ends, and is the same each time', () => {
    fc.assert(
      fc.property(anyParams, (params) => {
        const result = runTuning(params);
        expect(runTuning(params)).toEqual(result);
        expect(Number.isFinite(result.now.totalMs)).toBe(true);
        expect(result.now.totalMs).toBeLessThan(600_000);
        const steps = lab.steps(result, params);
        expect(steps).toHaveLength(5);
        for (const [i, step] of steps.entries())
          expect(step.timeMs).toBeGreaterThanOrEqual(steps[i - 1]?.timeMs ?? 0);
      }),
      { numRuns: 12 },
    );
  });
});

describe('the predictions', () => {
  const answerOf = (id: string) => {
    const prediction = lab.predictions.find((one) => one.id === id);
    if (!prediction) throw new Error(`no prediction ${id}`);
    const params = settings(prediction.set);
    return prediction.answer(runTuning(params), params);
  };
  test('nearer saves most: four fifths of every round trip', () => expect(answerOf('biggest')).toBe('near'));
  test('a new connection has no window to keep', () => {
    expect(answerOf('silence')).toBe('nothing');
    expect(journey({ keepWindow: true })).toEqual(journey({}));
  });
  test('savings of round trips do not add up', () => expect(answerOf('together')).toBe('less'));
  test('one connection suffers from each loss alone', () => expect(answerOf('lossy')).toBe('slower'));
});

describe('the tasks', () => {
  test.each([
    ['two-switches', {}, 'tasks.two-switches.slow'],
    ['two-switches', { rttMs: 20 }, 'tasks.two-switches.path'],
    ['two-switches', { rttMs: 60, near: true, reuse: true, tls13: true }, 'tasks.two-switches.many'],
    ['two-switches', { rttMs: 60, near: true, compress: true }, 'tasks.two-switches.slow'],
    ['two-switches', { rttMs: 60, near: true, reuse: true }, undefined],
    ['same-place', { near: true }, 'tasks.same-place.moved'],
    ['same-place', { rttMs: 20 }, 'tasks.same-place.path'],
    ['same-place', {}, 'tasks.same-place.slow'],
    [
      'same-place',
      { reuse: true, compress: true, initialWindow: true, tls13: true, fastOpen: true, scaling: true },
      undefined,
    ],
    ['silence', {}, 'tasks.silence.off'],
    ['silence', { keepWindow: true }, 'tasks.silence.new'],
    ['silence', { keepWindow: true, reuse: true, site: 'article', compress: true }, 'tasks.silence.little'],
    ['silence', { keepWindow: true, reuse: true }, undefined],
    ['field', {}, 'tasks.field.off'],
    ['field', { scaling: true }, 'tasks.field.little'],
    ['field', { scaling: true, site: 'app' }, undefined],
    ['worse', {}, 'tasks.worse.none'],
    ['worse', { near: true }, 'tasks.worse.good'],
    ['worse', { reuse: true, lossOneIn: '50' }, undefined],
  ] as const)('%s with %o: %s', (id, change, hint) => {
    const task = lab.tasks.find((one) => one.id === id);
    expect(task?.check(run(change), settings(change))).toMatchObject(
      hint === undefined ? { passed: true } : { passed: false, hint: { key: hint } },
    );
  });
});

describe('what is simplified', () => {
  test('phases: each begins when the one before is complete', () => {
    const { legs, pageMs, clickMs, totalMs } = journey({});
    const sum = legs.reduce((ms, leg) => ms + leg.setupMs + leg.transferMs, 0);
    expect(legs).toHaveLength(4);
    expect([pageMs + clickMs, totalMs]).toEqual([expect.closeTo(sum, 6), expect.closeTo(sum, 6)]);
  });
  test('even-loss: a journey shorter than the distance loses nothing', () => {
    // The article's text and images are 360,000 octets, 248 segments; compressed below 200.
    expect(journey({ compress: true }, { lossOneIn: 200 })).toEqual(journey({ compress: true }));
    expect(journey({}, { lossOneIn: 200 })).not.toEqual(journey({}));
  });
  test('edge: the click still pays the way to the origin, once', () => {
    const near = journey({ near: true, reuse: true, keepWindow: true, scaling: true });
    const edgeMs = 100 * NEAR_SHARE;
    expect(near.clickMs).toBeCloseTo(edgeMs + (100 - edgeMs) + SERVER_MS + (40_000 * 8) / 50_000, 6);
  });
  test('cookie: Fast Open saves a round trip on the very first connection', () => {
    expect(journey({ fastOpen: true }).legs[0]?.setupMs).toBe(200);
  });
  test('no-cpu: compressed text takes what so many fewer octets take, and images stay as they are', () => {
    const saved = journey({ compress: true });
    const [bytes = 0] = phasesOf('article')[0]?.files ?? [];
    const smaller = transferTime({
      bytes: Math.ceil(bytes * COMPRESSED),
      rttMs: 100,
      initialCwnd: 4,
      serverTimeMs: SERVER_MS,
      bandwidthBps: 50e6,
      reused: false,
    });
    expect(saved.legs[0]?.transferMs).toBeCloseTo(smaller.totalMs - smaller.handshakeMs, 6);
    expect(saved.legs[2]).toEqual(journey({}).legs[2]);
  });
});

test('exports open in what they are for', () => {
  const [json, csv] = lab.exports(run({}), defaults);
  expect(JSON.parse(String(json?.content))).toMatchObject({ params: defaults });
  expect(String(csv?.content).split('\n')).toHaveLength(1 + SWITCHES.length);
});
