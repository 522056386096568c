import { niceStep, ticksBetween } from '../nice-step';

/** A stretch of time that is drawn shorter than it was. */
export type Gap = { fromMs: number; toMs: number; y: number; height: number };

/** Time downwards, in CSS pixels. `y` and `invert` are each other's inverse. */
export type TimeScale = {
  y(ms: number): number;
  invert(y: number): number;
  height: number;
  gaps: readonly Gap[];
  ticks: readonly number[];
};

/** What a compressed gap is tall. */
export const GAP_HEIGHT = 44;
const TICK_DISTANCE = 44;

/**
 * A scale through the times of all events. Where nothing happens for longer than `compressGapsOverMs`, the
 * time between is drawn `GAP_HEIGHT` tall; elsewhere every millisecond is equally tall, `height` in all.
 */
export function createTimeScale(options: {
  timesMs: readonly number[];
  height: number;
  compressGapsOverMs?: number | undefined;
}): TimeScale {
  const times = [...new Set(options.timesMs.filter(Number.isFinite))].sort((a, b) => a - b);
  const first = times[0] ?? 0;
  const last = Math.max(times.at(-1) ?? 0, first + 1e-6);
  const limit = options.compressGapsOverMs ?? Number.POSITIVE_INFINITY;
  const long: { fromMs: number; toMs: number }[] = [];
  for (let i = 0; i + 1 < times.length; i++) {
    const fromMs = times[i] ?? 0;
    const toMs = times[i + 1] ?? 0;
    if (toMs - fromMs > limit) long.push({ fromMs, toMs });
  }
  const longMs = long.reduce((sum, gap) => sum + gap.toMs - gap.fromMs, 0);
  const evenMs = Math.max(last - first - longMs, 1e-6);
  const height = Math.max(options.height, long.length * GAP_HEIGHT + 1);
  const pxPerMs = evenMs > 1e-5 ? (height - long.length * GAP_HEIGHT) / evenMs : 0;

  const knots: { ms: number; y: number }[] = [{ ms: first, y: 0 }];
  const gaps: Gap[] = [];
  for (const gap of long) {
    const before = knots.at(-1) ?? { ms: first, y: 0 };
    const y = before.y + (gap.fromMs - before.ms) * pxPerMs;
    knots.push({ ms: gap.fromMs, y }, { ms: gap.toMs, y: y + GAP_HEIGHT });
    gaps.push({ ...gap, y, height: GAP_HEIGHT });
  }
  const before = knots.at(-1) ?? { ms: first, y: 0 };
  knots.push({ ms: last, y: before.y + (last - before.ms) * pxPerMs });

  const between = (value: number, from: 'ms' | 'y', to: 'ms' | 'y'): number => {
    let i = 1;
    while (i < knots.length - 1 && value > (knots[i]?.[from] ?? 0)) i++;
    const a = knots[i - 1];
    const b = knots[i];
    if (!a || !b) return 0;
    const length = b[from] - a[from];
    return length > 0 ? a[to] + ((value - a[from]) / length) * (b[to] - a[to]) : a[to];
  };
  const step = niceStep(TICK_DISTANCE / (pxPerMs || 1));
  const ticks = pxPerMs
    ? ticksBetween(first, last, step).filter((ms) => !gaps.some((gap) => ms > gap.fromMs && ms < gap.toMs))
    : [first, last];
  return {
    y: (ms) => between(ms, 'ms', 'y'),
    invert: (y) => between(y, 'y', 'ms'),
    height,
    gaps,
    ticks,
  };
}
