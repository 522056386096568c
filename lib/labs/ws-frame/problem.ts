import { HexError } from '@/lib/bytes';
import { opcodeNameOf, type WebSocketError } from '@/lib/protocols/websocket';
import type { FrameFacts } from './fields';
import type { FrameProblem } from './run';

/** An error as a message, `problems.<code>`; the numbers in it are read off the octets. */
export function problemOf(
  error: HexError | WebSocketError,
  octets: Uint8Array,
  frames: readonly FrameFacts[],
): FrameProblem {
  const { code, offset } = error;
  const frame = frames.findLast(({ start }) => start <= offset);
  const first = octets[frame?.start ?? 0] ?? 0;
  const at = octets[offset];
  const values = {
    offset,
    octet: at === undefined ? '' : `0x${at.toString(16).padStart(2, '0')}`,
    bits: ((first >> 4) & 7).toString(2).padStart(3, '0'),
    opcode: first & 0x0f,
    name: opcodeNameOf(first & 0x0f) ?? 'reserved',
    length: frame?.length ?? (octets[(frame?.start ?? 0) + 1] ?? 0) & 0x7f,
    lengthBits: frame?.lengthBits ?? 7,
    status:
      ((octets[offset] ?? 0) ^ (frame?.key?.[0] ?? 0)) * 256 +
      ((octets[offset + 1] ?? 0) ^ (frame?.key?.[1] ?? 0)),
  };
  const text = { key: `problems.${code}`, values };
  if (error instanceof HexError) return { code, offset, ref: '', text };
  return { code, offset, closeCode: error.closeCode, ref: error.ref, text };
}
