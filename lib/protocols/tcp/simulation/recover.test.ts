import { expect, test } from 'vitest';
import { simulate } from './simulate';

const MSS = 1000;

test('RFC 6582 §3.2: after a timeout, duplicates of what was sent again needlessly find no loss', () => {
  // Five holes in a window of 40, the first one's repair lost too. After the timeout every hole is reached by sending
  // on from it, and what the receiver has already comes back as duplicates: at last of an ACK for all 40.
  const { summary } = simulate({
    algorithm: 'newreno',
    path: { rttMs: 100, mss: MSS },
    flow: { bytes: 100 * MSS, initialCwnd: 40, rwnd: 40 * MSS },
    loss: { kind: 'scripted', segments: [1, 1, 6, 11, 16, 21] },
  }).flows[0]!;
  expect(summary.duplicateSegments).toBeGreaterThan(3);
  expect([summary.fastRetransmits, summary.timeouts]).toEqual([1, 1]);
});

test('a timeout in a recovery halves the window as it is without the inflation by duplicates', () => {
  // So many holes that the timer goes off while they are filled one a round trip (RFC 6582 §4, impatient).
  const lost = Array.from({ length: 12 }, (_, i) => 1 + 2 * i);
  const { events } = simulate({
    algorithm: 'newreno',
    path: { rttMs: 150, mss: MSS },
    flow: { bytes: 400 * MSS, initialCwnd: 40 },
    loss: { kind: 'scripted', segments: lost },
    record: { events: 'turns' },
  });
  const [recovery, timeout] = ['recovery-begin', 'rto'].map((type) =>
    events.find((each) => each.type === type),
  );
  expect(recovery?.ssthreshBytes).toBe(20 * MSS);
  expect(timeout?.ssthreshBytes).toBe(10 * MSS);
});
