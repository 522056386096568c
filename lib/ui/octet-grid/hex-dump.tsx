import { useText } from '@/lib/text';
import { classNames } from '../class-names';
import { asciiOf } from './bits';
import { findOctetRuns, type OctetRun } from './octet-runs';
import type { Run } from './fields';

export type HexDumpProps = {
  bytes: Uint8Array;
  runs: readonly Run[];
  octetsPerRow: number;
  active: number;
  selected: number;
  tabStop: number;
};

/** How many octets a dump shows at most; the rest is counted. */
export const DUMP_LIMIT = 2048;

/** Offset, octets, US-ASCII: what a packet analyser shows. Octets of one field are one button. */
export function HexDump({ bytes, runs, octetsPerRow, active, selected, tabStop }: HexDumpProps) {
  const t = useText();
  const shown = bytes.subarray(0, DUMP_LIMIT);
  const seen = new Set<number>();
  const rows: { start: number; runs: (OctetRun & { first: boolean })[] }[] = [];
  for (let start = 0; start < shown.length; start += octetsPerRow) {
    const end = Math.min(shown.length, start + octetsPerRow);
    rows.push({
      start,
      runs: findOctetRuns(runs, start, end).map((run) => {
        const first = run.field.index >= 0 && !seen.has(run.field.index);
        seen.add(run.field.index);
        return { ...run, first };
      }),
    });
  }
  const mark = (run: OctetRun) =>
    classNames(
      run.field.index >= 0 && run.field.index === active && 'bg-(--hue-soft) forced-colors:bg-[Highlight]',
      run.field.index >= 0 && run.field.index === selected && 'shadow-[inset_0_-2px_0_var(--hue)]',
    );
  return (
    <div className="font-mono text-xs leading-6 tabular-nums">
      {rows.map((row) => (
        <div key={row.start} className="flex gap-x-3 border-b border-rule/60">
          <span className="w-[5ch] shrink-0 text-ink-soft">{row.start.toString(16).padStart(4, '0')}</span>
          <span className="whitespace-pre" style={{ minWidth: `${octetsPerRow * 3}ch` }}>
            {row.runs.map((run) => {
              const text = Array.from(shown.subarray(run.start, run.end), (octet) =>
                octet.toString(16).padStart(2, '0'),
              ).join(' ');
              const { index, span } = run.field;
              if (index < 0) {
                return (
                  <span key={run.start} className="text-ink-soft">
                    {text}{' '}
                  </span>
                );
              }
              return (
                <span key={run.start}>
                  <button
                    type="button"
                    data-field={index}
                    tabIndex={run.first && index === tabStop ? 0 : -1}
                    aria-hidden={run.first ? undefined : true}
                    aria-label={
                      run.first
                        ? t('visualiser.octetGrid.cell', {
                            name: span.name,
                            value: span.value,
                            start: span.start,
                            end: span.end - 1,
                          })
                        : undefined
                    }
                    aria-pressed={run.first ? index === selected : undefined}
                    className={classNames('min-h-6 cursor-pointer', mark(run))}
                  >
                    {text}
                  </button>{' '}
                </span>
              );
            })}
          </span>
          <span aria-hidden="true" className="whitespace-pre text-ink-soft">
            {row.runs.map((run) => (
              <span key={run.start} data-field={run.field.index} className={mark(run)}>
                {Array.from(shown.subarray(run.start, run.end), asciiOf).join('')}
              </span>
            ))}
          </span>
        </div>
      ))}
      {bytes.length > DUMP_LIMIT ? (
        <p className="m-0 py-1 text-ink-soft">
          {t('visualiser.octetGrid.more', { count: bytes.length - DUMP_LIMIT })}
        </p>
      ) : null}
    </div>
  );
}
