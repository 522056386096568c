import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSameOctets, joinOctets, nameInRegistry } from '.';

const octets = fc.uint8Array({ maxLength: 20 });

test('pieces are joined in their order, into octets that are nobody else’s', () => {
  fc.assert(
    fc.property(fc.array(octets, { maxLength: 6 }), (pieces) => {
      const all = joinOctets(pieces);
      expect([...all]).toEqual(pieces.flatMap((piece) => [...piece]));
      expect(pieces.every(({ buffer }) => buffer !== all.buffer)).toBe(true);
    }),
  );
});

test('octets are the same only with the same length and the same values', () => {
  fc.assert(
    fc.property(octets, octets, (left, right) => {
      expect(isSameOctets(left, right)).toBe(left.join() === right.join());
      expect(isSameOctets(left, left.slice())).toBe(true);
      expect(isSameOctets(left, joinOctets([left, right]))).toBe(right.length === 0);
    }),
  );
});

test('a registry says the name of a number, and nothing of a number that it does not have', () => {
  const registry = { DATA: 0, HEADERS: 1 };
  expect([0, 1, 2].map((number) => nameInRegistry(registry, number))).toEqual(['DATA', 'HEADERS', undefined]);
});
