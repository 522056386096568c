import fc from 'fast-check';
import { expect, test } from 'vitest';
import { locales } from './locales';
import { createNumberFormat } from './number-format';

test('says numbers as Intl does, in every language of the course and in the next', () => {
  for (const locale of [...locales, 'zh']) {
    for (const digits of [undefined, 0, 2]) {
      const ours = createNumberFormat(locale, digits);
      const theirs = new Intl.NumberFormat(locale, { maximumFractionDigits: digits });
      const number = fc.oneof(fc.integer({ min: -5, max: 1100 }), fc.integer(), fc.double(), fc.constant(-0));
      fc.assert(
        fc.property(number, (value) => {
          expect(ours.format(value)).toBe(theirs.format(value));
        }),
      );
    }
  }
});
