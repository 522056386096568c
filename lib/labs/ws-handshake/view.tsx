'use client';
import { useMemo, useState } from 'react';
import type { Span } from '@/lib/bytes';
import { useText, type Text } from '@/lib/text';
import { Choice } from '@/lib/ui/controls';
import { OctetGrid } from '@/lib/ui/octet-grid';
import type { LabViewProps } from '../define-lab';
import { AcceptSteps } from './accept-steps';
import { Controls } from './controls';
import { HeadLines } from './head-lines';
import type { WsHandshakeParams } from './params';
import type { HeadLine, WsHandshakeResult } from './run';

/** The request, what the server makes of it, the accept key, the answer, and what the browser makes of that. */
export default function WsHandshakeView(props: LabViewProps<WsHandshakeParams, WsHandshakeResult>) {
  const { params, setParams, result, at } = props;
  const t = useText();
  const [shape, setShape] = useState<'lines' | 'octets'>('lines');
  const atEnd = at >= result.reading.length - 1;
  const about = atEnd ? undefined : result.reading[at]?.about;
  // What has not been said yet is not there yet.
  const reached = (part: 'accept' | 'response') =>
    atEnd || result.reading.findIndex((step) => step.about?.part === part) <= at;
  const heads = [
    { part: 'request', lines: result.requestLines, problems: result.requestProblems, text: result.request },
    {
      part: 'response',
      lines: result.responseLines,
      problems: result.responseProblems,
      text: result.response,
    },
  ] as const;
  const show = (part: 'request' | 'response') => {
    const head = heads.find((one) => one.part === part);
    if (!head) return null;
    const now = about?.part === part ? about.index : undefined;
    return (
      <div role="group" aria-label={t(`labels.${part}`)} className="ws-handshake-head" key={part}>
        <p className="ws-handshake-title">{t(`labels.${part}`)}</p>
        {shape === 'lines' ? (
          <HeadLines part={part} lines={head.lines} problems={head.problems} now={now} />
        ) : (
          <OctetsOfHead
            label={t(`labels.${part}`)}
            part={part}
            lines={head.lines}
            text={head.text}
            now={now}
          />
        )}
      </div>
    );
  };
  return (
    <>
      <Controls {...{ params, setParams }} />
      <Choice
        label={t('labels.shape')}
        value={shape}
        options={(['lines', 'octets'] as const).map((id) => ({ id, label: t(`labels.shapes.${id}`) }))}
        onChange={(id) => setShape(id)}
      />
      <div className="screen ws-handshake-picture">
        {show('request')}
        {result.outcome !== 'refused' && reached('accept') && (
          <AcceptSteps steps={result.acceptSteps} now={about?.part === 'accept' ? about.index : undefined} />
        )}
        {reached('response') && show('response')}
        {atEnd && (
          <p role="status" className={result.outcome === 'open' ? 'lab-holds' : 'lab-fails'}>
            {t(result.reading.at(-1)?.text ?? { key: 'title' })}
          </p>
        )}
      </div>
    </>
  );
}

type OctetsProps = {
  label: string;
  part: 'request' | 'response';
  lines: readonly HeadLine[];
  text: string;
  now: number | undefined;
};

function OctetsOfHead({ label, part, lines, text, now }: OctetsProps) {
  const t = useText();
  const bytes = useMemo(() => new TextEncoder().encode(text), [text]);
  const spans = useMemo(() => spansOf(part, lines, bytes.length, t), [part, lines, bytes.length, t]);
  return (
    <OctetGrid
      label={label}
      bytes={bytes}
      spans={spans}
      layer="application"
      layout="dump"
      tableHidden
      selected={now ?? null}
    />
  );
}

function spansOf(part: string, lines: readonly HeadLine[], octets: number, t: Text): Span[] {
  const spans = lines.map(({ id, text, offset }): Span => {
    const colon = text.indexOf(':');
    const [name, value] =
      offset === 0 ? [t(`labels.${id}`), text] : [text.slice(0, colon), text.slice(colon + 2)];
    const note = t(`lines.${part}.${id}`, { value: 'none' });
    return { start: offset * 8, end: (offset + text.length + 2) * 8, name, value, note };
  });
  const end = spans.at(-1)?.end ?? 0;
  const empty = {
    start: end,
    end: octets * 8,
    name: t('labels.empty-line'),
    value: '0d 0a',
    note: t('lines.empty'),
  };
  return [...spans, empty];
}
