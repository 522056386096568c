import fc from 'fast-check';
import { expect, test } from 'vitest';
import { halfWidthOf, LABEL_HEIGHT, placeLabels } from './place-labels';

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

test('no label hides the cross of a lost message, however close arrows are', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(200), fc.integer({ min: 3, max: 26 })), { minLength: 1, maxLength: 14 }),
      fc.array(fc.nat(250), { minLength: 1, maxLength: 4 }),
      (given, crosses) => {
        const arrows = given.map(([y0, characters]) => ({ x0: 0.11, x1: 0.89, y0, y1: y0 + 50, characters }));
        const marks = crosses.map((y) => ({ x: 0.6, y, halfWidth: 0.03 }));
        placeLabels(arrows, { marks }).forEach((place, i) => {
          if (place.crowded) return;
          const halfWidth = Math.min(halfWidthOf(arrows[i]?.characters ?? 0), 0.78 / 2);
          for (const mark of marks) {
            const apart =
              Math.abs(place.y - mark.y) >= LABEL_HEIGHT - 4 ||
              Math.abs(place.x - mark.x) >= halfWidth + mark.halfWidth;
            expect(apart).toBe(true);
          }
        });
      },
    ),
  );
});
