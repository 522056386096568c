import type { LabExport } from '../define-lab';
import type { LiveParams } from './lab';
import type { LiveResult } from './run';

/** What happened, and what the server wrote on each connection. */
export function exportsOf(result: LiveResult, params: LiveParams): LabExport[] {
  return [
    {
      filename: 'sse-live.json',
      mediaType: 'application/json',
      content: JSON.stringify({ params, ...result }, null, 2),
    },
    ...result.written.flatMap((content, n) =>
      content === ''
        ? []
        : [{ filename: `connection-${n + 1}.txt`, mediaType: 'text/event-stream', content }],
    ),
  ];
}
