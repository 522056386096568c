import { expect, test } from 'vitest';
import type { ProgressEvent } from '@/lib/course/events';
import {
  bytesOf,
  emptyOutbox,
  lastBatch,
  MAX_BATCH_BYTES,
  MAX_BATCH_EVENTS,
  nextBatch,
  stepOutbox,
} from './outbox';

const event = (id: string, code = ''): ProgressEvent => ({
  id,
  at: '2026-01-01T00:00:00Z',
  lesson: 'tcp/slow-start',
  type: 'exercise:attempted',
  lab: 'slow-start',
  stage: 'rounds',
  passed: false,
  code,
});
const stored = (events: ProgressEvent[]) => stepOutbox(emptyOutbox, { type: 'stored', events });
const idsOf = (events: readonly ProgressEvent[]) => events.map(({ id }) => id);

test('a batch is limited in events and in octets, and takes one larger event alone', () => {
  const many = stored(Array.from({ length: 200 }, (_, index) => event(`${index}`)));
  expect(nextBatch(many, 0)).toHaveLength(MAX_BATCH_EVENTS);
  const big = stored([event('a', 'x'.repeat(15_000)), event('b', 'x'.repeat(15_000)), event('c')]);
  expect(idsOf(nextBatch(big, 0))).toEqual(['a']);
  const huge = event('a', '€'.repeat(20_000));
  expect(bytesOf(huge)).toBeGreaterThan(MAX_BATCH_BYTES);
  expect(idsOf(nextBatch(stored([huge, event('b')]), 0))).toEqual(['a']);
});

test('while a request is under way nothing else is sent, except as the page goes', () => {
  const sending = stepOutbox(stored([event('a'), event('b')]), { type: 'sent', ids: ['a'] });
  expect(nextBatch(sending, 0)).toEqual([]);
  expect(idsOf(lastBatch(sending))).toEqual(['b']);
});

test('retries wait twice as long each time, up to a minute, and at least as long as the server asks', () => {
  let outbox = stored([event('a')]);
  const waits: number[] = [];
  for (let attempt = 0; attempt < 8; attempt++) {
    outbox = stepOutbox(outbox, { type: 'unreached', nowMs: 0, random: 1 });
    waits.push(outbox.retryAtMs);
  }
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  expect(nextBatch(outbox, 59_999)).toEqual([]);
  expect(idsOf(nextBatch(outbox, 60_000))).toEqual(['a']);
  const asked = stepOutbox(stored([event('a')]), {
    type: 'unreached',
    nowMs: 0,
    random: 0,
    retryAfterMs: 9_000,
  });
  expect(asked.retryAtMs).toBe(9_000);
});

test('one poisoned event among many is found by halves and set aside; the others go', () => {
  let outbox = stored(Array.from({ length: 100 }, (_, index) => event(`${index}`)));
  const accepted: string[] = [];
  let requests = 0;
  for (let batch = nextBatch(outbox, 0); batch.length > 0; batch = nextBatch(outbox, 0)) {
    requests += 1;
    const ids = idsOf(batch);
    outbox = stepOutbox(outbox, { type: 'sent', ids });
    if (ids.includes('37')) outbox = stepOutbox(outbox, { type: 'refused' });
    else {
      accepted.push(...ids);
      outbox = stepOutbox(outbox, { type: 'acknowledged', ids });
    }
  }
  expect(outbox.refused).toEqual(['37']);
  expect(accepted).toHaveLength(99);
  expect(requests).toBeLessThan(30);
});
