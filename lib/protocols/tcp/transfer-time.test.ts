import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  simulateTransfer,
  slowStartRounds,
  slowStartRoundsByLoop,
  transferTime,
  type TransferInput,
} from '.';

test('65,535 octets need 45 segments: four rounds from 4 segments, three from 10', () => {
  expect(slowStartRounds({ bytes: 65_535, mss: 1460, initialCwnd: 4 })).toBe(4);
  expect(slowStartRounds({ bytes: 65_535, mss: 1460, initialCwnd: 10 })).toBe(3);
  expect(slowStartRounds({ segments: 45 })).toBe(3);
});

test('no round is needed for what fits the first window, and exact doublings take exactly their rounds', () => {
  expect(slowStartRounds({ segments: 0, initialCwnd: 4 })).toBe(0);
  expect(slowStartRounds({ segments: 4, initialCwnd: 4 })).toBe(0);
  expect(slowStartRounds({ segments: 5, initialCwnd: 4 })).toBe(1);
  expect(slowStartRounds({ segments: 12, initialCwnd: 3 })).toBe(2);
  expect(slowStartRounds({ segments: 13, initialCwnd: 3 })).toBe(3);
});

test('the formula and the loop agree, just beside powers of two as well', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.nat(40),
      fc.integer({ min: -1, max: 1 }),
      (iw, power, off) => {
        const input = { segments: iw * 2 ** power + off, initialCwnd: iw };
        expect(slowStartRounds(input)).toBe(slowStartRoundsByLoop(input));
      },
    ),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.nat(2 ** 40), (initialCwnd, segments) => {
      expect(slowStartRounds({ segments, initialCwnd })).toBe(
        slowStartRoundsByLoop({ segments, initialCwnd }),
      );
    }),
  );
});

test('20 kB over 56 ms with 40 ms of server time, as in the book', () => {
  const input = { bytes: 20_480, rttMs: 56, mss: 1460, initialCwnd: 4, rwnd: 65_535, serverTimeMs: 40 };
  const cold = transferTime(input);
  expect(cold.totalMs).toBe(264);
  expect(cold.rounds).toBe(3);
  expect(cold.bursts.map((burst) => [burst.segments, burst.firstSentMs, burst.lastArrivesMs])).toEqual([
    [4, 124, 152],
    [8, 180, 208],
    [3, 236, 264],
  ]);
  expect(transferTime({ ...input, initialCwnd: 10 }).totalMs).toBe(208);
  expect(transferTime({ ...input, reused: true })).toMatchObject({ totalMs: 96, rounds: 1, handshakeMs: 0 });
});

test('each round trip of TLS counts on a new connection and none on a warm one', () => {
  const input = { bytes: 1000, rttMs: 50 };
  const total = (tls: TransferInput['tls'], reused = false) =>
    transferTime({ ...input, reused, ...(tls ? { tls } : {}) }).totalMs;
  expect(total(undefined)).toBe(100);
  expect([total('1.3-0rtt'), total('1.3'), total('1.2-resumed'), total('1.2')]).toEqual([100, 150, 150, 200]);
  expect(total('1.2', true)).toBe(50);
});

test('a receive window holds the bursts down', () => {
  const { bursts, totalMs } = transferTime({
    bytes: 20 * 1000,
    rttMs: 10,
    mss: 1000,
    initialCwnd: 4,
    rwnd: 5000,
  });
  expect(bursts.map((burst) => burst.segments)).toEqual([4, 5, 5, 5, 1]);
  expect(totalMs).toBe(10 + 5 + 4 * 10 + 5);
});

test('with a rate, serialisation counts: a burst takes its octets, and a full pipe never waits', () => {
  // 10 segments of 1,000 octets at 8 Mbit/s: 1 ms each.
  expect(transferTime({ bytes: 10_000, rttMs: 100, mss: 1000, bandwidthBps: 8e6 }).totalMs).toBe(210);
  // The pipe is full from the first window on: 1,000 ms for 1,000 segments.
  expect(transferTime({ bytes: 1e6, rttMs: 4, mss: 1000, bandwidthBps: 8e6 }).totalMs).toBeCloseTo(1008, 9);
});

test('an empty response takes the round trips alone', () => {
  expect(transferTime({ bytes: 0, rttMs: 80, serverTimeMs: 7 })).toMatchObject({ totalMs: 167, rounds: 0 });
});

const transfer: fc.Arbitrary<TransferInput> = fc
  .record({
    bytes: fc.integer({ min: 1, max: 400_000 }),
    rttMs: fc.integer({ min: 1, max: 300 }),
    mss: fc.integer({ min: 200, max: 9000 }),
    initialCwnd: fc.integer({ min: 1, max: 40 }),
    extraWindow: fc.option(fc.integer({ min: 0, max: 100_000 })),
    serverTimeMs: fc.integer({ min: 0, max: 200 }),
    reused: fc.boolean(),
    bandwidthBps: fc.option(fc.integer({ min: 500_000, max: 1_000_000_000 })),
    tls: fc.option(fc.constantFrom('1.2', '1.2-resumed', '1.3', '1.3-0rtt')),
  })
  .map(({ extraWindow, bandwidthBps, tls, ...input }) => ({
    ...input,
    ...(extraWindow === null ? {} : { rwnd: input.mss + extraWindow }),
    ...(bandwidthBps === null ? {} : { bandwidthBps }),
    ...(tls === null ? {} : { tls }),
  }));

test('the simulated transfer takes as long as the computed one', () => {
  fc.assert(
    fc.property(transfer, (input) => {
      const computed = transferTime(input);
      const simulated = simulateTransfer(input, { samples: 0 });
      expect(simulated.totalMs).toBeCloseTo(computed.totalMs, 6);
      expect(simulated.trace.summary.sentSegments).toBe(computed.segments);
    }),
    { numRuns: 300 },
  );
});

test('bursts carry everything, follow the doubling, and are at least the rounds of the formula', () => {
  fc.assert(
    fc.property(transfer, (input) => {
      const { bursts, segments, rounds, totalMs, responseStartMs } = transferTime(input);
      expect(bursts.reduce((sum, burst) => sum + burst.segments, 0)).toBe(segments);
      expect(rounds).toBe(bursts.length);
      expect(totalMs).toBeGreaterThan(responseStartMs);
      bursts.forEach((burst, round) => {
        if (input.reused !== true)
          expect(burst.segments).toBeLessThanOrEqual(input.initialCwnd! * 2 ** round);
      });
    }),
  );
});

test('refuses what makes no sense, by code', () => {
  const invalid = expect.objectContaining({ code: 'TCP_INVALID_INPUT' }) as Error;
  expect(() => transferTime({ bytes: -1, rttMs: 10 })).toThrow(invalid);
  expect(() => transferTime({ bytes: 1, rttMs: NaN })).toThrow(invalid);
  expect(() => transferTime({ bytes: 1, rttMs: 10, rwnd: 1000 })).toThrow(invalid);
  expect(() => slowStartRounds({ segments: 10, initialCwnd: 0 })).toThrow(invalid);
});
