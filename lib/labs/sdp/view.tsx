'use client';
import { useState } from 'react';
import { useText } from '@/lib/text';
import { Button, Choice } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import type { SdpParams } from './lab';
import { LineList } from './line-list';
import { recordingIds } from './recordings';
import type { SdpResult } from './run';
import { TextPanel } from './text-panel';
import { Verdict } from './verdict';

/** The lines with their meaning, one of them opened for editing; below, what the whole comes to. */
export default function SdpView(props: LabViewProps<SdpParams, SdpResult>) {
  const { params, setParams, result, at, setAt } = props;
  const t = useText();
  const [pinned, setPinned] = useState(0);
  const lineCount = result.lines.filter(({ number }) => number > 0).length;
  const isReading = at < lineCount;
  const opened = isReading ? at + 1 : Math.min(pinned, lineCount);

  const setText = (text: string, line = opened) => {
    setPinned(line);
    setParams({ text: text === result.baseline ? '' : text });
  };
  const open = (line: number) => {
    setPinned(line);
    if (isReading) setAt(Number.MAX_SAFE_INTEGER);
  };
  const added = result.lines.filter(({ status }) => status === 'added').length;
  const removed = result.lines.filter(({ status }) => status === 'removed').length;
  const offers = params.own === '' ? recordingIds : ([...recordingIds, 'own'] as const);

  return (
    <>
      <div>
        <Choice
          label={t('labels.offer')}
          value={params.offer}
          options={offers.map((id) => ({ id, label: t(`offers.names.${id}`) }))}
          onChange={(offer) => {
            setPinned(0);
            setParams({ offer, text: '' });
          }}
        />
        <p className="lab-note">{t(`offers.about.${params.offer}`)}</p>
      </div>
      <div className="screen sdp-picture">
        <LineList
          result={result}
          opened={opened}
          readUpTo={isReading ? at + 1 : lineCount}
          isReading={isReading}
          onOpen={open}
          setText={setText}
        />
        {added + removed > 0 && (
          <p className="sdp-changed">
            {t('offers.changed', { added, removed })}{' '}
            <Button onClick={() => setText(result.baseline)}>{t('labels.undoAll')}</Button>
          </p>
        )}
      </div>
      <Verdict result={result} isPending={isReading} onOpen={open} />
      <TextPanel result={result} setParams={setParams} />
    </>
  );
}
