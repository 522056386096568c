import { useMemo } from 'react';
import { useText } from '@/lib/text';
import { TimeSeries, type Series } from '@/lib/ui/time-series';
import type { CongestionParams } from './params';
import type { CongestionResult, FlowResult, QueueResult } from './run';

type Props = { result: CongestionResult; params: CongestionParams; nowMs: number };

/** ssthresh is drawn where it can be told apart. */
const MAX_FLOWS_WITH_SSTHRESH = 2;
const KB = 1000;

/** The windows above, the queue below, on one time axis. */
export function Charts({ result, params, nowMs }: Props) {
  const t = useText();
  const { flows, queues, endMs } = result;
  const windows = useMemo(() => {
    const cwnd = flows.map((flow, i): Series => ({
      id: flow.letter,
      letter: flow.letter,
      label: t('charts.cwnd', { flow: flow.letter, algorithm: flow.algorithm }),
      points: upTo(flow.times, flow.cwnd, nowMs),
      style: 'line',
      hue: i,
      dash: dashOf(i),
    }));
    return flows.length > MAX_FLOWS_WITH_SSTHRESH
      ? cwnd
      : [
          ...cwnd,
          ...flows.map((flow, i) => ssthreshOf(flow, i, nowMs, t('charts.ssthresh', { flow: flow.letter }))),
        ];
  }, [flows, nowMs, t]);
  const waiting = useMemo(
    () =>
      queues.map((queue, i): Series => ({
        id: `queue-${i}`,
        letter: queues.length > 1 ? (flows[i]?.letter ?? '') : 'Q',
        label: queues.length > 1 ? t('charts.queueOf', { flow: flows[i]?.letter ?? '' }) : t('charts.queue'),
        points: upTo(queue.times, kilobytesOf(queue), nowMs),
        style: queues.length > 1 ? 'line' : 'area',
        hue: queues.length > 1 ? i : 'link',
        dash: queues.length > 1 ? dashOf(i) : 0,
      })),
    [flows, queues, nowMs, t],
  );
  const limitKb = result.queueLimitBytes / KB;
  const widest = Math.max(4, ...flows.map(({ summary }) => summary.maxCwndBytes / 1460));
  const topKb = Math.min(limitKb, Math.max(...queues.map(({ maxBytes }) => maxBytes / KB), 3)) * 1.12;
  return (
    <>
      <TimeSeries
        label={t('charts.windows')}
        series={windows}
        xLabel={t('charts.time')}
        xUnit={t('units.ms')}
        yLabel={t('charts.window')}
        yUnit={t('units.segments')}
        xDomain={[0, endMs]}
        yDomain={[0, widest * 1.06]}
        height={280}
        tableHidden
      />
      <TimeSeries
        label={t('charts.waiting')}
        series={waiting}
        xLabel={t('charts.time')}
        xUnit={t('units.ms')}
        yLabel={t('charts.queue')}
        yUnit={t('units.kB')}
        xDomain={[0, endMs]}
        yDomain={[0, topKb]}
        thresholds={
          limitKb <= topKb
            ? [{ y: limitKb, label: t('charts.full', { kB: limitKb, ms: (limitKb * 8) / params.rateMbps }) }]
            : NO_THRESHOLDS
        }
        height={120}
        tableHidden
      />
    </>
  );
}

/** Neighbours differ, so that one curve on top of another is seen to be two. */
const dashOf = (index: number) => [0, 1, 0, 3, 2, 1][index] ?? 0;

const NO_THRESHOLDS: readonly never[] = [];

function ssthreshOf(flow: FlowResult, i: number, nowMs: number, label: string): Series {
  const first = flow.ssthresh.findIndex(Number.isFinite);
  const from = first < 0 ? flow.times.length : first;
  return {
    id: `${flow.letter}-ssthresh`,
    letter: `${flow.letter}′`,
    label,
    points: upTo(flow.times.slice(from), flow.ssthresh.slice(from), nowMs),
    style: 'step',
    hue: i,
    dash: 2,
  };
}

function kilobytesOf({ bytes }: QueueResult): number[] {
  return bytes.map((octets) => octets / KB);
}

/** Samples until now; nothing is copied for a whole run. */
function upTo(times: readonly number[], values: readonly number[], nowMs: number) {
  const last = times.at(-1);
  if (last === undefined || last <= nowMs) return { xs: times, ys: values };
  const count = times.findLastIndex((timeMs) => timeMs <= nowMs) + 1;
  return { xs: times.slice(0, count), ys: values.slice(0, count) };
}
