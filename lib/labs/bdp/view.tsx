'use client';
import { useMemo } from 'react';
import { useText } from '@/lib/text';
import type { LabViewProps } from '../define-lab';
import { Account } from './account';
import { Controls } from './controls';
import type { BdpParams } from './lab';
import { LineStrip } from './line-strip';
import { Pipe } from './pipe';
import type { BdpResult } from './run';
import { stepsOf } from './steps';

/** What it comes to, then the path at one moment, the window at that moment, and the line over all of them. */
export default function BdpView({ params, setParams, result, at }: LabViewProps<BdpParams, BdpResult>) {
  const steps = useMemo(() => stepsOf(result, params), [result, params]);
  const timeMs = steps[at]?.timeMs ?? result.endMs;
  return (
    <>
      <Controls params={params} setParams={setParams} />
      <div className="screen bdp-picture">
        <Facts params={params} result={result} />
        <Pipe result={result} rttMs={params.rttMs} timeMs={timeMs} />
        <Account result={result} timeMs={timeMs} />
        <LineStrip result={result} timeMs={timeMs} />
      </div>
    </>
  );
}

function Facts({ params, result }: { params: BdpParams; result: BdpResult }) {
  const t = useText();
  const { limitedBy, idleMs, queueMs } = result;
  return (
    <dl className="bdp-facts">
      <div>
        <dt>{t('facts.fits')}</dt>
        <dd>{t('facts.bytes', { bytes: Math.round(result.bdpBytes) })}</dd>
        <dd>{t('facts.product', { rateMbps: params.rateMbps, rttMs: params.rttMs })}</dd>
      </div>
      <div>
        <dt>{t('facts.window')}</dt>
        <dd>{t('facts.bytes', { bytes: result.windowBytes })}</dd>
        <dd>{t(`facts.limit.${limitedBy}`, { shift: result.shift })}</dd>
      </div>
      <div>
        <dt>{t('facts.carries')}</dt>
        <dd>{t('facts.mbps', { mbps: result.measuredBps / 1e6 })}</dd>
        <dd>{t('facts.formula', { mbps: result.formulaBps / 1e6, percent: result.utilisation * 100 })}</dd>
      </div>
      <div>
        <dt>{t(idleMs > 0 ? 'facts.idle' : 'facts.queue')}</dt>
        <dd>{t('facts.ms', { ms: idleMs > 0 ? idleMs : queueMs })}</dd>
        <dd>
          {idleMs > 0
            ? t('facts.ofRound', { ms: result.roundMs })
            : t('facts.onTop', { ms: params.rttMs, bytes: Math.round(result.queueBytes) })}
        </dd>
      </div>
    </dl>
  );
}
