import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTimeScale, GAP_HEIGHT } from './time-scale';

test('without gaps every millisecond is equally tall', () => {
  const scale = createTimeScale({ timesMs: [0, 28, 56], height: 560 });
  expect([0, 14, 56].map(scale.y)).toEqual([0, 140, 560]);
  expect(scale.gaps).toEqual([]);
});

test('a long gap is drawn short and marked, the rest keeps its proportions', () => {
  const scale = createTimeScale({ timesMs: [0, 50, 1000, 1050], height: 400, compressGapsOverMs: 500 });
  expect(scale.gaps).toMatchObject([{ fromMs: 50, toMs: 1000, height: GAP_HEIGHT }]);
  expect(scale.y(1000) - scale.y(50)).toBe(GAP_HEIGHT);
  expect(scale.y(50)).toBeCloseTo(scale.y(1050) - scale.y(1000));
  expect(scale.ticks.every((ms) => ms <= 50 || ms >= 1000)).toBe(true);
});

test('time runs downwards, and invert undoes y', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 5000 }), { minLength: 2, maxLength: 20 }),
      fc.integer({ min: 0, max: 5000 }),
      (timesMs, ms) => {
        const scale = createTimeScale({ timesMs, height: 500, compressGapsOverMs: 900 });
        expect(scale.y(ms + 1)).toBeGreaterThanOrEqual(scale.y(ms));
        const inside = Math.min(Math.max(...timesMs), Math.max(Math.min(...timesMs), ms));
        expect(scale.invert(scale.y(inside))).toBeCloseTo(inside, 3);
      },
    ),
  );
});
