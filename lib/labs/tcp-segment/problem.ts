import type { HexError } from '@/lib/bytes';
import type { IpError } from '@/lib/protocols/ip';
import type { TcpError } from '@/lib/protocols/tcp';
import type { MessageRef } from '@/lib/text/text';

/** What is wrong, by the code of the room that found it, and where; `text` says it with what was seen. */
export type SegmentProblem = { code: string; offset: number; text: MessageRef };

/** Own to the lab: fewer octets than the fixed header, for which a stream's reader would wait. */
export type OwnProblemCode = 'TCP_HEADER_INCOMPLETE' | 'SEGMENT_TOO_LONG';

/** An error as a message, `problems.<code>`; the numbers in it are read off the octets. */
export function problemOf(
  error: HexError | IpError | TcpError | OwnProblemCode,
  octets: Uint8Array = new Uint8Array(0),
): SegmentProblem {
  const code = typeof error === 'string' ? error : error.code;
  const offset = typeof error === 'string' ? octets.length : error.offset;
  const at = octets[offset] ?? 0;
  const words = (octets[12] ?? 0) >> 4;
  const values = {
    offset,
    value: at,
    // Where the fault is an option's length, its kind stands before it.
    kind: code === 'TCP_OPTION_LENGTH_MISSING' ? at : (octets[offset - 1] ?? 0),
    words,
    headerOctets: words * 4,
    length: octets.length,
  };
  return { code, offset, text: { key: `problems.${code}`, values } };
}
