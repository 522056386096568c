import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seqAdd, seqAtOrBefore, seqBefore, seqDistance, seqInWindow, seqMax } from '.';

const SEED = 3_4;
const seq = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const step = fc.integer({ min: 1, max: 2 ** 31 - 1 });

test('0 follows 4294967295 (RFC 9293 §3.4)', () => {
  expect(seqAdd(2 ** 32 - 1, 1)).toBe(0);
  expect(seqAdd(0, -1)).toBe(2 ** 32 - 1);
  expect(seqBefore(2 ** 32 - 1, 0)).toBe(true);
  expect(seqBefore(0, 2 ** 32 - 1)).toBe(false);
  expect(seqMax(2 ** 32 - 1, 5)).toBe(5);
  expect(seqInWindow(3, 2 ** 32 - 2, 10)).toBe(true);
  expect(seqInWindow(8, 2 ** 32 - 2, 10)).toBe(false);
});

test(`less than half the circle ahead is later, wherever one starts (seed ${SEED})`, () => {
  fc.assert(
    fc.property(seq, step, (from, octets) => {
      const to = seqAdd(from, octets);
      expect(seqDistance(from, to)).toBe(octets);
      expect(seqDistance(to, from)).toBe(-octets);
      expect([seqBefore(from, to), seqBefore(to, from), seqAtOrBefore(from, from)]).toEqual([
        true,
        false,
        true,
      ]);
    }),
    { seed: SEED },
  );
});
