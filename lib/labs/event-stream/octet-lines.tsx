'use client';
import { memo, type KeyboardEvent, type SyntheticEvent } from 'react';
import { useText } from '@/lib/text';
import { classNames } from '@/lib/ui/class-names';
import type { Chunk } from './chunks';
import type { Meaning, StreamRow } from './meanings';

type Props = {
  octets: Uint8Array;
  rows: readonly StreamRow[];
  meanings: readonly Meaning[];
  chunks: readonly Chunk[];
  /** Octets before this one have arrived. */
  arrived: number;
  /** The one in the tab order. */
  tabStop: number;
  onPoint(octet: number): void;
  onFocus(octet: number): void;
  onCut(octet: number): void;
};

const SIGNS: Readonly<Record<number, string>> = { 10: 'LF', 13: 'CR', 32: '·' };

/** What a cell shows: a character of US-ASCII as itself, a line end by its name, the rest as hexadecimal. */
export function glyphOf(octet: number): string {
  return (
    SIGNS[octet] ??
    (octet > 0x20 && octet < 0x7f ? String.fromCharCode(octet) : octet.toString(16).padStart(2, '0'))
  );
}

/** The stream line by line, an octet a cell. Pressing a cell cuts the stream before it. */
export const OctetLines = memo(function OctetLines(props: Props) {
  const { octets, rows, meanings, chunks, arrived, tabStop } = props;
  const t = useText();
  const cutBefore = new Set(chunks.slice(1).map(({ start }) => start));

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const from = octetAt(event);
    if (from < 0) return;
    const row = rows.findIndex(({ start, end }) => from >= start && from < end);
    const inRow = (n: number) => {
      const there = rows[Math.min(rows.length - 1, Math.max(0, n))];
      return there ? Math.min(there.end - 1, there.start + from - (rows[row]?.start ?? 0)) : from;
    };
    const to = {
      ArrowRight: from + 1,
      ArrowLeft: from - 1,
      ArrowDown: inRow(row + 1),
      ArrowUp: inRow(row - 1),
      Home: 0,
      End: octets.length - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = Math.min(octets.length - 1, Math.max(0, to));
    event.currentTarget.querySelector<HTMLElement>(`[data-octet="${next}"]`)?.focus();
  };

  return (
    // The cells are the buttons; the group hears for all of them.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="group"
      tabIndex={-1}
      aria-label={t('picture.label')}
      className="event-stream-lines"
      onKeyDown={onKeyDown}
      onPointerOver={(event) =>
        event.pointerType === 'mouse' && octetAt(event) >= 0 && props.onPoint(octetAt(event))
      }
      onPointerLeave={() => props.onPoint(-1)}
      onFocus={(event) => props.onFocus(octetAt(event))}
      onClick={(event) => octetAt(event) > 0 && props.onCut(octetAt(event))}
    >
      {rows.map((row) => (
        <div key={row.start} className="event-stream-row" data-kind={row.kind}>
          <span className="event-stream-row-kind" aria-hidden="true">
            {t(`spans.${row.kind}`)}
          </span>
          <span className="event-stream-cells">
            {Array.from(octets.subarray(row.start, row.end), (octet, n) => {
              const at = row.start + n;
              const part = meanings[at]?.path.at(-1) ?? '';
              const isCut = cutBefore.has(at);
              return (
                <button
                  key={at}
                  type="button"
                  data-octet={at}
                  data-part={part}
                  data-cut={isCut || undefined}
                  tabIndex={at === tabStop ? 0 : -1}
                  aria-pressed={isCut}
                  aria-label={t('picture.octet', {
                    at,
                    hex: octet.toString(16).padStart(2, '0'),
                    glyph: glyphOf(octet),
                    part: part === '' ? '' : t(`spans.${part}`),
                  })}
                  className={classNames(
                    'event-stream-cell',
                    (octet >= 0x7f || octet < 0x20) && 'event-stream-hex',
                    at >= arrived && 'event-stream-coming',
                  )}
                >
                  {glyphOf(octet)}
                </button>
              );
            })}
          </span>
        </div>
      ))}
    </div>
  );
});

function octetAt(event: SyntheticEvent): number {
  const element = event.target instanceof Element ? event.target.closest('[data-octet]') : null;
  return Number(element?.getAttribute('data-octet') ?? -1);
}
