import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue } from './event-queue';

test('events happen in order of time, and those of equal time in the order of scheduling', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 200 }), (times) => {
      const queue = new EventQueue();
      const happened: [number, number][] = [];
      times.forEach((atMs, order) => queue.schedule(atMs, () => happened.push([queue.nowMs, order])));
      while (queue.step());
      const expected = times.map((atMs, order): [number, number] => [atMs, order]);
      expected.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      expect(happened).toEqual(expected);
    }),
  );
});

test('cancelled events never happen and the others all do, however many are cancelled', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 4 })), {
        maxLength: 400,
      }),
      (plan) => {
        const queue = new EventQueue();
        const happened: number[] = [];
        const handles = plan.map(([atMs], i) => queue.schedule(atMs, () => happened.push(i)));
        const kept = plan.flatMap(([, dice], i) => (dice === 0 ? [i] : []));
        plan.forEach(([, dice], i) => {
          if (dice !== 0) expect(queue.cancel(handles[i]!)).toBe(true);
        });
        expect(queue.pending).toBe(kept.length);
        while (queue.step());
        expect([...happened].sort((a, b) => a - b)).toEqual(kept);
        expect(handles.some((handle) => queue.cancel(handle))).toBe(false);
      },
    ),
  );
});

test('an action may schedule for now; it happens after what was already due', () => {
  const queue = new EventQueue();
  const order: string[] = [];
  queue.schedule(5, () => {
    order.push('first');
    queue.schedule(5, () => order.push('third'));
  });
  queue.schedule(5, () => order.push('second'));
  while (queue.step());
  expect(order).toEqual(['first', 'second', 'third']);
  expect(queue.nowMs).toBe(5);
});

test('runUntil takes the events at the limit, leaves later ones, and sets the clock', () => {
  const queue = new EventQueue();
  queue.schedule(1, () => undefined);
  queue.schedule(10, () => undefined);
  queue.schedule(11, () => undefined);
  expect(queue.runUntil(10)).toBe(2);
  expect(queue.nowMs).toBe(10);
  expect(queue.pending).toBe(1);
  expect(queue.nextAtMs).toBe(11);
});

test('time does not run back', () => {
  const queue = new EventQueue();
  queue.runUntil(10);
  expect(() => queue.schedule(9, () => undefined)).toThrow(
    expect.objectContaining({ code: 'SIM_TIME_REVERSED' }),
  );
  expect(() => queue.schedule(NaN, () => undefined)).toThrow(
    expect.objectContaining({ code: 'SIM_TIME_REVERSED' }),
  );
});

test('a full queue refuses another event', () => {
  const queue = new EventQueue({ maxPending: 2 });
  const first = queue.schedule(1, () => undefined);
  queue.schedule(2, () => undefined);
  expect(() => queue.schedule(3, () => undefined)).toThrow(
    expect.objectContaining({ code: 'SIM_QUEUE_FULL' }),
  );
  queue.cancel(first);
  queue.schedule(3, () => undefined);
});
