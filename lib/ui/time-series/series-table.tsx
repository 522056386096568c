import { useText } from '@/lib/text';
import { digitsOfStep, formatNumber } from '../number-format';
import { curveErrors } from './curve';
import type { PlotScale } from './plot-scale';
import type { TimeSeriesProps } from './props';
import { samplesOf, valueAt } from './samples';

/** Rows of the table at most; longer series are read at even distances. */
const ROWS = 25;

/** The same curves as numbers. */
export function SeriesTable(
  props: Pick<TimeSeriesProps, 'label' | 'series' | 'xLabel' | 'xUnit' | 'drawing'> & { scale: PlotScale },
) {
  const { label, series, xLabel, xUnit, drawing, scale } = props;
  const t = useText();
  const longest = series
    .map((one) => samplesOf(one.points).xs)
    .reduce<ArrayLike<number>>((a, b) => (b.length > a.length ? b : a), []);
  const xs =
    longest.length <= ROWS
      ? Array.from(longest)
      : Array.from({ length: ROWS }, (_, i) => scale.xAt(i / (ROWS - 1)));
  const real = series.find((one) => one.id === drawing?.compareWith);
  const errors =
    drawing?.locked && real ? curveErrors(drawing.points, samplesOf(real.points), real.style ?? 'line') : [];
  const number = (value: number | undefined, step: number) =>
    value === undefined ? '–' : formatNumber(value, t.locale, digitsOfStep(step) + 1);
  const cell = 'py-1 pr-4 text-right font-mono tabular-nums';
  return (
    <div className="overflow-x-auto" role="group" tabIndex={0} aria-label={label}>
      <table className="border-collapse text-xs">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr className="border-b border-rule-strong text-ink-soft">
            <th scope="col" className="py-1 pr-4 text-right font-normal">
              {xUnit ? t('visualiser.series.withUnit', { label: xLabel, unit: xUnit }) : xLabel}
            </th>
            {series.map((one) => (
              <th key={one.id} scope="col" className="py-1 pr-4 text-right font-normal">
                {one.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {xs.map((x, row) => (
            <tr key={row} className="border-b border-rule">
              <th scope="row" className={`${cell} font-normal`}>
                {number(x, scale.xStep)}
              </th>
              {series.map((one) => (
                <td key={one.id} className={cell}>
                  {number(valueAt(samplesOf(one.points), x, one.style ?? 'line'), scale.yStep)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {errors.length > 0 ? (
        <ul className="m-0 mt-3 list-none p-0 text-xs">
          {errors.map((error) => (
            <li key={error.x}>
              {t('visualiser.series.error', {
                x: number(error.x, scale.xStep),
                drawn: number(error.drawn, scale.yStep),
                real: number(error.real, scale.yStep),
                error: number(error.error, scale.yStep),
              })}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
