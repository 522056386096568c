'use client';
import { useMemo, useState } from 'react';
import type { Span } from '@/lib/bytes';
import { useText, type Text } from '@/lib/text';
import { Choice, PanelSwitch } from '@/lib/ui/controls';
import { OctetGrid } from '@/lib/ui/octet-grid';
import type { LabViewProps } from '../define-lab';
import { ChecksumPanel } from './checksum-panel';
import { withBit, withOctet } from './compose';
import { ComposePanel } from './compose-panel';
import { HexPanel } from './hex-panel';
import type { SegmentParams } from './lab';
import { recordingIds, recordings } from './recordings';
import type { SegmentResult } from './run';
import { Verdict } from './verdict';

const panels = ['compose', 'checksum', 'hex'] as const;

/** The octets with their meaning, whether they hold, and three ways to change them. */
export default function SegmentView(props: LabViewProps<SegmentParams, SegmentResult>) {
  const { params, setParams, result, at, setAt } = props;
  const t = useText();
  const [pinned, setPinned] = useState<number | null>(() => firstSetFlag(result, 0, result.fields.length));
  const spans = useMemo(() => spansOf(result, t), [result, t]);

  const atEnd = at >= result.reading.length - 1;
  const step = result.reading[at];
  const stepField = step && step.to > step.from ? firstSetFlag(result, step.from, step.to) : null;
  const selected = atEnd ? pinned : stepField;
  // A change runs again and rests at the end: what was looked at stays pinned.
  const setOctets = (octets: string) => {
    setPinned(selected);
    setParams({ octets });
  };
  const near = result.comparison?.recording;
  const recorded = near && result.comparison?.flipped.length === 0 ? near : '';

  return (
    <>
      <div>
        <Choice
          label={t('labels.start')}
          value={recorded}
          options={recordingIds.map((id) => ({ id, label: t(`recordings.${id}.name`) }))}
          onChange={(id) => {
            if (id !== '') setParams({ ...recordings[id] });
          }}
        />
        <p className="lab-note">
          {recorded !== ''
            ? t(`recordings.${recorded}.about`)
            : near
              ? t('recordings.changed', { name: t(`recordings.${near}.name`) })
              : t('recordings.own')}
        </p>
      </div>
      <div className="screen p-4">
        <OctetGrid
          label={t('picture.label')}
          bytes={result.octets}
          spans={spans}
          layer="transport"
          switchable
          tableHidden
          selected={selected !== null && selected < spans.length ? selected : null}
          onSelect={(field) => {
            setPinned(field);
            if (!atEnd) setAt(result.reading.length - 1);
          }}
          onChangeBit={(bit, value) => setOctets(withBit(result.octets, bit, value))}
          onChangeOctet={(octet, value) => setOctets(withOctet(result.octets, octet, value))}
        />
        <Verdict result={result} setOctets={setOctets} />
      </div>
      <PanelSwitch label={t('labels.panels')} panels={panels} title={(panel) => t(`${panel}.title`)}>
        {(panel) => (
          <>
            {panel === 'compose' && <ComposePanel {...{ params, setParams, result }} />}
            {panel === 'checksum' && <ChecksumPanel result={result} />}
            {panel === 'hex' && <HexPanel {...{ setParams, result }} />}
          </>
        )}
      </PanelSwitch>
    </>
  );
}

/** Fields in the reader's language; the note of a field is what the reading says of it. */
function spansOf({ fields, reading }: SegmentResult, t: Text): Span[] {
  return fields.map(({ id, start, end, ref, value }, index) => {
    const step = reading.find(({ from, to }) => index >= from && index < to);
    const note = end - start === 1 ? t(`flags.${id}`) : step ? t(step.text) : '';
    return { start, end, name: t(`fields.${id}`), value: t(value), note, ref };
  });
}

/** The flags are one sentence; the first that is set is the one to show. */
function firstSetFlag({ fields }: SegmentResult, from: number, to: number): number {
  const found = fields.slice(from, to).findIndex(({ value }) => value.key === 'values.set');
  return from + Math.max(0, found);
}
