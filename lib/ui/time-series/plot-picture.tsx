import { memo } from 'react';
import { classNames } from '../class-names';
import { hueOf } from '../layer';
import { digitsOfStep, formatNumber } from '../number-format';
import { PLOT_WIDTH, type PlotScale } from './plot-scale';
import type { Series, TimeSeriesProps } from './props';
import { samplesOf } from './samples';
import { areaPath, seriesPath } from './series-path';

/** Dash patterns by number: told apart without colour. */
export const DASHES: readonly string[] = ['', '7 4', '2 3', '12 3 2 3', '4 2', '1 4', '10 5', '8 3 2 3 2 3'];

/** Key letters of the series. */
export const keyOfSeries = (index: number) => String.fromCharCode(65 + (index % 26));

/** Graticule, axes and traces. Memoised apart from the cursor: moving that redraws none of this. */
export const PlotPicture = memo(function PlotPicture(props: {
  scale: PlotScale;
  series: readonly Series[];
  thresholds: NonNullable<TimeSeriesProps['thresholds']>;
  locale: string;
}) {
  const { scale, series, thresholds, locale } = props;
  const { height } = scale;
  const percent = (x: number) => `${Number((scale.x(x) / 10).toFixed(3))}%`;
  const zero = scale.yDomain[0] < 0 ? scale.y(0) : height;
  return (
    <svg aria-hidden="true" className="absolute inset-0 overflow-visible" width="100%" height={height}>
      {scale.yTicks.map((tick) => (
        <g key={tick}>
          <line x1="0" x2="100%" y1={scale.y(tick)} y2={scale.y(tick)} className="stroke-rule stroke-[0.5]" />
          <text
            x="-8"
            y={scale.y(tick)}
            dy="0.32em"
            textAnchor="end"
            className="fill-ink-soft font-mono text-xs"
          >
            {formatNumber(tick, locale, digitsOfStep(scale.yStep))}
          </text>
        </g>
      ))}
      {scale.xTicks.map((tick) => (
        <g key={tick}>
          <line
            x1={percent(tick)}
            x2={percent(tick)}
            y1="0"
            y2={height}
            className="stroke-rule stroke-[0.5]"
          />
          <text
            x={percent(tick)}
            y={height + 18}
            textAnchor="middle"
            className="fill-ink-soft font-mono text-xs"
          >
            {formatNumber(tick, locale, digitsOfStep(scale.xStep))}
          </text>
        </g>
      ))}
      <line x1="0" x2="100%" y1={zero} y2={zero} className="stroke-rule-strong stroke-1" />
      <line x1="0" x2="0" y1="0" y2={height} className="stroke-rule-strong stroke-1" />
      {thresholds.map((threshold) => (
        <line
          key={threshold.label}
          x1="0"
          x2="100%"
          y1={scale.y(threshold.y)}
          y2={scale.y(threshold.y)}
          strokeDasharray="1 5"
          strokeLinecap="round"
          className="stroke-ink-soft stroke-[1.5]"
        />
      ))}
      <svg
        x="0"
        y="0"
        width="100%"
        height={height}
        viewBox={`0 0 ${PLOT_WIDTH} ${height}`}
        preserveAspectRatio="none"
      >
        {series.map((one, index) => (
          <Trace key={one.id} {...{ one, index, scale }} />
        ))}
      </svg>
      {series.map((one, index) => {
        const { xs, ys } = samplesOf(one.points);
        const last = xs.length - 1;
        if (last < 0) return null;
        return (
          <circle
            key={one.id}
            cx={percent(xs[last] ?? 0)}
            cy={scale.y(ys[last] ?? 0)}
            r={3}
            className={classNames('fill-(--hue)', hueOf(one.hue ?? index))}
          />
        );
      })}
      {thresholds.map((threshold) => (
        <text
          key={threshold.label}
          x="8"
          y={scale.y(threshold.y) - 6}
          className="fill-ink-soft stroke-paper stroke-[4] text-xs [paint-order:stroke]"
        >
          {threshold.label}
        </text>
      ))}
    </svg>
  );
});

const Trace = memo(function Trace({ one, index, scale }: { one: Series; index: number; scale: PlotScale }) {
  const path = seriesPath(one, scale);
  const isPoints = one.style === 'points';
  return (
    <g className={hueOf(one.hue ?? index)}>
      {one.style === 'area' ? (
        <path d={areaPath(path, one, scale)} className="fill-(--hue-soft) opacity-70" />
      ) : null}
      <path
        d={path}
        vectorEffect="non-scaling-stroke"
        strokeDasharray={isPoints ? undefined : DASHES[(one.dash ?? index) % DASHES.length] || undefined}
        strokeLinecap={isPoints ? 'round' : 'butt'}
        strokeLinejoin="round"
        className={classNames('fill-none stroke-(--hue)', isPoints ? 'stroke-[5]' : 'stroke-[1.75]')}
      />
    </g>
  );
});
