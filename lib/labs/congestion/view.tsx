'use client';
import { useMemo } from 'react';
import { useText } from '@/lib/text';
import type { LabViewProps } from '../define-lab';
import { Anatomy } from './anatomy';
import { Charts } from './charts';
import { Controls } from './controls';
import type { CongestionParams } from './params';
import { PhaseStrip } from './phase-strip';
import type { CongestionResult } from './run';
import { Shares } from './shares';
import { stepsOf } from './steps';

/** Windows, phases and the queue on one time axis; the shares below; of a short transfer each segment beside it. */
export default function CongestionView(props: LabViewProps<CongestionParams, CongestionResult>) {
  const { params, setParams, result, at } = props;
  const t = useText();
  const steps = useMemo(() => stepsOf(result, params), [result, params]);
  const atEnd = at >= steps.length - 1;
  const nowMs = atEnd ? result.endMs : (steps[at]?.timeMs ?? result.endMs);
  const isTransfer = params.segments > 0;
  return (
    <>
      <Controls params={params} setParams={setParams} result={result} />
      <div className="screen congestion-picture" data-transfer={isTransfer}>
        {isTransfer ? <Anatomy {...{ params, setParams, result }} nowMs={atEnd ? undefined : nowMs} /> : null}
        <div className="congestion-charts">
          <Charts {...{ result, params, nowMs }} />
          <PhaseStrip {...{ result, nowMs }} />
        </div>
        <Shares {...{ result, params, nowMs, atEnd }} />
      </div>
      {result.isShortened ? (
        <p className="congestion-note">{t('shortened', { seconds: result.endMs / 1000 })}</p>
      ) : null}
    </>
  );
}
