import { niceStep, ticksBetween } from '../nice-step';
import type { TimeSeriesProps } from './props';
import { extentOf, samplesOf } from './samples';

/** Across: shares of the width in thousandths, so that the picture needs no measuring. Down: pixels. */
export const PLOT_WIDTH = 1000;

export type PlotScale = {
  xDomain: readonly [number, number];
  yDomain: readonly [number, number];
  height: number;
  /** 0 to PLOT_WIDTH. */
  x(value: number): number;
  /** 0 (top) to height. */
  y(value: number): number;
  xAt(share: number): number;
  yAt(pixels: number): number;
  xTicks: readonly number[];
  yTicks: readonly number[];
  xStep: number;
  yStep: number;
};

export function createPlotScale(
  props: Pick<TimeSeriesProps, 'series' | 'xDomain' | 'yDomain' | 'height' | 'thresholds' | 'drawing'>,
): PlotScale {
  const height = props.height ?? 260;
  const samples = props.series.map((one) => samplesOf(one.points));
  const drawn = props.drawing;
  const xDomain = props.xDomain ?? extentOf([...samples.map((s) => s.xs), drawn?.columns ?? []]) ?? [0, 1];
  const [least, greatest] = extentOf([
    ...samples.map((s) => s.ys),
    (props.thresholds ?? []).map((threshold) => threshold.y),
    (drawn?.points ?? []).map((point) => point[1]),
  ]) ?? [0, 1];
  const low = Math.min(0, least);
  const rough = niceStep((greatest - low || 1) / 5);
  const yDomain = props.yDomain ?? [
    Math.floor(low / rough) * rough,
    Math.ceil((greatest || 1) / rough) * rough,
  ];
  const [x0, x1] = [xDomain[0], xDomain[1] > xDomain[0] ? xDomain[1] : xDomain[0] + 1];
  const [y0, y1] = [yDomain[0], yDomain[1] > yDomain[0] ? yDomain[1] : yDomain[0] + 1];
  const xStep = niceStep((x1 - x0) / 6);
  const yStep = niceStep((y1 - y0) / Math.max(2, Math.floor(height / 48)));
  return {
    xDomain: [x0, x1],
    yDomain: [y0, y1],
    height,
    x: (value) => ((value - x0) / (x1 - x0)) * PLOT_WIDTH,
    y: (value) => height - ((value - y0) / (y1 - y0)) * height,
    xAt: (share) => x0 + Math.min(1, Math.max(0, share)) * (x1 - x0),
    yAt: (pixels) => y0 + (1 - Math.min(1, Math.max(0, pixels / height))) * (y1 - y0),
    xTicks: ticksBetween(x0, x1, xStep),
    yTicks: ticksBetween(y0, y1, yStep),
    xStep,
    yStep,
  };
}
