import { expect, test } from 'vitest';
import { RtoEstimator } from './rto';

test('RFC 6298 §2.1: one second before the first measurement', () => {
  expect(new RtoEstimator().rtoMs).toBe(1000);
});

test('RFC 6298 §2.2 and §2.3: RTTVAR takes the SRTT of before', () => {
  const rto = new RtoEstimator(0);
  rto.sample(100);
  expect([rto.srttMs, rto.rttvarMs, rto.rtoMs]).toEqual([100, 50, 300]);
  rto.sample(300);
  expect([rto.srttMs, rto.rttvarMs, rto.rtoMs]).toEqual([125, 87.5, 475]);
});

test('RFC 6298 §2.4 and §5.5: never below the minimum; doubles at each expiry, to a minute', () => {
  const rto = new RtoEstimator();
  rto.sample(10);
  const seen = [rto.rtoMs];
  for (let i = 0; i < 7; i++) {
    rto.backOff();
    seen.push(rto.rtoMs);
  }
  expect(seen).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  rto.sample(10);
  expect(rto.rtoMs).toBe(1000);
});
