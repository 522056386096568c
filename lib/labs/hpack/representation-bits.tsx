'use client';
import { useMemo, useState } from 'react';
import type { Span } from '@/lib/bytes';
import { traceRepresentation } from '@/lib/protocols/hpack';
import { useText, type Text } from '@/lib/text';
import { OctetGrid } from '@/lib/ui/octet-grid';
import { shown } from './parse-lists';
import type { Block, Moment } from './run';

type Props = { block: Block; moment: Moment };

/** What is pinned first: the index, behind the representation and its pattern. */
const INDEX_SPAN = 2;

/** The bits of the chosen representation: pattern, integers, and of a Huffman-coded string every symbol. */
export function RepresentationBits({ block, moment }: Props) {
  const t = useText();
  const [pinned, setPinned] = useState<number | null>(INDEX_SPAN);
  const bytes = useMemo(
    () => block.octets.slice(moment.start, moment.end),
    [block.octets, moment.start, moment.end],
  );
  const spans = useMemo(() => spansOf(bytes, moment, block, t), [bytes, moment, block, t]);
  if (bytes.length === 0) return null;
  return (
    // A scrolling region must be reachable by keyboard.
    <div className="hpack-bits" role="group" tabIndex={0} aria-label={t('picture.bits')}>
      <p className="lab-note">
        {t('picture.from', { block: moment.block + 1, start: moment.start, octets: bytes.length })}
      </p>
      <OctetGrid
        key={`${String(moment.block)}-${String(moment.start)}`}
        label={t('picture.bitsOf', {
          name: moment.field ? shown(moment.field.name) : t(`kinds.${moment.kind}`),
        })}
        bytes={bytes}
        spans={spans}
        layer="http"
        tableHidden
        selected={pinned !== null && pinned < spans.length ? pinned : 0}
        onSelect={setPinned}
      />
    </div>
  );
}

/** The engine's spans in the reader's language. */
function spansOf(bytes: Uint8Array, moment: Moment, { problem }: Block, t: Text): Span[] {
  if (moment.kind === 'problem') {
    const at = { start: 0, end: Math.min(8, bytes.length * 8) };
    const note = problem ? t(problem.text) : '';
    return [{ ...at, name: t('spans.wrong'), value: problem?.code ?? '', note, ref: problem?.rule ?? '' }];
  }
  const spans: Span[] = [];
  traceRepresentation(spans, bytes, 0, moment.field);
  return spans.map((span, i) => {
    if (i === 0) {
      return {
        ...span,
        name: t(`kinds.${moment.kind}`),
        value: shown(span.value),
        note: t(`kindNotes.${moment.kind}`),
      };
    }
    const key = span.name.toLowerCase().replaceAll(' ', '-');
    if (span.ref === 'RFC 7541 Appendix B' || !t.has(`spans.${key}`))
      return withNote(span, t('notes.symbol'));
    const sum = /\d+(?: \+ \d+)+$/.exec(span.note ?? '')?.[0] ?? '';
    const row = moment.pointsAt ? `${shown(moment.pointsAt.name)}: ${shown(moment.pointsAt.value)}` : '';
    const table = moment.index === 0 ? 'none' : moment.pointsAt?.id === 0 ? 'static' : 'dynamic';
    const values = { sum, row, table, index: moment.index, value: span.value, kind: moment.kind };
    const note = t.has(`notes.${key}`) ? t(`notes.${key}`, values) : '';
    const sums = sum === '' ? '' : t('notes.sum', { sum });
    return withNote(
      { ...span, name: t(`spans.${key}`), value: shown(span.value) },
      [note, sums].filter(Boolean).join(' '),
    );
  });
}

function withNote({ note: _, ...span }: Span, note: string): Span {
  return note === '' ? span : { ...span, note };
}
