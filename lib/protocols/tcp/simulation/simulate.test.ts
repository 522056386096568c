import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Algorithm } from '../congestion/control';
import { ALGORITHMS } from '../congestion/control';
import { simulate, simulateFlows } from './simulate';
import type { TcpEventType, TcpFlow, TcpLoss, TcpTrace } from './types';

const MSS = 1000;

/** 100 ms, no rate: a ladder as in a book. 32 segments of slow start end at ssthresh 16. */
function ladder(algorithm: Algorithm, segments: readonly number[], flow: TcpFlow = {}): TcpTrace {
  return simulate({
    algorithm,
    path: { rttMs: 100, mss: MSS },
    flow: { bytes: 200 * MSS, initialCwnd: 10, initialSsthresh: 20 * MSS, ...flow },
    loss: { kind: 'scripted', segments },
    record: { events: true },
  });
}

const ofType = (trace: TcpTrace, ...types: TcpEventType[]) =>
  trace.events.filter((event) => types.includes(event.type));
const resent = (trace: TcpTrace) => ofType(trace, 'retransmitted').map((event) => event.segment);

test('without loss the window doubles each round trip: 10, 20, 40 segments leave', () => {
  const trace = simulate({
    algorithm: 'reno',
    path: { rttMs: 100, mss: MSS },
    flow: { bytes: 70 * MSS },
    record: { events: true },
  });
  const perRound = new Map<number, number>();
  for (const { timeMs } of ofType(trace, 'sent')) perRound.set(timeMs, (perRound.get(timeMs) ?? 0) + 1);
  expect([...perRound]).toEqual([
    [0, 10],
    [100, 20],
    [200, 40],
  ]);
  expect(trace.flows[0]!.summary).toMatchObject({
    completedMs: 250,
    acknowledgedMs: 300,
    retransmittedSegments: 0,
  });
});

test('RFC 5681 §3.1: ssthresh starts arbitrarily high', () => {
  const trace = simulate({ algorithm: 'newreno', path: { rttMs: 50 }, flow: { bytes: 1e6 } });
  expect(trace.flows[0]!.samples.every((sample) => sample.ssthreshBytes === Infinity)).toBe(true);
});

test('Tahoe: the third duplicate ACK leaves one segment and slow start', () => {
  const trace = ladder('tahoe', [21]);
  const [loss] = ofType(trace, 'fast-retransmit');
  expect(loss).toMatchObject({ segment: 21, cwndBytes: MSS });
  expect(loss!.ssthreshBytes).toBeLessThanOrEqual(11 * MSS);
  expect(ofType(trace, 'recovery-begin', 'rto')).toEqual([]);
  expect(resent(trace)).toEqual([21]);
});

test('Reno sends the one lost segment again, deflates to ssthresh, and ssthresh stays halved', () => {
  const trace = ladder('reno', [21]);
  expect(resent(trace)).toEqual([21]);
  const [begin] = ofType(trace, 'recovery-begin');
  const [end] = ofType(trace, 'recovery-end');
  expect(begin!.cwndBytes).toBe(begin!.ssthreshBytes + 3 * MSS);
  expect(end!.ssthreshBytes).toBe(begin!.ssthreshBytes);
  expect(end!.cwndBytes).toBe(end!.ssthreshBytes);
  expect(trace.events.at(-1)!.ssthreshBytes).toBe(begin!.ssthreshBytes);
  expect(ofType(trace, 'rto')).toEqual([]);
});

test('RFC 3042: the first two duplicate ACKs each send a new segment', () => {
  const trace = ladder('reno', [21]);
  const duplicates = ofType(trace, 'acked').filter((event) => event.isDuplicate);
  const [first, second] = duplicates;
  const fresh = (timeMs: number) => ofType(trace, 'sent').filter((event) => event.timeMs === timeMs).length;
  expect(first!.timeMs).toBe(second!.timeMs);
  // Counted without those two, the flight is what cwnd was: ssthresh is half of it.
  const flight = first!.flightBytes - MSS;
  expect(ofType(trace, 'fast-retransmit')[0]!.ssthreshBytes).toBe(flight / 2);
  expect(fresh(first!.timeMs)).toBeGreaterThanOrEqual(2);
});

