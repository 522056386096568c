import { useMemo } from 'react';
import { useText } from '@/lib/text';
import { TimeSeries, type Point } from '@/lib/ui/time-series';
import type { WindowResult } from './run';
import type { Snapshot } from './snapshot';

const MAX_MARKS = 6;

/** How full the buffer is, what the sender believes of the window, and what it has on its way. */
export function WindowChart({ result, nowMs }: { result: WindowResult; nowMs: number | undefined }) {
  const t = useText();
  const { moments } = result;
  const endMs = Math.max(1, moments.at(-1)?.timeMs ?? 1);
  const series = useMemo(() => {
    const shown = moments.filter(({ timeMs }) => timeMs <= (nowMs ?? Infinity));
    const line = (valueOf: (snapshot: Snapshot) => number): Point[] => {
      const points: Point[] = [];
      for (const { timeMs, snapshot } of shown) {
        const y = valueOf(snapshot);
        if (points.at(-1)?.[0] === timeMs) points.pop();
        points.push([timeMs, y]);
      }
      return points;
    };
    return [
      { id: 'unread', points: line((s) => s.unread), style: 'step', hue: 'application', dash: 2 },
      { id: 'window', points: line((s) => s.sndWnd), style: 'step', hue: 'transport', dash: 0 },
      { id: 'flight', points: line((s) => s.sndNxt - s.sndUna), style: 'step', hue: 'http', dash: 1 },
    ] as const;
  }, [moments, nowMs]);
  const top = Math.max(
    1,
    ...moments.map(({ snapshot: s }) => Math.max(s.unread, s.sndWnd, s.sndNxt - s.sndUna)),
  );
  const probes = result.probesMs.slice(0, MAX_MARKS).filter((timeMs) => timeMs <= (nowMs ?? Infinity));
  return (
    <TimeSeries
      label={t('picture.chart')}
      series={series.map((one) => ({ ...one, label: t(`picture.series.${one.id}`) }))}
      xLabel={t('picture.time')}
      xUnit={t('units.ms')}
      yLabel={t('picture.octets')}
      xDomain={[0, endMs]}
      yDomain={[0, top * 1.12]}
      marks={probes.map((x) => ({ x, label: t('picture.probe'), tone: 'warn' }))}
      height={240}
      tableHidden
    />
  );
}
