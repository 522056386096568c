import { toHex } from '@/lib/bytes';
import type { LabExport } from '../define-lab';
import type { WsFrameResult } from './run';

/** The octets as text and as they are. */
export function exportsOf({ octets }: WsFrameResult): LabExport[] {
  return [
    { filename: 'frame.hex', mediaType: 'text/plain', content: `${toHex(octets, ' ')}\n` },
    { filename: 'frame.bin', mediaType: 'application/octet-stream', content: octets },
  ];
}
