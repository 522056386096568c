import { createNumberFormat, type NumberFormat } from '@/lib/text/number-format';

const formats = new Map<string, NumberFormat>();

/**
 * A number as the reader writes it, with at most `digits` decimals. Formatters are kept: making one costs
 * more than everything else that a chart does in a frame.
 */
export function formatNumber(value: number, locale: string, digits = 2): string {
  const key = `${locale}/${digits}`;
  let format = formats.get(key);
  if (!format) {
    format = createNumberFormat(locale, digits);
    formats.set(key, format);
  }
  return format.format(value);
}

/** Decimals that make steps of this size visible: 0.25 → 2, 10 → 0. At most 6. */
export function digitsOfStep(step: number): number {
  if (!(step > 0)) return 2;
  let digits = 0;
  while (digits < 6 && Math.abs(step * 10 ** digits - Math.round(step * 10 ** digits)) > 1e-6) digits++;
  return digits;
}
