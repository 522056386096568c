import { expect, test } from 'vitest';
import { runFlood, type FloodScript } from './run-flood';

const script: FloodScript = {
  delayMs: 50,
  backlog: 8,
  cookies: false,
  halfOpenMs: 63_000,
  floodSyns: 20,
  clientOpensAtMs: 200,
};

test('a full backlog: the client asks six times in a minute and gives up without a word (RFC 4987 §2)', () => {
  const trace = runFlood(script);
  expect(trace.flood).toEqual({ remembered: 8, withCookie: 0, dropped: 12, atMs: 50 });
  expect(trace.packets.map(({ sentAtMs }) => sentAtMs - 200)).toEqual([0, 1000, 3000, 7000, 15_000, 31_000]);
  expect(trace.packets.every(({ from }) => from === 'client')).toBe(true);
  expect([trace.servedAtMs, trace.client.state, trace.endMs]).toEqual([null, 'CLOSED', 63_200]);
});

test('with cookies the same flood leaves the client where it would be without one (RFC 4987 §3.6)', () => {
  const served = runFlood({ ...script, cookies: true });
  expect(served.servedAtMs).toBe(200 + 3 * 50);
  expect(served.endMs).toBe(served.servedAtMs);
  expect(served.listener.accepted).toMatchObject([{ peer: '192.0.2.1:49152', byCookie: true, mss: 1460 }]);
  expect(runFlood({ ...script, floodSyns: 0 }).servedAtMs).toBe(served.servedAtMs);
});

test('room in the backlog, or a shorter memory, lets the client in', () => {
  expect(runFlood({ ...script, backlog: 21 }).listener.accepted).toMatchObject([{ byCookie: false }]);
  // The SYN that is sent 3 s after the first is the first to find the flood forgotten.
  expect(runFlood({ ...script, halfOpenMs: 2000 }).servedAtMs).toBe(200 + 3000 + 150);
});

test('the same script gives the same trace', () => {
  expect(runFlood(script)).toEqual(runFlood(script));
});
