'use client';
import { useMemo, useState } from 'react';
import type { Span } from '@/lib/bytes';
import { useText, type Text } from '@/lib/text';
import { PanelSwitch } from '@/lib/ui/controls';
import { OctetGrid } from '@/lib/ui/octet-grid';
import type { LabViewProps } from '../define-lab';
import { withBit, withOctet } from './compose';
import { Controls } from './controls';
import { FieldsPanel } from './fields-panel';
import { HexPanel } from './hex-panel';
import { MaskStrip } from './mask-strip';
import { MAX_PASTED, type WsFrameParams } from './params';
import type { WsFrameResult } from './run';
import { Verdict } from './verdict';

/** A longer frame is drawn up to here; the rest is payload like what is drawn. */
const DRAWN_OCTETS = 96;
/** FIN and three reserved bits stand before it. */
const OPCODE_FIELD = 4;

/** A message and who sends it; the octets that it becomes; the mask; what the other end makes of it. */
export default function WsFrameView(props: LabViewProps<WsFrameParams, WsFrameResult>) {
  const { params, setParams, result, at, setAt } = props;
  const t = useText();
  const [pinned, setPinned] = useState<number | null>(OPCODE_FIELD);
  const { octets, reading } = result;
  const drawn = octets.length > MAX_PASTED ? octets.subarray(0, DRAWN_OCTETS) : octets;
  const spans = useMemo(() => spansOf(result, drawn.length, t), [result, drawn.length, t]);

  const last = reading.length - 1;
  const atEnd = at >= last;
  const step = reading[at];
  const stepField = step && step.to > step.from ? step.from : null;
  const selected = atEnd ? pinned : stepField;
  const canEdit = octets.length <= MAX_PASTED && octets.length > 0;
  const edit = (change: Partial<WsFrameParams>) => {
    setPinned(selected);
    setParams(change);
  };
  return (
    <>
      <Controls {...{ params, setParams, result }} />
      <div className="screen p-4">
        <OctetGrid
          label={t('picture.label', { n: octets.length })}
          bytes={drawn}
          spans={spans}
          layer="application"
          switchable
          tableHidden
          selected={selected !== null && selected < spans.length ? selected : null}
          onSelect={(field) => {
            setPinned(field);
            if (!atEnd) setAt(last);
          }}
          {...(canEdit && {
            onChangeBit: (bit: number, value: 0 | 1) => edit(withBit(octets, bit, value)),
            onChangeOctet: (octet: number, value: number) => edit(withOctet(octets, octet, value)),
          })}
        />
        {drawn.length < octets.length && (
          <p className="lab-note">{t('picture.more', { n: octets.length - drawn.length })}</p>
        )}
        <MaskStrip result={result} octet={atEnd ? undefined : step?.octet} />
        <Verdict params={params} result={result} />
      </div>
      <PanelSwitch
        label={t('labels.panels')}
        panels={['fields', 'hex']}
        title={(panel) => t(`${panel}.title`)}
      >
        {(panel) =>
          panel === 'fields' ? (
            <FieldsPanel {...{ params, setParams, result }} />
          ) : (
            <HexPanel {...{ setParams, result }} />
          )
        }
      </PanelSwitch>
    </>
  );
}

/** Fields in the reader's language; the note of a field is the first that the reading says of it. */
function spansOf({ fields, reading }: WsFrameResult, octets: number, t: Text): Span[] {
  return fields
    .filter(({ start }) => start < octets * 8)
    .map(({ id, start, end, ref, value }, index) => {
      const step = reading.find(({ from, to }) => index >= from && index < to);
      const note =
        step && step.octet === undefined ? t(step.text) : t.has(`notes.${id}`) ? t(`notes.${id}`) : '';
      return { start, end: Math.min(end, octets * 8), name: t(`fields.${id}`), value: t(value), note, ref };
    });
}
