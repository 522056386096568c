import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LOG_POSITIONS, shareOf, valueAfterMove, valueAtShare } from './controls/slider-scale';
import { niceStep, ticksBetween } from './nice-step';
import { digitsOfStep } from './number-format';
import { rovingTarget } from './roving';
import { spreadApart } from './spread';
import { handleTransportKey } from './stepper';

test('what is spread apart keeps its order, its distance and its bounds', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 8 }), (positions) => {
      const placed = spreadApart(positions, 17, 0, 200);
      const sorted = [...placed].sort((a, b) => a - b);
      for (let i = 1; i < sorted.length; i++) {
        expect((sorted[i] ?? 0) - (sorted[i - 1] ?? 0)).toBeGreaterThanOrEqual(17 - 1e-9);
      }
      expect(sorted[0]).toBeGreaterThanOrEqual(-1e-9);
      expect(sorted.at(-1)).toBeLessThanOrEqual(200 + 1e-9);
      positions.forEach((a, i) =>
        positions.forEach((b, j) => {
          if (a < b) expect(placed[i]).toBeLessThan(placed[j] ?? 0);
        }),
      );
    }),
  );
});

test('what stands apart already is not moved', () => {
  expect(spreadApart([100, 10, 50], 17, 0, 200)).toEqual([100, 10, 50]);
});

test('arrow keys walk, stop at the ends, and leave other keys alone', () => {
  expect(rovingTarget('ArrowRight', 1, 3)).toBe(2);
  expect(rovingTarget('ArrowRight', 2, 3)).toBe(2);
  expect(rovingTarget('ArrowUp', 5, 9, 4)).toBe(1);
  expect(rovingTarget('Home', 2, 3)).toBe(0);
  expect(rovingTarget('a', 1, 3)).toBe(-1);
  expect(rovingTarget('End', 0, 0)).toBe(-1);
});

test('steps are 1, 2 or 5 times a power of ten, and ticks carry no dust', () => {
  expect([0.3, 1, 3, 7, 12].map(niceStep)).toEqual([0.5, 1, 5, 10, 20]);
  expect(ticksBetween(0, 0.6, 0.2)).toEqual([0, 0.2, 0.4, 0.6]);
  expect([1, 0.5, 0.25, 20].map(digitsOfStep)).toEqual([0, 1, 2, 0]);
});

test('a logarithmic slider finds its value again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 100_000 }), (value) => {
      const share = shareOf(value, 100, 100_000, true);
      expect(valueAtShare(share, 100, 100_000, 1, true)).toBe(value);
    }),
  );
});

test('transport keys step within the run and leave typing alone', () => {
  const moves: number[] = [];
  const transport = { count: 3, at: 2, setAt: (at: number) => moves.push(at) };
  const press = (key: string, target: object = {}) =>
    handleTransportKey(
      {
        key,
        ctrlKey: false,
        altKey: false,
        metaKey: false,
        target: target as EventTarget,
        preventDefault() {},
      },
      transport,
    );
  expect(press('l')).toBe(true);
  expect(press('j')).toBe(true);
  expect(press('j', { tagName: 'INPUT', type: 'text' })).toBe(false);
  expect(press('j', { tagName: 'INPUT', type: 'range' })).toBe(true);
  expect(moves).toEqual([2, 1, 1]);
});

test('on a logarithmic slider every step of the arrow keys moves the value', () => {
  for (const direction of [1, -1]) {
    let value = direction > 0 ? 1 : 100;
    for (let presses = 0; presses < 2 * LOG_POSITIONS; presses++) {
      const before = value;
      const position = Math.round(shareOf(value, 1, 100, true) * LOG_POSITIONS) + direction;
      value = valueAfterMove(Math.min(LOG_POSITIONS, Math.max(0, position)), value, 1, 100, 1);
      if (before !== (direction > 0 ? 100 : 1)) expect((value - before) * direction).toBeGreaterThan(0);
    }
    expect(value).toBe(direction > 0 ? 100 : 1);
  }
});
