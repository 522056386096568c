import type { LabExport } from '../define-lab';
import type { WindowParams } from './lab';
import type { WindowResult } from './run';

/** The run as JSON; the packets and where both ends stood after each moment as CSV. */
export function exportsOf(result: WindowResult, params: WindowParams): LabExport[] {
  return [
    {
      filename: 'sliding-window.json',
      mediaType: 'application/json',
      content: JSON.stringify({ params, ...result }, null, 2),
    },
    {
      filename: 'sliding-window.csv',
      mediaType: 'text/csv',
      content: [
        'time_ms,written,snd_una,snd_nxt,snd_wnd,rcv_nxt,rcv_wnd,unread',
        ...result.moments.map(({ timeMs, snapshot: s }) =>
          [timeMs, s.written, s.sndUna, s.sndNxt, s.sndWnd, s.rcvNxt, s.rcvWnd, s.unread].join(','),
        ),
      ].join('\n'),
    },
  ];
}
