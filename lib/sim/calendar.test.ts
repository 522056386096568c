import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Calendar } from './calendar';
import { DelayLine } from './delay-line';
import { DROPPED, Transmitter } from './transmitter';

test('the first slot of a calendar is the earliest, and the lowest of equal ones', () => {
  const slots = 11;
  const change = fc.tuple(fc.nat(slots - 1), fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(Infinity)));
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      const calendar = new Calendar(slots);
      const times = new Array<number>(slots).fill(Infinity);
      for (const [slot, atMs] of changes) {
        calendar.set(slot, atMs);
        times[slot] = atMs;
        const earliest = Math.min(...times);
        expect(calendar.timeOf(calendar.first)).toBe(earliest);
        expect(calendar.first).toBe(times.indexOf(earliest));
      }
    }),
  );
});

test('a delay line gives back what went in, in order, whatever its length', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3), { maxLength: 400 }), (plan) => {
      const line = new DelayLine();
      const expected: number[] = [];
      let pushed = 0;
      for (const kind of plan) {
        if (kind > 0) {
          line.push(pushed, pushed * 2, 7 - pushed);
          expected.push(pushed++);
        } else if (expected.length > 0) {
          const value = expected.shift()!;
          expect([line.nextAtMs, line.a, line.b]).toEqual([value, value * 2, 7 - value]);
          line.shift();
        }
        expect(line.length).toBe(expected.length);
      }
      expect(line.nextAtMs).toBe(expected[0] ?? Infinity);
    }),
  );
});

test("a transmitter's mean queue is the time integral of its length", () => {
  const transmitter = new Transmitter({ rateBps: 8000, queueBytes: 5 }); // 1 octet a ms
  expect(transmitter.accept(0, 10)).toBe(10);
  expect(transmitter.accept(2, 5)).toBe(15); // waits 8 ms
  expect(transmitter.waitingBytes(9)).toBe(5);
  expect(transmitter.accept(9, 1)).toBe(DROPPED);
  expect(transmitter.waitingBytes(10)).toBe(0);
  expect(transmitter.waitedByteMs).toBe(40);
  expect(transmitter.maxWaitingBytes).toBe(5);
});
