import { LessonError, type LessonContext } from './context';

export type CalcProps = {
  /** An expression of engine functions, evaluated when the page is built. */
  value: number;
  /** A name below `lesson.units` in the catalogue; a bare number without. */
  unit?: string;
  /** What the author believes it to be; a mismatch stops the build. */
  expect: number;
  /** Digits after the point, 0 by default; `expect` is compared after rounding. */
  digits?: number;
  source?: string;
};

/** A number that the engine computed. */
export function createCalc({ locale, t }: Pick<LessonContext, 'locale' | 't'>) {
  return function Calc({ value, unit, expect, digits = 0, source }: CalcProps) {
    const rounded = round(value, digits);
    if (rounded !== round(expect, digits))
      throw new LessonError(source, `<Calc> computes ${value}, the lesson expects ${expect}`);
    const text = formatQuantity({ value: rounded, unit, digits, locale, t });
    if (text === undefined) throw new LessonError(source, `<Calc> has the unknown unit "${unit}"`);
    return (
      <data value={rounded} className="calc" title={t('lesson.calc.title')}>
        {text}
      </data>
    );
  };
}

/** "264 ms", "four" never; undefined if the catalogue does not know the unit. */
export function formatQuantity(quantity: {
  value: number;
  unit?: string | undefined;
  digits: number;
  locale: string;
  t: LessonContext['t'];
}): string | undefined {
  const { value, unit, digits, locale, t } = quantity;
  const number = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
  if (unit === undefined) return number;
  const key = `lesson.units.${unit}`;
  return t.has(key) ? t(key, { n: value, number }) : undefined;
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));
