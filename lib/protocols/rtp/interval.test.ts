import { expect, test } from 'vitest';
import { createRandom } from '@/lib/sim';
import { deterministicInterval, reducedMinimumSeconds, ReportTimer, transmissionInterval } from './index';

const SEED = 3550;
const two = {
  members: 2,
  senders: 1,
  weSent: true,
  rtcpOctetsPerSecond: 400,
  averageOctets: 100,
  initial: false,
};

test('RFC 3550 §6.2: five seconds at least, half before the first report, less with much bandwidth', () => {
  expect(deterministicInterval(two)).toBe(5);
  expect(deterministicInterval({ ...two, initial: true })).toBe(2.5);
  expect(deterministicInterval({ ...two, minimumSeconds: 0 })).toBe(0.5);
  expect(reducedMinimumSeconds(72)).toBe(5);
});

test('RFC 3550 §6.3.1: senders share a quarter when they are a quarter of the members or fewer', () => {
  const many = { ...two, members: 1000, senders: 10 };
  expect(deterministicInterval(many)).toBe((100 * 10) / 100);
  expect(deterministicInterval({ ...many, weSent: false })).toBe((100 * 990) / 300);
  expect(deterministicInterval({ ...many, senders: 250 })).toBe((100 * 250) / 100);
  expect(deterministicInterval({ ...many, senders: 251 })).toBe((100 * 1000) / 400);
});

test('RFC 3550 §6.3.1: chance spreads it from a half to three halves, over e - 3/2', () => {
  expect(transmissionInterval(two, 0)).toBeCloseTo(2.5 / 1.21828, 4);
  expect(transmissionInterval(two, 0.999999999)).toBeCloseTo(7.5 / 1.21828, 4);
});

test('RFC 3550 §6.3.1: with timer reconsideration the mean interval is Td', () => {
  const random = createRandom(SEED);
  const start = { nowMs: 0, rtcpOctetsPerSecond: 400, firstDatagramOctets: 100 };
  const timer = new ReportTimer({ ...start, random: () => random.next() });
  timer.members = 40;
  let sent = 0;
  while (sent < 20_000) if (timer.expire(timer.nextMs, 100)) sent++;
  const tdMs = 1000 * deterministicInterval({ ...two, members: 40, senders: 0, weSent: false });
  expect(timer.nextMs / sent / tdMs).toBeGreaterThan(0.98);
  expect(timer.nextMs / sent / tdMs).toBeLessThan(1.02);
});

test('RFC 3550 §6.3.6: who learns of many members before its time waits longer', () => {
  const timer = new ReportTimer({
    ...{ nowMs: 1000, rtcpOctetsPerSecond: 400, firstDatagramOctets: 100 },
    random: () => 0.5,
  });
  const first = timer.nextMs;
  expect(first).toBeCloseTo(1000 + 2500 / 1.21828, 1);
  timer.members = 100;
  expect(timer.expire(first, 100)).toBe(false);
  expect(timer.nextMs).toBeCloseTo(1000 + (100 * 100 * 1000) / 300 / 1.21828, 0);
  expect(timer.expire(timer.nextMs, 100)).toBe(true);
});

test('RFC 3550 §6.3.4: who learns that half have left has half the time to wait', () => {
  const options = { nowMs: 0, rtcpOctetsPerSecond: 400, firstDatagramOctets: 100, random: () => 0.5 };
  const timer = new ReportTimer(options);
  timer.members = 100;
  timer.expire(timer.nextMs, 100);
  const before = timer.nextMs;
  timer.leave(50, 10_000);
  expect(timer.nextMs).toBeCloseTo(10_000 + (before - 10_000) / 2, 6);
  // The last report, at 0, is put as much closer: the next interval is reckoned from 5000.
  timer.leave(60, 10_000);
  expect(timer.members).toBe(60);
  expect(timer.expire(timer.nextMs, 100)).toBe(false);
  expect(timer.nextMs).toBeCloseTo(5000 + (100 * 60 * 1000) / 300 / 1.21828, 0);
});

test('RFC 3550 §6.3.3: sizes that come move the mean by a sixteenth', () => {
  const options = { nowMs: 0, rtcpOctetsPerSecond: 1, firstDatagramOctets: 16, random: () => 0.5 };
  const timer = new ReportTimer(options);
  timer.receive(32);
  expect(timer.expire(timer.nextMs, 17)).toBe(false);
  expect(timer.nextMs).toBeCloseTo(17_000 / 0.75 / 1.21828, 0);
});
