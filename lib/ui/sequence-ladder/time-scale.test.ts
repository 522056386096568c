import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeLabels, LABEL_HEIGHT } from './place-labels';
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

test('no label that is shown covers another', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(300), fc.integer({ min: 3, max: 26 }), fc.boolean()), { maxLength: 14 }),
      (given) => {
        const arrows = given.map(([y0, characters, right]) => ({
          x0: right ? 0.11 : 0.89,
          x1: right ? 0.89 : 0.11,
          y0,
          y1: y0 + 50,
          characters,
        }));
        const shown = placeLabels(arrows)
          .map((place, i) => ({ ...place, halfWidth: ((arrows[i]?.characters ?? 0) * 7.4) / 280 / 2 }))
          .filter((place) => !place.crowded);
        shown.forEach((a, i) => {
          for (const b of shown.slice(i + 1)) {
            const apart =
              Math.abs(a.y - b.y) >= LABEL_HEIGHT - 4 || Math.abs(a.x - b.x) >= a.halfWidth + b.halfWidth;
            expect(apart).toBe(true);
          }
        });
      },
    ),
  );
});

test('labels of a dozen arrows in one place are given up, not piled up', () => {
  const arrows = Array.from({ length: 12 }, () => ({ x0: 0.1, x1: 0.9, y0: 0, y1: 30, characters: 24 }));
  const places = placeLabels(arrows);
  expect(places[0]?.crowded).toBe(false);
  expect(places.filter((place) => place.crowded).length).toBeGreaterThan(6);
});
