'use client';
import { useMemo } from 'react';
import { useText } from '@/lib/text';
import { TimeSeries, type Point } from '@/lib/ui/time-series';
import type { LabViewProps } from '../define-lab';
import { Controls } from './controls';
import type { HeadOfLineParams } from './lab';
import { Lanes } from './lanes';
import type { HeadOfLineResult } from './run';
import { stepsOf } from './steps';

type Props = LabViewProps<HeadOfLineParams, HeadOfLineResult>;

/** What it cost, the messages one below the other on one clock, and what the host had to hold back meanwhile. */
export default function HeadOfLineView({ params, setParams, result, at }: Props) {
  const t = useText();
  const steps = useMemo(() => stepsOf(result, params), [result, params]);
  const timeMs = at >= steps.length - 1 ? Infinity : (steps[at]?.timeMs ?? Infinity);
  const held = useMemo(() => {
    const points: Point[] = result.held.filter(([atMs]) => atMs <= timeMs).map(([x, y]) => [x, y] as const);
    const last = points.at(-1);
    return last ? [...points, [Math.min(timeMs, result.endMs), last[1]] as const] : points;
  }, [result, timeMs]);
  return (
    <>
      <Controls params={params} setParams={setParams} />
      <div className="screen hol-picture">
        <Facts result={result} params={params} />
        <Lanes result={result} timeMs={timeMs} />
        <TimeSeries
          label={t('picture.heldChart')}
          series={[
            { id: 'held', label: t('picture.held'), points: held, style: 'step', hue: 'transport', dash: 0 },
          ]}
          xLabel={t('picture.time')}
          xUnit={t('units.ms')}
          yLabel={t('picture.held')}
          yUnit={t('units.bytes')}
          xDomain={[0, result.endMs * 1.02]}
          yDomain={[0, Math.max(1000, result.maxHeldBytes * 1.2)]}
          height={110}
          tableHidden
        />
      </div>
    </>
  );
}

function Facts({ result, params }: Pick<Props, 'result' | 'params'>) {
  const { messages, intervalMs } = params;
  const t = useText();
  const repair = result.repairs.at(-1);
  return (
    <dl className="hol-facts">
      <div>
        <dt>{t('facts.waiting')}</dt>
        <dd>{t('facts.of', { waiting: result.waiting, messages })}</dd>
      </div>
      <div>
        <dt>{t('facts.worst')}</dt>
        <dd>{t('facts.ms', { ms: result.worstWaitMs })}</dd>
      </div>
      <div>
        <dt>{t('facts.repair')}</dt>
        <dd>{repair ? t(`facts.repairs.${repair.kind}`, { ms: repair.timeMs }) : t('facts.repairs.none')}</dd>
      </div>
      {intervalMs > 0 ? (
        <div>
          <dt>{t('facts.jitter')}</dt>
          <dd>{t('facts.ms', { ms: result.jitterMs.inOrder })}</dd>
          <dd>{t('facts.independent', { ms: result.jitterMs.independent })}</dd>
        </div>
      ) : (
        <div>
          <dt>{t('facts.held')}</dt>
          <dd>{t('facts.bytes', { bytes: result.maxHeldBytes })}</dd>
        </div>
      )}
    </dl>
  );
}
