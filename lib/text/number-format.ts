/** The part of Intl.NumberFormat that messages and charts use. */
export type NumberFormat = { format(value: number): string };

/**
 * A formatter that makes its Intl.NumberFormat when it first needs one. Chromium reads its data of numbers with the first of
 * them, some 10 ms on a fast machine, and that would fall into the moment in which a page is taken over. Whole numbers below a
 * thousand need none: every language of the course writes them alike.
 */
export function createNumberFormat(locale: string, maximumFractionDigits?: number): NumberFormat {
  let full: Intl.NumberFormat | undefined;
  return {
    format(value) {
      if (Number.isInteger(value) && value > 0 && value < 1000) return String(value);
      full ??= new Intl.NumberFormat(locale, { maximumFractionDigits });
      return full.format(value);
    },
  };
}