test('RFC 6582: NewReno sends one segment more for each partial ACK, halving once', () => {
  const trace = ladder('newreno', [21, 24, 27]);
  expect(resent(trace)).toEqual([21, 24, 27]);
  expect(ofType(trace, 'fast-retransmit').length).toBe(1);
  expect(ofType(trace, 'recovery-end').length).toBe(1);
  const times = ofType(trace, 'retransmitted').map((event) => event.timeMs);
  expect([times[1]! - times[0]!, times[2]! - times[1]!]).toEqual([100, 100]); // one round trip each
});

test('two losses in one window: Reno stumbles (halves again or times out), NewReno does not', () => {
  const lost = [21, 24];
  const reno = ladder('reno', lost);
  const newreno = ladder('newreno', lost);
  const setbacks = (trace: TcpTrace) => ofType(trace, 'fast-retransmit', 'rto').length;
  expect(setbacks(newreno)).toBe(1);
  expect(setbacks(reno)).toBeGreaterThan(1);
  expect(reno.events.at(-1)!.ssthreshBytes).toBeLessThan(newreno.events.at(-1)!.ssthreshBytes);
  expect(reno.flows[0]!.summary.completedMs!).toBeGreaterThan(newreno.flows[0]!.summary.completedMs!);
});

test('with SACK all holes of a window are filled in one round trip', () => {
  const trace = ladder('newreno', [21, 24, 27], { sack: true });
  expect(resent(trace)).toEqual([21, 24, 27]);
  const times = ofType(trace, 'retransmitted').map((event) => event.timeMs);
  expect(times[2]! - times[0]!).toBeLessThanOrEqual(100); // NewReno alone: 200
});

test('RFC 6937: PRR spreads what RFC 6675 holds back, and ends at ssthresh', () => {
  const path = { rttMs: 100, rateBps: 8e6, mss: MSS };
  const run = (prr: boolean) =>
    simulate({
      algorithm: 'newreno',
      path,
      flow: { bytes: 900 * MSS, sack: true, prr, initialCwnd: 120, initialSsthresh: 120 * MSS },
      loss: { kind: 'scripted', segments: [301] },
      record: { events: true },
    });
  const longestSilence = (trace: TcpTrace) => {
    const begin = ofType(trace, 'recovery-begin')[0]!.timeMs;
    const end = ofType(trace, 'recovery-end')[0]!.timeMs;
    const times = ofType(trace, 'sent', 'retransmitted').map((event) => event.timeMs);
    const within = times.filter((timeMs) => timeMs >= begin && timeMs <= end);
    return Math.max(...within.slice(1).map((timeMs, i) => timeMs - within[i]!));
  };
  expect(longestSilence(run(true))).toBeLessThan(longestSilence(run(false)) / 2);
  const [end] = ofType(run(true), 'recovery-end');
  expect(end!.cwndBytes).toBe(end!.ssthreshBytes);
});

test('RFC 6298: a timeout leaves one segment, and each further one waits twice as long', () => {
  const trace = ladder('newreno', [1, 1, 1, 1], { bytes: MSS, initialCwnd: 1 });
  const timeouts = ofType(trace, 'rto');
  expect(timeouts.map((event) => event.timeMs)).toEqual([1000, 3000, 7000, 15_000]);
  expect(timeouts.every((event) => event.cwndBytes === MSS)).toBe(true);
  expect(trace.flows[0]!.summary.completedMs).toBe(15_050);
});

