'use client';
import { useMemo } from 'react';
import { useText } from '@/lib/text';
import { SequenceLadder } from '@/lib/ui/sequence-ladder';
import { WindowRibbon } from '@/lib/ui/window-ribbon';
import type { LabViewProps } from '../define-lab';
import { Controls } from './controls';
import type { WindowParams } from './lab';
import { ladderMessages, messagesAround } from './ladder-messages';
import { Readout } from './readout';
import { ribbonDomain, ribbonRows } from './ribbon-rows';
import type { WindowResult } from './run';
import { WindowChart } from './window-chart';

/** The stream as a ribbon above; below it the packets that move it, and the windows and the buffer over time. */
export default function SlidingWindowView(props: LabViewProps<WindowParams, WindowResult>) {
  const { params, setParams, result, at } = props;
  const t = useText();
  const { moments } = result;
  const atEnd = at >= moments.length - 1;
  const moment = moments[Math.min(at, moments.length - 1)];
  const nowMs = atEnd ? undefined : moment?.timeMs;
  const messages = useMemo(() => ladderMessages(result, t), [result, t]);
  const drawn = messagesAround(messages, nowMs);
  const isAll = drawn.length === messages.length;
  // A run that waits for minutes is drawn with its waits cut short.
  const compress = Math.max(2 * params.oneWayMs, 60);
  if (!moment) return null;
  return (
    <>
      <Controls params={params} setParams={setParams} />
      <div className="screen window-picture">
        <div className="window-ribbon">
          <WindowRibbon
            label={t('picture.ribbon')}
            rows={ribbonRows(moment.snapshot, t)}
            domain={ribbonDomain(result, moment.snapshot)}
            axisLabel={t('picture.axis')}
          />
        </div>
        <div>
          <SequenceLadder
            label={t('picture.ladder')}
            actors={[
              { id: 'sender', label: t('labels.sender') },
              { id: 'receiver', label: t('labels.receiver') },
            ]}
            messages={drawn}
            nowMs={nowMs}
            compressGapsOverMs={compress}
            fromMs={isAll ? 0 : drawn[0]?.sentMs}
            toMs={isAll ? messages.at(-1)?.sentMs : undefined}
            listHidden
          />
          {isAll ? null : (
            <p className="window-note lab-aside">
              {t('picture.shown', { shown: drawn.length, all: messages.length })}
            </p>
          )}
        </div>
        <div className="window-beside">
          <WindowChart result={result} nowMs={nowMs} />
          <Readout result={result} params={params} />
        </div>
      </div>
    </>
  );
}
