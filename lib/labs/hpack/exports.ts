import { toHex } from '@/lib/bytes';
import type { LabExport } from '../define-lab';
import type { HpackResult } from './run';

/** The blocks in hex, a line each, as the lab reads them back; as octets; and what happened, as JSON. */
export function exportsOf({ blocks, moments }: HpackResult): LabExport[] {
  const joined = Uint8Array.from(blocks.flatMap(({ octets }) => [...octets]));
  const story = moments.map(({ block, start, end, kind, field, index, added, evicted }) => {
    return {
      block: block + 1,
      start,
      end,
      kind,
      index,
      field,
      added: added?.id,
      evicted: evicted.map(({ id }) => id),
    };
  });
  return [
    {
      filename: 'header-blocks.hex',
      mediaType: 'text/plain',
      content: `${blocks.map(({ octets }) => toHex(octets)).join('\n')}\n`,
    },
    {
      filename: 'header-blocks.json',
      mediaType: 'application/json',
      content: `${JSON.stringify(story, null, 1)}\n`,
    },
    ...(joined.length > 0
      ? [{ filename: 'header-blocks.bin', mediaType: 'application/octet-stream', content: joined }]
      : []),
  ];
}