test('RFC 5681 §4.1: after a silence longer than an RTO the window starts anew, unless that is off', () => {
  const run = (slowStartAfterIdle: boolean) =>
    simulate({
      algorithm: 'cubic',
      path: { rttMs: 50, mss: MSS },
      flow: {
        writes: [
          { atMs: 0, bytes: 100 * MSS },
          { atMs: 5000, bytes: 100 * MSS },
        ],
        slowStartAfterIdle,
      },
      record: { events: true },
    });
  const burst = (trace: TcpTrace) => ofType(trace, 'sent').filter((event) => event.timeMs === 5000).length;
  expect(burst(run(true))).toBe(10);
  expect(ofType(run(true), 'idle-restart').length).toBe(1);
  expect(burst(run(false))).toBeGreaterThan(50);
});

test('RFC 5681 §4.2: delayed ACKs come for every second segment, or after their time', () => {
  const count = (delayedAck: boolean, bytes: number) => {
    const flow = { bytes, delayedAck, initialCwnd: 20 };
    return simulate({ algorithm: 'reno', path: { rttMs: 50, mss: MSS }, flow, record: { events: true } });
  };
  expect(ofType(count(false, 20 * MSS), 'acked').length).toBe(20);
  expect(ofType(count(true, 20 * MSS), 'acked').length).toBe(10);
  expect(count(true, 3 * MSS).flows[0]!.summary.acknowledgedMs).toBe(250); // the odd one waits 200 ms
});

test('RFC 3168: marks slow a flow down without a loss', () => {
  const run = (ecn: boolean) =>
    simulate({
      algorithm: 'newreno',
      path: { rttMs: 40, rateBps: 10e6, queueBytes: 300_000, ecnThresholdBytes: 50_000 },
      flow: { durationMs: 10_000, ecn },
    });
  const marked = run(true);
  expect(marked.flows[0]!.summary.ecnReductions).toBeGreaterThan(2);
  expect(marked.flows[0]!.summary.queueDrops).toBe(0);
  expect(marked.summary.meanQueueBytes).toBeLessThan(run(false).summary.meanQueueBytes / 2);
  expect(marked.summary.utilisation!).toBeGreaterThan(0.9);
});

test('a mark never raises the window, however much of an older, larger flight is outstanding (RFC 3168 §6.1.2)', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<Algorithm>('tahoe', 'reno', 'newreno', 'cubic'),
      fc.integer({ min: 2, max: 40 }),
      fc.integer({ min: 5, max: 60 }),
      fc.integer({ min: 3000, max: 9000 }),
      (algorithm, initialCwnd, rttMs, queueBytes) => {
        const { flows } = simulateFlows({
          path: { rttMs, rateBps: 800_000, queueBytes, ecnThresholdBytes: queueBytes * 0.3, mss: MSS },
          flows: [{ algorithm, durationMs: 20_000, initialCwnd, ecn: true }],
        });
        // A window that jumps up fills the queue again and again: more is sent twice than once.
        const { retransmittedSegments, arrivedSegments } = flows[0]!.summary;
        expect(retransmittedSegments).toBeLessThan(arrivedSegments / 4);
      },
    ),
    { numRuns: 40 },
  );
});

test('a receive window bounds the rate: one window a round trip', () => {
  const trace = simulate({
    algorithm: 'cubic',
    path: { rttMs: 100 },
    flow: { durationMs: 20_000, rwnd: 65_535 },
  });
  const full = Math.floor(65_535 / 1460) * 1460;
  expect(trace.summary.goodputBps / ((full * 8000) / 100)).toBeGreaterThan(0.95);
  expect(trace.summary.goodputBps / ((full * 8000) / 100)).toBeLessThanOrEqual(1);
});

const BOTTLENECK = { rttMs: 50, rateBps: 10e6, queueBytes: 125_000 };

