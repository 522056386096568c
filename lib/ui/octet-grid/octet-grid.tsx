'use client';
import { useMemo, useState, type KeyboardEvent, type SyntheticEvent } from 'react';
import type { Span } from '@/lib/bytes';
import { useText } from '@/lib/text';
import { classNames } from '../class-names';
import { Disclosure } from '../controls/disclosure';
import { hueClass, type Layer } from '../layer';
import { rovingTarget } from '../roving';
import { FieldDetail } from './field-detail';
import { FieldRows } from './field-rows';
import { FieldTable } from './field-table';
import { fieldOrder, findRuns, layOutRows } from './fields';
import { HexDump } from './hex-dump';

/** Octets and what their bits mean. All offsets of spans are bits from the first octet of `bytes`. */
export type OctetGridProps = {
  /** What the picture shows, for its accessible name: "TCP segment, SYN". */
  label: string;
  bytes: Uint8Array;
  /** In the order of the text table; may nest and overlap: the innermost is drawn, the others are its path. */
  spans: readonly Span[];
  layer: Layer;
  /** `header`: rows of bits, as in an RFC. `dump`: hex and ASCII. The learner may switch if `switchable`. */
  layout?: 'header' | 'dump';
  switchable?: boolean;
  /** Index of the pinned span, or null. Without `onSelect` the grid keeps it itself. */
  selected?: number | null;
  onSelect?: (span: number | null) => void;
  /** 32 as in RFCs; halved where the container is narrow. */
  bitsPerRow?: 32 | 16 | 8;
  /** Makes bits in the detail panel switches; `bit` counts from the first of `bytes`. */
  onChangeBit?: (bit: number, value: 0 | 1) => void;
  /** Makes whole octets in the detail panel fields; `octet` counts from the first. */
  onChangeOctet?: (octet: number, value: number) => void;
  /** No table below: the page has one of its own. */
  tableHidden?: boolean;
};

export function OctetGrid(props: OctetGridProps) {
  const { label, bytes, spans, layer, bitsPerRow = 32, switchable = false } = props;
  const t = useText();
  const [layout, setLayout] = useState(props.layout ?? 'header');
  const [hovered, setHovered] = useState(-1);
  const [focused, setFocused] = useState(-1);
  const [ownSelected, setOwnSelected] = useState<number | null>(null);
  const selected = (props.selected === undefined ? ownSelected : props.selected) ?? -1;

  const runs = useMemo(() => findRuns(spans, bytes.length * 8), [spans, bytes.length]);
  const order = useMemo(() => fieldOrder(runs), [runs]);
  const narrow = Math.max(8, bitsPerRow / 2);
  const wideRows = useMemo(() => layOutRows(runs, bitsPerRow), [runs, bitsPerRow]);
  const narrowRows = useMemo(() => layOutRows(runs, narrow, 4), [runs, narrow]);

  const active = hovered >= 0 ? hovered : focused >= 0 ? focused : selected;
  const tabStop = order.includes(focused) ? focused : order.includes(selected) ? selected : (order[0] ?? -1);
  const shown = runs.find((run) => run.field.index === active)?.field;
  const shownSpan = spans[active];

  const select = (index: number) => {
    const next = index === selected ? null : index;
    setOwnSelected(next);
    props.onSelect?.(next);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Escape' && selected >= 0) select(selected);
    const next = order[rovingTarget(event.key, Math.max(0, order.indexOf(tabStop)), order.length)];
    if (next === undefined || fieldAt(event) < 0) return;
    event.preventDefault();
    // The picture stands here once for each width; the one that is shown has a size.
    const cells = event.currentTarget.querySelectorAll<HTMLElement>(`button[data-field="${next}"]`);
    for (const cell of cells) {
      if (cell.offsetParent !== null) {
        cell.focus();
        break;
      }
    }
  };
  const shared = { bytes, active, selected, tabStop };
  const pictures =
    layout === 'header'
      ? [
          <FieldRows key="wide" {...shared} rows={wideRows} bitsPerRow={bitsPerRow} />,
          <FieldRows key="narrow" {...shared} rows={narrowRows} bitsPerRow={narrow} />,
        ]
      : [
          <HexDump key="wide" {...shared} runs={runs} octetsPerRow={16} />,
          <HexDump key="narrow" {...shared} runs={runs} octetsPerRow={8} />,
        ];
  return (
    <div className={classNames('@container min-w-0', hueClass[layer])}>
      {switchable ? (
        <div className="mb-2 flex justify-end gap-4">
          {(['header', 'dump'] as const).map((choice) => (
            <button
              key={choice}
              type="button"
              aria-pressed={layout === choice}
              className={classNames(
                'min-h-8 border-b-2 text-xs pointer-coarse:min-h-11',
                layout === choice
                  ? 'border-(--hue) text-ink'
                  : 'border-transparent text-ink-soft hover:text-ink forced-colors:border-[Canvas]',
              )}
              onClick={() => setLayout(choice)}
            >
              {t(`visualiser.octetGrid.layouts.${choice}`)}
            </button>
          ))}
        </div>
      ) : null}
      <div className="grid gap-x-8 gap-y-4 @min-[62rem]:grid-cols-[minmax(0,1fr)_19rem]">
        {/* The fields inside are the buttons; the group hears for all of them. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <div
          role="group"
          tabIndex={-1}
          aria-label={label}
          className="min-w-0"
          onKeyDown={onKeyDown}
          onPointerOver={(event) => event.pointerType === 'mouse' && setHovered(fieldAt(event))}
          onPointerLeave={() => setHovered(-1)}
          onFocus={(event) => setFocused(fieldAt(event))}
          onBlur={() => setFocused(-1)}
          onClick={(event) => fieldAt(event) >= 0 && select(fieldAt(event))}
        >
          <div className="hidden @xl:block">{pictures[0]}</div>
          <div className="@xl:hidden">{pictures[1]}</div>
        </div>
        <div className="min-h-44 border-l-3 border-(--hue) pl-4">
          <FieldDetail
            bytes={bytes}
            span={shownSpan}
            path={shown?.path ?? []}
            onChangeBit={props.onChangeBit}
            onChangeOctet={props.onChangeOctet}
          />
        </div>
      </div>
      {props.tableHidden ? null : (
        <div
          className="mt-4"
          onPointerOver={(event) => event.pointerType === 'mouse' && setHovered(fieldAt(event))}
          onPointerLeave={() => setHovered(-1)}
        >
          <Disclosure summary={t('visualiser.octetGrid.asTable')}>
            <FieldTable label={label} bytes={bytes} spans={spans} active={active} />
          </Disclosure>
        </div>
      )}
    </div>
  );
}

/** The field that an event happened in, or -1. */
function fieldAt(event: SyntheticEvent): number {
  const element = event.target instanceof Element ? event.target.closest('[data-field]') : null;
  return Number(element?.getAttribute('data-field') ?? -1);
}
