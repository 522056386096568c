import { toHex } from '@/lib/bytes';
import type { LabExport } from '../define-lab';
import type { StreamResult } from './run';

/** The octets as they are, as hexadecimal text, and what was read from them. */
export function exportsOf({ octets, events, rest, chunks }: StreamResult): LabExport[] {
  const read = {
    chunks,
    events,
    lastEventId: rest.lastEventId,
    reconnectionTimeMs: rest.reconnectionTimeMs ?? null,
  };
  return [
    { filename: 'stream.txt', mediaType: 'text/event-stream', content: octets },
    { filename: 'stream.hex', mediaType: 'text/plain', content: `${toHex(octets, ' ')}\n` },
    { filename: 'events.json', mediaType: 'application/json', content: JSON.stringify(read, null, 2) },
  ];
}
