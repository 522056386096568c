import type { Point } from './props';
import { valueAt, type Samples } from './samples';

/** Sets the value of one column of a drawn curve, rounded to `step`; null takes the point away. */
export function withPoint(
  points: readonly Point[],
  column: number,
  value: number | null,
  step: number,
): readonly Point[] {
  const others = points.filter((point) => point[0] !== column);
  if (value === null) return others;
  const rounded = Number((Math.round(value / step) * step).toPrecision(12));
  return [...others, [column, rounded] as const].sort((a, b) => a[0] - b[0]);
}

/** The column nearest to `x`. */
export function nearestColumn(columns: readonly number[], x: number): number {
  let nearest = 0;
  columns.forEach((column, i) => {
    if (Math.abs(column - x) < Math.abs((columns[nearest] ?? 0) - x)) nearest = i;
  });
  return nearest;
}

/**
 * A stroke from one place to another: every column passed gets the value on the straight line between, so
 * that a fast hand leaves no holes.
 */
export function drawStroke(
  points: readonly Point[],
  columns: readonly number[],
  from: Point,
  to: Point,
  step: number,
): readonly Point[] {
  const a = nearestColumn(columns, from[0]);
  const b = nearestColumn(columns, to[0]);
  let drawn = points;
  for (let i = Math.min(a, b); i <= Math.max(a, b); i++) {
    const column = columns[i];
    if (column === undefined) continue;
    const share = a === b ? 1 : (i - a) / (b - a);
    drawn = withPoint(drawn, column, from[1] + share * (to[1] - from[1]), step);
  }
  return drawn;
}

/** What was drawn against what is: one entry a drawn column where the real curve has a value. */
export function curveErrors(
  points: readonly Point[],
  real: Samples,
  style: 'line' | 'step' | 'points' | 'area' = 'line',
): { x: number; drawn: number; real: number; error: number }[] {
  return points.flatMap(([x, drawn]) => {
    const value = valueAt(real, x, style);
    return value === undefined ? [] : [{ x, drawn, real: value, error: drawn - value }];
  });
}
