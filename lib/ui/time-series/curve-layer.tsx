'use client';
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useText } from '@/lib/text';
import { digitsOfStep, formatNumber } from '../number-format';
import { curveErrors, drawStroke, withPoint } from './curve';
import { PLOT_WIDTH, type PlotScale } from './plot-scale';
import type { CurveDrawing, Point, Series } from './props';
import { samplesOf } from './samples';

/**
 * The learner's curve over the plot. Drawn by dragging; by keyboard, left and right choose a column, up and
 * down its value, Delete takes it away. To assistive technology it is a slider whose text names the column.
 */
export function CurveLayer(props: { drawing: CurveDrawing; real: Series | undefined; scale: PlotScale }) {
  const { drawing, real, scale } = props;
  const { columns, points, step, onDraw } = drawing;
  const t = useText();
  const [at, setAt] = useState(0);
  const [focused, setFocused] = useState(false);
  const stroke = useRef<Point | null>(null);
  const column = columns[at] ?? 0;
  const value = points.find((point) => point[0] === column)?.[1];
  const percent = (x: number) => `${Number((scale.x(x) / 10).toFixed(3))}%`;
  const number = (n: number) => formatNumber(n, t.locale, digitsOfStep(step));
  const errors =
    drawing.locked && real ? curveErrors(points, samplesOf(real.points), real.style ?? 'line') : [];
  const path = points
    .map((p, i) => `${i === 0 ? 'M' : 'L'}${scale.x(p[0]).toFixed(1)} ${scale.y(p[1]).toFixed(1)}`)
    .join('');

  const place = (event: PointerEvent<HTMLElement>): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    return [scale.xAt((event.clientX - box.left) / box.width), scale.yAt(event.clientY - box.top)];
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = event.shiftKey ? 10 : 1;
    const set = (next: number | null) => {
      const [low, high] = scale.yDomain;
      onDraw(withPoint(points, column, next === null ? null : Math.min(high, Math.max(low, next)), step));
    };
    // A column without a value starts from the one before it: a curve seldom jumps.
    const start = value ?? points.filter((point) => point[0] < column).at(-1)?.[1] ?? scale.yDomain[0];
    const moves: Record<string, () => void> = {
      ArrowRight: () => setAt(Math.min(columns.length - 1, at + 1)),
      ArrowLeft: () => setAt(Math.max(0, at - 1)),
      Home: () => setAt(0),
      End: () => setAt(columns.length - 1),
      ArrowUp: () => set(start + step * page),
      ArrowDown: () => set(start - step * page),
      PageUp: () => set(start + step * 10),
      PageDown: () => set(start - step * 10),
      Enter: () => set(start),
      Delete: () => set(null),
      Backspace: () => set(null),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };
  return (
    <>
      <svg
        aria-hidden="true"
        className="pointer-events-none absolute inset-0 overflow-visible"
        width="100%"
        height={scale.height}
      >
        {drawing.locked
          ? null
          : columns.map((x) => (
              <line
                key={x}
                x1={percent(x)}
                x2={percent(x)}
                y1={scale.height - 5}
                y2={scale.height}
                className="stroke-ink stroke-1"
              />
            ))}
        <svg
          width="100%"
          height={scale.height}
          viewBox={`0 0 ${PLOT_WIDTH} ${scale.height}`}
          preserveAspectRatio="none"
        >
          <path
            d={path}
            vectorEffect="non-scaling-stroke"
            strokeDasharray="3 3"
            className="fill-none stroke-ink stroke-[1.5]"
          />
        </svg>
        {errors.map((error) => (
          <line
            key={error.x}
            x1={percent(error.x)}
            x2={percent(error.x)}
            y1={scale.y(error.drawn)}
            y2={scale.y(error.real)}
            className="stroke-bad stroke-2"
          />
        ))}
        {points.map((point) => (
          <svg key={point[0]} x={percent(point[0])} y={scale.y(point[1])} className="overflow-visible">
            <rect
              x={-4}
              y={-4}
              width={8}
              height={8}
              transform="rotate(45)"
              className="fill-paper stroke-ink stroke-[1.5]"
            />
          </svg>
        ))}
        {focused && !drawing.locked ? (
          <line
            x1={percent(column)}
            x2={percent(column)}
            y1="0"
            y2={scale.height}
            className="stroke-focus stroke-2"
          />
        ) : null}
      </svg>
      {drawing.locked ? null : (
        <div
          role="slider"
          tabIndex={0}
          aria-label={drawing.label}
          aria-orientation="vertical"
          aria-valuemin={scale.yDomain[0]}
          aria-valuemax={scale.yDomain[1]}
          aria-valuenow={value ?? scale.yDomain[0]}
          aria-valuetext={t(
            value === undefined ? 'visualiser.series.drawEmpty' : 'visualiser.series.drawValue',
            {
              column: at + 1,
              columns: columns.length,
              x: number(column),
              y: number(value ?? 0),
            },
          )}
          className="absolute inset-0 cursor-crosshair touch-none"
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          onKeyDown={onKeyDown}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            stroke.current = place(event);
            onDraw(drawStroke(points, columns, stroke.current, stroke.current, step));
          }}
          onPointerMove={(event) => {
            if (!stroke.current) return;
            const to = place(event);
            onDraw(drawStroke(points, columns, stroke.current, to, step));
            stroke.current = to;
          }}
          onPointerUp={() => (stroke.current = null)}
          onPointerCancel={() => (stroke.current = null)}
        />
      )}
    </>
  );
}
