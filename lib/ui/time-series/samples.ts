import type { Series } from './props';

/** Two columns of equal length, whatever a series was given as. */
export type Samples = { xs: ArrayLike<number>; ys: ArrayLike<number> };

export function samplesOf(points: Series['points']): Samples {
  if ('xs' in points) return points;
  return { xs: points.map((point) => point[0]), ys: points.map((point) => point[1]) };
}

/** Index of the last sample at or before `x`, or -1. */
export function indexAt(xs: ArrayLike<number>, x: number): number {
  let low = 0;
  let high = xs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((xs[middle] ?? 0) <= x) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The value at `x`: of a step the last one, of a line what lies between; undefined outside the samples. */
export function valueAt({ xs, ys }: Samples, x: number, style: Series['style'] = 'line'): number | undefined {
  const i = indexAt(xs, x);
  if (i < 0) return undefined;
  const x0 = xs[i] ?? 0;
  const y0 = ys[i];
  if (x0 === x || style === 'step') return y0;
  if (i + 1 >= xs.length) return undefined;
  const x1 = xs[i + 1] ?? x0;
  if (style === 'points') return x - x0 <= x1 - x ? y0 : ys[i + 1];
  return (y0 ?? 0) + ((x - x0) / (x1 - x0)) * ((ys[i + 1] ?? 0) - (y0 ?? 0));
}

/** Least and greatest of all samples; undefined where there are none. */
export function extentOf(columns: readonly ArrayLike<number>[]): [number, number] | undefined {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      const value = column[i] ?? 0;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return min <= max ? [min, max] : undefined;
}
