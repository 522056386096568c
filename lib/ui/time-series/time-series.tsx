'use client';
import { useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useText } from '@/lib/text';
import { classNames } from '../class-names';
import { Disclosure } from '../controls/disclosure';
import { hueOf } from '../layer';
import { digitsOfStep, formatNumber } from '../number-format';
import { spreadApart } from '../spread';
import { CurveLayer } from './curve-layer';
import { placeMarks, LANE_HEIGHT } from './mark-lanes';
import { DASHES, keyOfSeries, PlotPicture } from './plot-picture';
import { createPlotScale } from './plot-scale';
import type { TimeSeriesProps } from './props';
import { indexAt, samplesOf, valueAt } from './samples';
import { SeriesTable } from './series-table';

const NOTHING: readonly never[] = [];
const toneClass = { plain: 'text-ink-soft', good: 'text-good', bad: 'text-bad', warn: 'text-warn' };

export function TimeSeries(props: TimeSeriesProps) {
  const { label, series, xLabel, yLabel, xUnit, yUnit, drawing } = props;
  const marks = props.marks ?? NOTHING;
  const thresholds = props.thresholds ?? NOTHING;
  const t = useText();
  const [ownCursor, setOwnCursor] = useState<number | null>(null);
  const { xDomain, yDomain, height } = props;
  const [x0, x1, y0, y1] = [xDomain?.[0], xDomain?.[1], yDomain?.[0], yDomain?.[1]];
  const scale = useMemo(
    () =>
      createPlotScale({
        series,
        thresholds,
        ...(x0 === undefined || x1 === undefined ? {} : { xDomain: [x0, x1] }),
        ...(y0 === undefined || y1 === undefined ? {} : { yDomain: [y0, y1] }),
        ...(height === undefined ? {} : { height }),
        ...(drawing === undefined ? {} : { drawing }),
      }),
    [series, thresholds, x0, x1, y0, y1, height, drawing],
  );
  const cursor = props.cursorX === undefined ? ownCursor : props.cursorX;
  const setCursor = (x: number | null) => {
    setOwnCursor(x);
    props.onCursor?.(x);
  };
  const samples = useMemo(() => series.map((one) => samplesOf(one.points)), [series]);
  const ends = useMemo(
    () =>
      spreadApart(
        samples.map(({ xs, ys }) => scale.y(ys[xs.length - 1] ?? scale.yDomain[0])),
        17,
        0,
        scale.height,
      ),
    [samples, scale],
  );
  const lanes = useMemo(
    () => placeMarks(marks.map((mark) => ({ share: scale.x(mark.x) / 1000, label: mark.label }))),
    [marks, scale],
  );
  const laneCount = Math.max(0, ...lanes.map(({ lane }) => (lane === null ? 0 : lane + 1)));
  const percent = (x: number) => `${Number((scale.x(x) / 10).toFixed(3))}%`;
  const xText = (x: number) => formatNumber(x, t.locale, digitsOfStep(scale.xStep) + 1);
  const yText = (y: number | undefined) =>
    y === undefined ? '–' : formatNumber(y, t.locale, digitsOfStep(scale.yStep) + 1);
  const values = series.map((one, i) => {
    const own = samples[i];
    if (!own) return undefined;
    return cursor === null ? own.ys[own.ys.length - 1] : valueAt(own, cursor, one.style);
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return setCursor(null);
    const next = nextCursor(event.key, cursor, samples, scale.xDomain);
    if (next === undefined) return;
    event.preventDefault();
    setCursor(next);
  };
  const onPointer = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setCursor(scale.xAt((event.clientX - box.left) / box.width));
  };
  const readout = series
    .map((one, i) => t('visualiser.series.reading', { label: one.label, value: yText(values[i]) }))
    .join('; ');
  const isDrawing = drawing !== undefined && !drawing.locked;
  return (
    <div className="@container min-w-0">
      <p aria-hidden="true" className="m-0 mb-1 text-xs text-ink-soft">
        {yUnit ? t('visualiser.series.withUnit', { label: yLabel, unit: yUnit }) : yLabel}
      </p>
      <div className="mr-7 ml-[3.2rem] @2xl:mr-36" style={{ paddingTop: `${laneCount * LANE_HEIGHT + 6}px` }}>
        <div className="relative" style={{ height: `${scale.height}px` }}>
          <PlotPicture {...{ scale, series, thresholds }} locale={t.locale} />
          {marks.map((mark, i) => {
            const share = scale.x(mark.x) / 1000;
            const { lane, side } = lanes[i] ?? { lane: null, side: 'right' };
            if (share < 0 || share > 1) return null;
            return (
              <span
                key={`${mark.x}${mark.label}`}
                aria-hidden="true"
                className={classNames(
                  'pointer-events-none absolute bottom-0 border-l border-current',
                  toneClass[mark.tone ?? 'plain'],
                )}
                style={{
                  left: `${share * 100}%`,
                  top: `${-((lane ?? 0) + 1) * LANE_HEIGHT + (lane === null ? LANE_HEIGHT : 0)}px`,
                }}
              >
                {lane === null ? null : (
                  <span
                    className={classNames(
                      'absolute top-0 text-xs leading-[16px] whitespace-nowrap',
                      side === 'left' ? 'right-full pr-1 text-right' : 'left-0 pl-1',
                    )}
                  >
                    {mark.label}
                  </span>
                )}
              </span>
            );
          })}
          {series.map((one, i) => {
            const own = samples[i];
            if (!own || own.xs.length === 0) return null;
            return (
              <span
                key={one.id}
                aria-hidden="true"
                className={classNames(
                  'absolute left-full ml-2 -translate-y-1/2 text-xs whitespace-nowrap text-(--hue)',
                  hueOf(one.hue ?? i),
                )}
                style={{ top: `${ends[i] ?? 0}px` }}
              >
                <span className="font-mono">{one.letter ?? keyOfSeries(i)}</span>
                <span className="ml-1.5 hidden max-w-30 truncate align-bottom @2xl:inline-block">
                  {one.label}
                </span>
              </span>
            );
          })}
          {cursor !== null && !isDrawing ? (
            <svg
              aria-hidden="true"
              className="pointer-events-none absolute inset-0 overflow-visible"
              width="100%"
              height={scale.height}
            >
              <line
                x1={percent(cursor)}
                x2={percent(cursor)}
                y1="0"
                y2={scale.height}
                className="stroke-ink stroke-1"
              />
              {series.map((one, i) => {
                const value = values[i];
                return value === undefined ? null : (
                  <circle
                    key={one.id}
                    cx={percent(cursor)}
                    cy={scale.y(value)}
                    r={4}
                    className={classNames('fill-paper stroke-(--hue) stroke-2', hueOf(one.hue ?? i))}
                  />
                );
              })}
            </svg>
          ) : null}
          {isDrawing ? null : (
            <div
              role="slider"
              tabIndex={0}
              aria-label={t('visualiser.series.cursor', { label })}
              aria-valuemin={scale.xDomain[0]}
              aria-valuemax={scale.xDomain[1]}
              aria-valuenow={cursor ?? scale.xDomain[1]}
              aria-valuetext={t('visualiser.series.readout', {
                xLabel,
                x: xText(cursor ?? scale.xDomain[1]),
                readout,
              })}
              className="absolute inset-0 cursor-crosshair touch-pan-y"
              onKeyDown={onKeyDown}
              onPointerMove={onPointer}
              onPointerDown={onPointer}
              onPointerLeave={(event) => event.pointerType === 'mouse' && setCursor(null)}
            />
          )}
          {drawing ? (
            <CurveLayer {...{ drawing, scale }} real={series.find((one) => one.id === drawing.compareWith)} />
          ) : null}
        </div>
        <p aria-hidden="true" className="m-0 mt-6 flex justify-between gap-4 text-xs text-ink-soft">
          <span className="min-w-[14ch] font-mono text-ink tabular-nums">
            {cursor === null
              ? ''
              : xUnit
                ? t('visualiser.slider.value', { value: xText(cursor), unit: xUnit })
                : xText(cursor)}
          </span>
          <span>{xUnit ? t('visualiser.series.withUnit', { label: xLabel, unit: xUnit }) : xLabel}</span>
        </p>
      </div>
      <ul className="m-0 mt-2 grid list-none grid-cols-1 gap-x-6 p-0 text-xs @sm:grid-cols-2 @2xl:grid-cols-3">
        {series.map((one, i) => (
          <li
            key={one.id}
            className={classNames('flex items-center gap-2 border-b border-rule py-1', hueOf(one.hue ?? i))}
          >
            <span aria-hidden="true" className="font-mono text-(--hue)">
              {one.letter ?? keyOfSeries(i)}
            </span>
            <svg aria-hidden="true" width="28" height="8" className="shrink-0">
              <line
                x1="1"
                x2="27"
                y1="4"
                y2="4"
                strokeDasharray={
                  one.style === 'points' ? '0.1 8' : DASHES[(one.dash ?? i) % DASHES.length] || undefined
                }
                strokeLinecap={one.style === 'points' ? 'round' : 'butt'}
                className={classNames('stroke-(--hue)', one.style === 'points' ? 'stroke-[5]' : 'stroke-2')}
              />
            </svg>
            <span className="min-w-0 flex-1 truncate">{one.label}</span>
            <span className="font-mono text-ink tabular-nums">{yText(values[i])}</span>
          </li>
        ))}
        {drawing ? (
          <li className="flex items-center gap-2 border-b border-rule py-1">
            <svg aria-hidden="true" width="28" height="10" className="shrink-0">
              <line x1="1" x2="27" y1="5" y2="5" strokeDasharray="3 3" className="stroke-ink stroke-[1.5]" />
              <path d="M14 0l5 5-5 5-5-5z" className="fill-paper stroke-ink" />
            </svg>
            <span className="flex-1">{drawing.label}</span>
          </li>
        ) : null}
      </ul>
      {props.tableHidden ? null : (
        <div className="mt-4">
          <Disclosure summary={t('visualiser.series.asTable')}>
            <SeriesTable
              {...{ label, series, xLabel, scale }}
              {...(xUnit === undefined ? {} : { xUnit })}
              {...(drawing === undefined ? {} : { drawing })}
            />
            {marks.length > 0 ? (
              <ul className="m-0 mt-3 list-none p-0 text-xs">
                {marks.map((mark) => (
                  <li key={`${mark.x}${mark.label}`}>
                    {t('visualiser.series.mark', { x: xText(mark.x), label: mark.label })}
                  </li>
                ))}
              </ul>
            ) : null}
          </Disclosure>
        </div>
      )}
    </div>
  );
}

/** Arrows go from sample to sample where these are few, else by hundredths of the axis. */
function nextCursor(
  key: string,
  cursor: number | null,
  samples: readonly { xs: ArrayLike<number> }[],
  [from, to]: readonly [number, number],
): number | undefined {
  const at = cursor ?? to;
  if (key === 'Home') return from;
  if (key === 'End') return to;
  const direction = /^(?:ArrowRight|ArrowUp|PageUp)$/.test(key)
    ? 1
    : /^(?:ArrowLeft|ArrowDown|PageDown)$/.test(key)
      ? -1
      : 0;
  if (direction === 0) return undefined;
  const longest = samples.reduce<ArrayLike<number>>((a, b) => (b.xs.length > a.length ? b.xs : a), []);
  const page = key.startsWith('Page') ? 10 : 1;
  if (longest.length > 200 || longest.length < 2) {
    return Math.min(to, Math.max(from, at + (direction * page * (to - from)) / 100));
  }
  let i = indexAt(longest, at);
  if (direction < 0 && (longest[i] ?? from) < at) i++;
  i = Math.min(longest.length - 1, Math.max(0, i + direction * page));
  return Math.min(to, Math.max(from, longest[i] ?? at));
}
