import { findVisibleSamples } from './downsample';
import type { PlotScale } from './plot-scale';
import type { Series } from './props';
import { samplesOf } from './samples';

/** Columns that are drawn at most; a wide screen shows about this many pixels. */
const COLUMNS = 1000;
/** Beyond the edges by this much, and no further: the clip hides it, and numbers stay short. */
const MARGIN = 5000;

const tenth = (value: number) => Math.round(Math.min(MARGIN, Math.max(-MARGIN, value)) * 10) / 10;

/** One path for a whole series in the plot's own units; points are strokes of no length with round ends. */
export function seriesPath(series: Series, scale: PlotScale): string {
  const samples = samplesOf(series.points);
  const visible = findVisibleSamples(samples, scale.xDomain, COLUMNS);
  const style = series.style ?? 'line';
  let path = '';
  for (const i of visible) {
    const x = tenth(scale.x(samples.xs[i] ?? 0));
    const y = tenth(scale.y(samples.ys[i] ?? 0));
    if (style === 'points') path += `M${x} ${y}h0`;
    else if (path === '') path = `M${x} ${y}`;
    else if (style === 'step') path += `H${x}V${y}`;
    else path += `L${x} ${y}`;
  }
  return path;
}

/** The ground under an area series, down to y = 0. */
export function areaPath(line: string, series: Series, scale: PlotScale): string {
  const { xs } = samplesOf(series.points);
  if (xs.length === 0) return '';
  const base = tenth(scale.y(Math.max(0, scale.yDomain[0])));
  return `${line}L${tenth(scale.x(xs[xs.length - 1] ?? 0))} ${base}L${tenth(scale.x(xs[0] ?? 0))} ${base}Z`;
}
