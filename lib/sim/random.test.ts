import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from './random';

test('the same seed gives the same numbers, another seed others', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const numbers = (s: number) => Array.from({ length: 20 }, createRandom(s).next);
      expect(numbers(seed)).toEqual(numbers(seed));
      expect(numbers(seed)).not.toEqual(numbers(seed + 1));
    }),
  );
});

test('the numbers of seed 1 stay what they are: capsules of years ago must give the same run', () => {
  const random = createRandom(1);
  expect(Array.from({ length: 4 }, () => Math.floor(random.next() * 2 ** 32))).toMatchInlineSnapshot(`
    [
      2308299391,
      1950625580,
      354034397,
      661219729,
    ]
  `);
});

test('integers fall within their bounds and reach both', () => {
  const random = createRandom(7);
  const seen = new Set(Array.from({ length: 500 }, () => random.integer(-2, 3)));
  expect([...seen].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3]);
});

test('chance is never at 0, always at 1, and about right between', () => {
  const random = createRandom(3);
  const count = (probability: number) =>
    Array.from({ length: 10_000 }, () => random.chance(probability)).filter(Boolean).length;
  expect(count(0)).toBe(0);
  expect(count(1)).toBe(10_000);
  expect(Math.abs(count(0.2) - 2000)).toBeLessThan(150);
});
