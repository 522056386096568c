'use client';
import { useText } from '@/lib/text';
import { classNames } from '../class-names';
import { findRowChanges } from './row-changes';

/** A table, and what changed in it since the last step. Marks are signs and words, not only colour. */
export type TableDiffProps<Row> = {
  caption: string;
  captionHidden?: boolean;
  columns: readonly {
    id: string;
    label: string;
    /** Mono figures, at the right. */
    numeric?: boolean;
    /** Mono text: octets, addresses, field names. */
    mono?: boolean;
    /** Follows from where the row stands (its index): a change of it alone changes no row. */
    derived?: boolean;
    text(row: Row): string;
  }[];
  rows: readonly Row[];
  /** The table at the step before; without it nothing is marked. */
  previousRows?: readonly Row[] | undefined;
  /** The same row has the same key in both tables. */
  keyOf(row: Row): string;
  /** A row that is gone was pushed out for want of room. */
  isEvicted?: (row: Row) => boolean;
  /** The row that is spoken of now. */
  isCurrent?: (row: Row) => boolean;
  /** Said when there is no row. */
  empty?: string;
};

const signs = { same: '', added: '+', changed: '±', removed: '−', evicted: '↓' };
const grounds = {
  same: '',
  added: 'bg-layer-ip-soft',
  changed: 'bg-layer-link-soft',
  removed: 'text-ink-soft line-through',
  evicted: 'text-ink-soft line-through decoration-double',
};

export function TableDiff<Row>(props: TableDiffProps<Row>) {
  const { caption, columns, rows, previousRows, keyOf, isEvicted } = props;
  const t = useText();
  const changes = findRowChanges(rows, previousRows, keyOf, columns, isEvicted);
  return (
    // A scrolling region must be reachable by keyboard (axe: scrollable-region-focusable).

    <div className="overflow-x-auto" role="group" aria-label={caption} tabIndex={0}>
      <table className="w-full border-collapse text-sm">
        <caption className={props.captionHidden ? 'sr-only' : 'pb-2 text-left text-sm text-ink-soft'}>
          {caption}
        </caption>
        <thead>
          <tr className="border-b border-rule-strong text-left text-xs text-ink-soft">
            <th scope="col" className="w-8 font-normal">
              <span className="sr-only">{t('visualiser.tableDiff.mark')}</span>
            </th>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={classNames('px-2 py-1 font-normal', column.numeric && 'text-right')}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr
              key={change.key}
              aria-current={props.isCurrent?.(change.row) ? 'true' : undefined}
              className={classNames(
                'border-b border-rule',
                grounds[change.kind],
                props.isCurrent?.(change.row) && 'bg-layer-http-soft font-semibold',
              )}
            >
              <td className="px-2 py-1 text-center font-mono no-underline">
                {change.kind === 'same' ? null : (
                  <>
                    <span aria-hidden="true">{signs[change.kind]}</span>
                    <span className="sr-only">{t(`visualiser.tableDiff.${change.kind}`)}</span>
                  </>
                )}
              </td>
              {columns.map((column) => (
                <td
                  key={column.id}
                  className={classNames(
                    'px-2 py-1 align-top',
                    (column.numeric || column.mono) && 'font-mono text-[0.8rem] tabular-nums',
                    column.numeric && 'text-right',
                    change.changed.includes(column.id) &&
                      'font-semibold underline decoration-2 underline-offset-4',
                  )}
                >
                  {column.text(change.row)}
                </td>
              ))}
            </tr>
          ))}
          {changes.length === 0 ? (
            <tr>
              <td colSpan={columns.length + 1} className="px-2 py-3 text-ink-soft italic">
                {props.empty ?? t('visualiser.tableDiff.empty')}
              </td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </div>
  );
}
