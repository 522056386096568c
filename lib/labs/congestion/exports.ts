import type { LabExport } from '../define-lab';
import type { CongestionParams } from './params';
import type { CongestionResult } from './run';

/**
 * The run as JSON, and its series as CSV (segments; ssthresh empty before the first loss). Written when they are
 * read: a run a frame would spend a millisecond of each on files that nobody takes.
 */
export function exportsOf(result: CongestionResult, params: CongestionParams): LabExport[] {
  return [
    {
      filename: 'congestion.json',
      mediaType: 'application/json',
      get content() {
        return JSON.stringify({ params, ...result }, null, 1);
      },
    },
    {
      filename: 'congestion-windows.csv',
      mediaType: 'text/csv',
      get content() {
        return windowsCsv(result);
      },
    },
  ];
}

function windowsCsv({ flows }: CongestionResult): string {
  const rows = flows.flatMap(({ letter, algorithm, times, cwnd, ssthresh, delivered }) =>
    times.map((timeMs, i) => {
      const threshold = ssthresh[i] ?? Infinity;
      const written = Number.isFinite(threshold) ? threshold : '';
      return [letter, algorithm, timeMs, cwnd[i], written, delivered[i]].join(',');
    }),
  );
  return ['flow,algorithm,time_ms,cwnd_segments,ssthresh_segments,delivered_bytes', ...rows].join('\n');
}
