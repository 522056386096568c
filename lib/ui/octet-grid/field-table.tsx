import type { Span } from '@/lib/bytes';
import { useText } from '@/lib/text';
import { classNames } from '../class-names';
import { bitsOf, groupedBits, hexOf } from './bits';

/** Every span in words: the same trace for those who cannot see the picture. */
export function FieldTable(props: {
  label: string;
  bytes: Uint8Array;
  spans: readonly Span[];
  active: number;
}) {
  const t = useText();
  const columns = ['offset', 'raw', 'name', 'value', 'note', 'ref'] as const;
  return (
    <div
      className="overflow-x-auto"
      role="group"
      tabIndex={0}
      aria-label={t('visualiser.octetGrid.table', { label: props.label })}
    >
      <table className="w-full border-collapse text-left text-xs">
        <caption className="sr-only">{t('visualiser.octetGrid.table', { label: props.label })}</caption>
        <thead>
          <tr className="border-b border-rule-strong text-ink-soft">
            {columns.map((column) => (
              <th key={column} scope="col" className="py-1 pr-3 font-normal">
                {t(`visualiser.octetGrid.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.spans.map((span, index) => (
            <tr
              key={index}
              data-field={index}
              className={classNames(
                'border-b border-rule align-top',
                index === props.active && 'bg-(--hue-soft)',
              )}
            >
              <td className="py-1 pr-3 font-mono whitespace-nowrap tabular-nums">
                {t('visualiser.octetGrid.range', { start: span.start, end: span.end - 1 })}
              </td>
              <td className="min-w-[12ch] py-1 pr-3 font-mono tabular-nums">
                {span.end - span.start <= 8
                  ? groupedBits(bitsOf(props.bytes, span.start, span.end))
                  : hexOf(props.bytes, span.start, span.end, 8)}
              </td>
              <th scope="row" className="py-1 pr-3 font-semibold">
                {span.name}
              </th>
              <td className="py-1 pr-3 font-mono break-all">{span.value}</td>
              <td className="min-w-[16ch] py-1 pr-3">{span.note}</td>
              <td className="py-1 whitespace-nowrap">{span.ref}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
