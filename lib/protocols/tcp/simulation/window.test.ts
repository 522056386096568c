import { expect, test } from 'vitest';
import { TcpModelError } from '../model-error';
import { simulate } from './simulate';
import type { TcpFlow } from './types';

const MSS = 1000;
const PATH = { rttMs: 100, mss: MSS };

/** The largest window, in segments, of a flow that has so many segments to send. */
function largestWindow(
  algorithm: 'reno' | 'newreno' | 'cubic',
  segments: number,
  flow: TcpFlow = {},
): number {
  const { summary } = simulate({ algorithm, path: PATH, flow: { bytes: segments * MSS, ...flow } }).flows[0]!;
  return summary.maxCwndBytes / MSS;
}

test.each(['reno', 'newreno', 'cubic'] as const)(
  'RFC 7661 §4.3: %s grows to twice what a burst used of its window, and no further',
  (algorithm) => {
    // Ten segments of ten are used whole; of five it is not known what more would have done.
    const windows = [10, 9, 6, 5].map((segments) => largestWindow(algorithm, segments));
    expect(windows).toEqual([20, 18, 12, 10]);
  },
);

test('RFC 7661 §4.2: what was used is asked of each window anew', () => {
  const writes = [10, 2, 2].map((segments, i) => ({ atMs: i * 200, bytes: segments * MSS }));
  expect(largestWindow('reno', 0, { writes })).toBe(20);
  expect(largestWindow('reno', 0, { writes: writes.slice(1) })).toBe(10);
});

test.each(['tahoe', 'reno', 'newreno', 'cubic'] as const)(
  'RFC 3465 §2.2: in slow start %s counts ACKs, or with a limit what they acknowledge',
  (algorithm) => {
    const windowWith = (slowStartAckLimit: number): number =>
      simulate({
        algorithm,
        path: PATH,
        flow: { bytes: 10 * MSS, delayedAck: true, slowStartAckLimit },
      }).flows[0]!.summary.maxCwndBytes / MSS;
    expect([1, 2, Infinity].map(windowWith)).toEqual([15, 20, 20]);
  },
);

test('RFC 3465 §2.2: an ACK for many does not carry slow start beyond ssthresh', () => {
  const flow = { delayedAck: true, slowStartAckLimit: 2, initialSsthresh: 11 * MSS };
  // Two ACKs at 10 and 11: one segment up to ssthresh, then a fraction of one an ACK.
  expect(largestWindow('reno', 10, flow)).toBeLessThan(11.5);
  expect(() => largestWindow('reno', 10, { slowStartAckLimit: 0 })).toThrow(TcpModelError);
});