test('BBR keeps the queue short where CUBIC fills it, at the same rate', () => {
  const run = (algorithm: Algorithm) =>
    simulate({ algorithm, path: BOTTLENECK, flow: { durationMs: 30_000 } });
  const bbr = run('bbr');
  const cubic = run('cubic');
  expect(bbr.summary.utilisation!).toBeGreaterThan(0.95);
  expect(cubic.summary.utilisation!).toBeGreaterThan(0.95);
  expect(bbr.summary.meanQueueBytes).toBeLessThan(cubic.summary.meanQueueBytes / 4);
  const phases = new Set(bbr.flows[0]!.samples.map((sample) => sample.phase));
  expect([...phases]).toEqual(expect.arrayContaining(['startup', 'drain', 'probe-bw', 'probe-rtt']));
});

test('BBR holds its rate against random loss that stops CUBIC', () => {
  const loss: TcpLoss = { kind: 'random', rate: 0.01 };
  const run = (algorithm: Algorithm) =>
    simulate({ algorithm, path: BOTTLENECK, flow: { durationMs: 30_000 }, loss });
  expect(run('bbr').summary.utilisation!).toBeGreaterThan(0.8);
  expect(run('cubic').summary.utilisation!).toBeLessThan(0.5);
});

test.each(['tahoe', 'reno', 'newreno', 'cubic'] as const)('equal %s flows share fairly', (algorithm) => {
  for (const count of [2, 4, 6]) {
    const flows = Array.from({ length: count }, () => ({ algorithm }));
    const { summary } = simulateFlows({
      path: { ...BOTTLENECK, queueBytes: 60_000 },
      flows,
      durationMs: 60_000,
    });
    expect(summary.fairness).toBeGreaterThan(0.9);
    expect(summary.utilisation!).toBeGreaterThan(0.8);
  }
});

test('AIMD converges: a flow that comes late gets its share from the one that was there', () => {
  const late = { algorithm: 'newreno', startMs: 20_000, initialSsthresh: 4 * 1460 } as const;
  const trace = simulateFlows({
    path: { rttMs: 20, rateBps: 10e6, queueBytes: 25_000 },
    flows: [
      { algorithm: 'newreno', durationMs: 120_000 },
      { ...late, durationMs: 100_000 },
    ],
  });
  const inLastMinute = trace.flows.map(({ samples }) => {
    const from = samples.find((sample) => sample.timeMs >= 60_000)!;
    return samples.at(-1)!.deliveredBytes - from.deliveredBytes;
  });
  const [first, second] = inLastMinute as [number, number];
  expect(Math.min(first, second) / Math.max(first, second)).toBeGreaterThan(0.6);
});

test('Reno at a rate of loss gets what the formula of Mathis et al. says, within a third', () => {
  for (const rate of [0.001, 0.003, 0.01]) {
    const flow = { durationMs: 600_000, sack: true, minRtoMs: 200 };
    const { summary } = simulate({
      algorithm: 'reno',
      path: { rttMs: 50 },
      flow,
      loss: { kind: 'random', rate },
    });
    const expected = ((1460 * 8000) / 50) * Math.sqrt(1.5 / rate);
    expect(summary.goodputBps / expected).toBeGreaterThan(2 / 3);
    expect(summary.goodputBps / expected).toBeLessThan(4 / 3);
  }
});

const world = fc.record({
  rttMs: fc.integer({ min: 1, max: 300 }),
  rateBps: fc.integer({ min: 500_000, max: 50_000_000 }),
  queueBytes: fc.integer({ min: 3_000, max: 200_000 }),
  bytes: fc.integer({ min: 1, max: 300_000 }),
  rwnd: fc.integer({ min: 1460, max: 300_000 }),
  initialCwnd: fc.integer({ min: 1, max: 20 }),
  delayedAck: fc.boolean(),
  prr: fc.boolean(),
  algorithm: fc.constantFrom(...ALGORITHMS),
  rate: fc.double({ min: 0, max: 0.2, noNaN: true }),
  seed: fc.nat(),
});

