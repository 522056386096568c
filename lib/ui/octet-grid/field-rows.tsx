import { useText } from '@/lib/text';
import { classNames } from '../class-names';
import { bitsOf, groupedBits, hexOf } from './bits';
import type { Piece, Row } from './fields';

export type FieldRowsProps = {
  bytes: Uint8Array;
  rows: readonly Row[];
  bitsPerRow: number;
  /** The field under the pointer, the focus or chosen; -1 for none. */
  active: number;
  selected: number;
  /** The one field in the tab order. */
  tabStop: number;
};

/** The RFC's ruler: tens above, units below. */
function Ruler({ bitsPerRow }: { bitsPerRow: number }) {
  return (
    <div
      aria-hidden="true"
      className="ml-[4ch] grid font-mono text-xs leading-none text-ink-soft"
      style={{ gridTemplateColumns: `repeat(${bitsPerRow}, minmax(0, 1fr))` }}
    >
      {Array.from({ length: bitsPerRow }, (_, bit) => (
        <span key={bit} className="pb-1 text-center">
          <span className="block h-[1.1em]">{bit % 10 === 0 ? bit / 10 : ''}</span>
          <span className="block">{bit % 10}</span>
        </span>
      ))}
    </div>
  );
}

/** Rows of cells, as an RFC draws a header. What a cell means is in its label; events are the grid's. */
export function FieldRows({ bytes, rows, bitsPerRow, active, selected, tabStop }: FieldRowsProps) {
  const t = useText();
  return (
    <div className="min-w-0">
      <Ruler bitsPerRow={bitsPerRow} />
      <div className="border-t border-rule-strong">
        {rows.map((row) => (
          <div key={`${row.kind}${row.start}`} className="flex">
            <span
              aria-hidden="true"
              className="w-[4ch] shrink-0 border-r border-rule-strong pt-1 pr-1.5 text-right font-mono text-xs text-ink-soft tabular-nums"
            >
              {row.start / 8}
            </span>
            {row.kind === 'skipped' ? (
              <span className="flex-1 border-r border-b border-rule-strong bg-[repeating-linear-gradient(135deg,var(--rule)_0_1px,transparent_1px_7px)] py-2 text-center font-mono text-xs">
                <span className="bg-paper px-2 py-0.5">
                  {t('visualiser.octetGrid.more', { count: row.skippedOctets })}
                </span>
              </span>
            ) : (
              <div
                className="grid min-w-0 flex-1"
                style={{ gridTemplateColumns: `repeat(${bitsPerRow}, minmax(0, 1fr))` }}
              >
                {row.pieces.map((piece) => (
                  <Cell
                    key={piece.start}
                    {...{ bytes, piece, tabStop }}
                    column={piece.start - row.start + 1}
                    isShort={row.pieces.every((one) => !one.first)}
                    isActive={piece.run.field.index >= 0 && piece.run.field.index === active}
                    isSelected={piece.run.field.index >= 0 && piece.run.field.index === selected}
                  />
                ))}
              </div>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

type CellProps = {
  bytes: Uint8Array;
  piece: Piece;
  column: number;
  /** A row of continuations only shows octets. */
  isShort: boolean;
  isActive: boolean;
  isSelected: boolean;
  tabStop: number;
};

function Cell({ bytes, piece, column, isShort, isActive, isSelected, tabStop }: CellProps) {
  const t = useText();
  const { start, end, first, goesOn, run } = piece;
  const { span, index } = run.field;
  const width = end - start;
  const slim = width < 3;
  const octets = start % 8 === 0 && end % 8 === 0;
  const raw = octets ? hexOf(bytes, start, end, 8) : groupedBits(bitsOf(bytes, start, end));
  const style = { gridColumn: `${column} / span ${width}` };
  const frame = classNames(
    'relative flex min-w-0 flex-col items-center justify-between overflow-hidden border-r border-rule-strong px-0.5 py-1 text-center',
    // A field that goes on in the next row is not closed at its foot.
    goesOn ? 'border-b border-b-rule [border-bottom-style:dotted]' : 'border-b',
    isShort ? 'min-h-7' : 'min-h-18',
  );
  if (index < 0) {
    return (
      <span className={classNames(frame, 'bg-paper-sunk text-ink-soft')} style={style}>
        <span className="m-auto font-mono text-xs">{raw}</span>
      </span>
    );
  }
  const body = (
    <>
      <span
        className={classNames(
          'max-w-full text-xs leading-tight text-ink-soft',
          slim
            ? span.name.length > 4
              ? 'max-h-16 overflow-hidden [writing-mode:vertical-rl]'
              : 'font-mono leading-none tracking-[-0.2em] [text-orientation:upright] [writing-mode:vertical-rl]'
            : 'line-clamp-2',
        )}
      >
        {first ? span.name : isShort ? '' : '…'}
      </span>
      {slim || !first ? null : (
        <span className="max-w-full truncate font-mono text-sm leading-tight tabular-nums">{span.value}</span>
      )}
      <span
        className={classNames(
          'max-w-full truncate font-mono text-xs leading-tight tabular-nums',
          slim ? 'text-ink' : 'text-(--hue)',
        )}
      >
        {raw}
      </span>
    </>
  );
  return (
    <button
      type="button"
      data-field={index}
      data-bit={start}
      tabIndex={first && index === tabStop ? 0 : -1}
      aria-hidden={first ? undefined : true}
      aria-pressed={first ? isSelected : undefined}
      aria-label={
        first
          ? t('visualiser.octetGrid.cell', {
              name: span.name,
              value: span.value,
              start: span.start,
              end: span.end - 1,
            })
          : undefined
      }
      className={classNames(
        frame,
        'cursor-pointer -outline-offset-3',
        isActive && 'bg-(--hue-soft) forced-colors:outline-2 forced-colors:outline-dashed',
        isSelected && 'shadow-[inset_0_-3px_0_var(--hue)] forced-colors:outline-3',
      )}
      style={style}
    >
      {body}
    </button>
  );
}
