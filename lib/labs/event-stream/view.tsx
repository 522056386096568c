'use client';
import { useCallback, useMemo, useState } from 'react';
import { useText } from '@/lib/text';
import { Button, Choice, TextField } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import { toggleCut } from './chunks';
import type { StreamParams } from './lab';
import { meaningsOf, rowsOf } from './meanings';
import { OctetDetail } from './octet-detail';
import { OctetLines } from './octet-lines';
import { Outcomes } from './outcomes';
import { ParserState } from './parser-state';
import { MAX_OCTETS, type StreamResult } from './run';
import { sampleIds, samples } from './samples';

/** Sizes of chunks to choose from. */
const EVERY = [0, 1, 3, 7, 16] as const;

/** The stream as octets, the parser's state at the step shown, and what came out. */
export default function EventStreamView(props: LabViewProps<StreamParams, StreamResult>) {
  const { params, setParams, result, at } = props;
  const t = useText();
  const { octets, spans, moments, chunks } = result;
  const [pointed, setPointed] = useState(-1);
  const [focused, setFocused] = useState(0);
  const meanings = useMemo(() => meaningsOf(octets, spans), [octets, spans]);
  const rows = useMemo(() => rowsOf(octets, spans), [octets, spans]);
  const sample = sampleIds.find((id) => samples[id].stream === params.stream) ?? '';

  // The last step tells the end: the picture is that of the moment before it.
  const moment = Math.min(at, moments.length - 1);
  const arrived = moments[moment]?.end ?? 0;
  const last = octets.length - 1;
  const shownOctet = Math.min(last, pointed >= 0 ? pointed : focused);
  const { cuts } = params;
  const onCut = useCallback(
    (octet: number) => setParams({ cuts: toggleCut(cuts, octet) }),
    [cuts, setParams],
  );

  return (
    <>
      <div className="event-stream-controls">
        <Choice
          label={t('labels.sample')}
          value={sample}
          options={sampleIds.map((id) => ({ id, label: t(`samples.${id}`) }))}
          onChange={(id) => {
            if (id !== '') setParams({ stream: samples[id].stream, cuts: '' });
          }}
        />
        <TextField
          mono
          lines={6}
          label={t('labels.stream')}
          hint={t('labels.streamHint')}
          value={params.stream}
          maxLength={4 * MAX_OCTETS}
          error={result.isTooLong ? t('labels.tooLong', { max: MAX_OCTETS }) : undefined}
          onChange={(stream) => setParams({ stream })}
        />
        <div className="event-stream-network">
          <Choice
            label={t('labels.every')}
            value={String(params.every)}
            options={EVERY.map((n) => ({
              id: String(n),
              label: n === 0 ? t('labels.atOnce') : t('labels.octets', { n }),
            }))}
            onChange={(n) => setParams({ every: Number(n) })}
          />
          <div className="event-stream-chunks">
            <p>{t('labels.chunks', { count: chunks.length })}</p>
            <Button
              disabled={params.cuts === '' && params.every === 0}
              onClick={() => setParams({ cuts: '', every: 0 })}
            >
              {t('labels.mend')}
            </Button>
          </div>
        </div>
      </div>
      <div className="screen event-stream-picture">
        <OctetLines
          {...{ octets, rows, meanings, chunks, arrived, onCut }}
          tabStop={Math.max(0, Math.min(last, focused))}
          onPoint={setPointed}
          onFocus={setFocused}
        />
        <OctetDetail octet={octets[shownOctet]} at={shownOctet} meaning={meanings[shownOctet]} />
        <div className="event-stream-panels">
          <ParserState now={moments[moment]} before={moments[moment - 1]} />
          <Outcomes result={result} moment={moment} />
        </div>
      </div>
    </>
  );
}
