import { expect, test } from 'vitest';
import { simulate } from './simulate';

const lossy = {
  algorithm: 'newreno',
  path: { rttMs: 50, rateBps: 5e6, queueBytes: 30_000, mss: 1460 },
  flow: { bytes: 400_000 },
  loss: { kind: 'scripted', segments: [30, 30] },
} as const;

test('records the senders’ turns alone, and the same ones as with every segment', () => {
  const turns = simulate({ ...lossy, record: { events: 'turns' } });
  const all = simulate({ ...lossy, record: { events: true } });
  const perSegment = new Set(['sent', 'retransmitted', 'dropped', 'received', 'acked']);
  expect(turns.events.length).toBeGreaterThan(2);
  expect(turns.events).toEqual(all.events.filter(({ type }) => !perSegment.has(type)));
  expect(turns.flows).toEqual(all.flows);
});
