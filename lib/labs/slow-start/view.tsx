'use client';
import { useMemo, useState } from 'react';
import { useText } from '@/lib/text';
import { Button } from '@/lib/ui/controls';
import { SequenceLadder } from '@/lib/ui/sequence-ladder';
import { TimeSeries, type Point } from '@/lib/ui/time-series';
import type { LabViewProps } from '../define-lab';
import { Agreement } from './agreement';
import { Controls } from './controls';
import { ladderMessages } from './ladder-messages';
import type { SlowStartParams } from './lab';
import type { SlowStartResult } from './run';
import { stepsOf } from './steps';

/** The packets on the left, the window that let them go on the right, and three ways to the same number below. */
export default function SlowStartView(props: LabViewProps<SlowStartParams, SlowStartResult>) {
  const { params, setParams, result, at } = props;
  const t = useText();
  const [guess, setGuess] = useState<readonly Point[]>();
  const [revealed, setRevealed] = useState(false);
  const steps = useMemo(() => stepsOf(result, params), [result, params]);
  const atEnd = at >= steps.length - 1;
  const nowMs = atEnd ? undefined : steps[at]?.timeMs;
  const messages = useMemo(() => ladderMessages(result, t), [result, t]);

  const rounds = result.rounds;
  const endMs = result.total.measuredMs;
  const widest = Math.max(...rounds.map(({ cwnd }) => cwnd), params.initialCwnd);
  const visible = nowMs ?? Infinity;
  const windowPoints = rounds
    .filter(({ sentMs }) => sentMs <= visible)
    .map(({ sentMs, cwnd }): Point => [sentMs, cwnd]);
  const lastPoint = windowPoints.at(-1);
  const cwndSeries = lastPoint ? [...windowPoints, [Math.min(endMs, visible), lastPoint[1]] as const] : [];
  // The real curve comes with the run, not before: that is what makes a drawing a prediction.
  if (guess !== undefined && !revealed && !atEnd) setRevealed(true);
  const hidden = guess !== undefined && !revealed;

  return (
    <>
      <Controls params={params} setParams={setParams} />
      <div className="screen slow-start-picture">
        <SequenceLadder
          label={t('picture.ladder')}
          actors={[
            { id: 'client', label: t('labels.client') },
            { id: 'server', label: t('labels.server') },
          ]}
          messages={messages}
          spans={[
            {
              id: 'server-time',
              actor: 'server',
              fromMs: result.responseMs - params.serverTimeMs,
              toMs: result.responseMs,
              label: t('picture.thinking'),
              layer: 'application',
            },
          ]}
          nowMs={hidden ? 0 : nowMs}
          fromMs={0}
          toMs={endMs}
          height={420}
          listHidden
        />
        <div>
          <TimeSeries
            label={t('picture.chart')}
            series={
              hidden
                ? []
                : [
                    {
                      id: 'cwnd',
                      label: t('picture.cwnd'),
                      points: cwndSeries,
                      style: 'step',
                      hue: 'transport',
                      dash: 0,
                    },
                  ]
            }
            xLabel={t('picture.time')}
            xUnit={t('units.ms')}
            yLabel={t('picture.window')}
            yUnit={t('units.segments')}
            xDomain={[0, endMs]}
            yDomain={[0, widest * 1.15]}
            thresholds={
              params.rwndBytes / params.mss <= widest * 1.15
                ? [{ y: params.rwndBytes / params.mss, label: t('picture.receiver') }]
                : []
            }
            height={250}
            tableHidden
            {...(guess === undefined
              ? {}
              : {
                  drawing: {
                    label: t('picture.yours'),
                    columns: rounds.map(({ sentMs }) => sentMs),
                    points: guess,
                    onDraw: setGuess,
                    step: 1,
                    locked: !hidden,
                    ...(hidden ? {} : { compareWith: 'cwnd' }),
                  },
                })}
          />
          <div className="slow-start-draw lab-aside">
            <Button
              onClick={() => {
                setGuess([]);
                setRevealed(false);
              }}
            >
              {t(guess ? 'picture.redraw' : 'picture.draw')}
            </Button>
            {hidden && <p>{t('picture.drawLead')}</p>}
          </div>
          <div style={hidden ? { visibility: 'hidden' } : undefined}>
            <Agreement result={result} params={params} />
          </div>
        </div>
      </div>
    </>
  );
}