test('every octet arrives once, nothing is made or lost from the books, windows are kept, runs repeat', () => {
  fc.assert(
    fc.property(world, ({ rttMs, rateBps, queueBytes, algorithm, rate, seed, ...flow }) => {
      const run = () =>
        simulate({
          algorithm,
          path: { rttMs, rateBps, queueBytes },
          flow,
          loss: { kind: 'random', rate },
          seed,
          record: { events: true },
        });
      const trace = run();
      const { summary } = trace.flows[0]!;
      expect(trace.summary.stopped).toBe('completed');
      expect(summary.deliveredBytes).toBe(flow.bytes);
      expect(
        summary.arrivedSegments + summary.lostSegments + summary.queueDrops + summary.inTransitSegments,
      ).toBe(summary.sentSegments);
      expect(summary.arrivedSegments - summary.duplicateSegments).toBe(Math.ceil(flow.bytes / 1460));
      for (const event of trace.events) {
        expect(event.cwndBytes).toBeGreaterThanOrEqual(1460 - 1e-6);
        if (event.type !== 'sent') continue;
        // A new segment never goes beyond the windows, but for the two of limited transmit.
        expect(event.flightBytes).toBeLessThanOrEqual(Math.min(event.cwndBytes + 2 * 1460, flow.rwnd) + 1e-3);
      }
      expect(run()).toEqual(trace);
    }),
    { numRuns: 150 },
  );
});

test('competing flows: octets on the books of each, and the link carries no more than its rate', () => {
  const flow = fc.record({
    algorithm: fc.constantFrom(...ALGORITHMS),
    startMs: fc.integer({ min: 0, max: 1000 }),
    rttMs: fc.integer({ min: 5, max: 200 }),
  });
  fc.assert(
    fc.property(fc.array(flow, { minLength: 1, maxLength: 6 }), fc.nat(), (flows, seed) => {
      const path = { rttMs: 50, rateBps: 5e6, queueBytes: 40_000 };
      const input = { path, flows, durationMs: 5000, seed };
      const trace = simulateFlows(input);
      for (const { summary, samples } of trace.flows) {
        expect(
          summary.arrivedSegments + summary.lostSegments + summary.queueDrops + summary.inTransitSegments,
        ).toBe(summary.sentSegments);
        expect(samples.length).toBeLessThanOrEqual(600);
      }
      expect(trace.summary.utilisation!).toBeLessThanOrEqual(1);
      expect(trace.summary.maxQueueBytes).toBeLessThanOrEqual(40_000);
      expect(simulateFlows(input)).toEqual(trace);
    }),
    { numRuns: 30 },
  );
});

test('samples and events keep their limits', () => {
  const input = {
    algorithm: 'cubic',
    path: { ...BOTTLENECK, rateBps: 100e6 },
    flow: { durationMs: 20_000 },
  } as const;
  const trace = simulate({ ...input, record: { samples: 50, events: true } });
  expect(trace.flows[0]!.samples.length).toBeLessThanOrEqual(50);
  expect(trace.flows[0]!.samples.length).toBeGreaterThan(20);
  expect(trace.queue.length).toBeLessThanOrEqual(50);
  expect(trace.events.length).toBe(50_000);
  expect(trace.summary.eventsTruncated).toBe(true);
});

test('refuses what makes no sense, by code', () => {
  const invalid = expect.objectContaining({ code: 'TCP_INVALID_INPUT' }) as Error;
  const path = { rttMs: 50 };
  expect(() => simulate({ algorithm: 'reno', path: { rttMs: 0 } })).toThrow(invalid);
  expect(() => simulate({ algorithm: 'reno', path: { rttMs: 50, rateBps: 0 } })).toThrow(invalid);
  expect(() => simulate({ algorithm: 'reno', path, flow: { rwnd: 100 } })).toThrow(invalid);
  expect(() => simulate({ algorithm: 'reno', path, loss: { kind: 'random', rate: 2 } })).toThrow(invalid);
  expect(() => simulateFlows({ path, flows: [] })).toThrow(invalid);
});
