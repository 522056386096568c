import { expect, test } from 'vitest';
import { ackOf } from './ack.fixture';
import { Cubic } from './cubic';
import { CUBIC_ALPHA, CUBIC_BETA, CUBIC_C, cubicK, cubicWindow } from './cubic-window';

const MSS = 1000;

/** Feeds a CUBIC sender that has just lost at `wMax` segments; returns cwnd in segments at each RTT. */
function recoverFrom(wMax: number, rttMs: number, untilMs: number) {
  const cubic = new Cubic({ smss: MSS, initialCwndBytes: wMax * MSS, initialSsthreshBytes: 2 * MSS });
  cubic.onLoss(0, wMax * MSS);
  cubic.cwndBytes = cubic.ssthreshBytes;
  cubic.onRecoveryEnd();
  const curve: { t: number; cwnd: number }[] = [];
  for (let nowMs = 0; nowMs <= untilMs; nowMs += rttMs) {
    curve.push({ t: nowMs / 1000, cwnd: cubic.cwndBytes / MSS });
    const acks = Math.floor(cubic.cwndBytes / MSS);
    for (let i = 0; i < acks; i++) {
      const atMs = nowMs + (rttMs * i) / acks;
      cubic.onAck(ackOf({ nowMs: atMs, ackedBytes: MSS, flightBeforeBytes: cubic.cwndBytes, srttMs: rttMs }));
    }
  }
  return curve;
}

const at = (curve: { t: number; cwnd: number }[], t: number) => curve.find((point) => point.t >= t)!.cwnd;

test('RFC 9438 §4.6: a loss keeps 0.7 of the window', () => {
  const cubic = new Cubic({ smss: MSS, initialCwndBytes: 100 * MSS });
  cubic.onLoss(0, 100 * MSS);
  expect(cubic.ssthreshBytes).toBe(70 * MSS);
  expect(cubic.wMax).toBe(100);
});

test('RFC 9438 §4.7: fast convergence remembers less when the window is falling', () => {
  const cubic = new Cubic({ smss: MSS, initialCwndBytes: 100 * MSS });
  cubic.onLoss(0, 100 * MSS);
  cubic.cwndBytes = 80 * MSS;
  cubic.onLoss(1, 80 * MSS);
  expect(cubic.wMax).toBeCloseTo(80 * 0.85, 9);
});

test('RFC 9438 §4.2: the curve starts at 0.7 W_max, is back at W_max after K', () => {
  for (const wMax of [10, 100, 1000]) {
    const k = cubicK(wMax, CUBIC_BETA * wMax);
    expect(cubicWindow({ t: 0, wMax, cwndEpoch: CUBIC_BETA * wMax })).toBeCloseTo(0.7 * wMax, 9);
    expect(cubicWindow({ t: k, wMax, cwndEpoch: CUBIC_BETA * wMax })).toBeCloseTo(wMax, 9);
  }
  expect(CUBIC_C).toBe(0.4);
  expect(CUBIC_ALPHA).toBeCloseTo(0.529, 3);
});

test('the window follows the curve of RFC 9438 §4.2 within 2 %: concave up to W_max, convex beyond', () => {
  const wMax = 1000;
  const curve = recoverFrom(wMax, 50, 16_000);
  for (const { t, cwnd } of curve.slice(1)) {
    expect(Math.abs(cwnd / cubicWindow({ t, wMax, cwndEpoch: 700 }) - 1)).toBeLessThan(0.02);
  }
  const growth = (from: number, to: number) => at(curve, to) - at(curve, from);
  expect(growth(1, 3)).toBeGreaterThan(growth(5, 7)); // concave: slower and slower
  expect(growth(13, 15)).toBeGreaterThan(growth(10, 12)); // convex: faster and faster
});

test('flows of different RTT grow alike, unlike Reno', () => {
  // Ten times the RTT: Reno would grow a tenth as fast. CUBIC trails its curve by about one RTT.
  const near = recoverFrom(1000, 20, 15_000);
  const far = recoverFrom(1000, 200, 15_000);
  for (const t of [2, 5, 9, 12, 14]) expect(Math.abs(at(near, t) / at(far, t) - 1)).toBeLessThan(0.1);
});

test('RFC 9438 §4.3: on a short path CUBIC is no slower than Reno would be', () => {
  // 20 segments, 10 ms: Reno's line α t/RTT is far above the cubic.
  const curve = recoverFrom(20, 10, 500);
  const afterOneSecond = at(curve, 0.2);
  expect(afterOneSecond).toBeGreaterThan(cubicWindow({ t: 0.2, wMax: 20, cwndEpoch: 14 }) + 2);
  expect(afterOneSecond).toBeLessThan(14 + 20);
});

test('RFC 9438 §4.8: after a timeout one segment is left, and ssthresh has 0.7 of the flight', () => {
  const cubic = new Cubic({ smss: MSS, initialCwndBytes: 50 * MSS });
  cubic.onTimeout(0, 50 * MSS, false);
  expect([cubic.cwndBytes, cubic.ssthreshBytes, cubic.phase]).toEqual([MSS, 35 * MSS, 'slow-start']);
});
