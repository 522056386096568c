import type { DataChunk } from './packet';

/** A user message on a stream. `ppid` says what it is to the program above (PPID). */
export type SctpMessage = { streamId: number; ppid: number; unordered: boolean; data: Uint8Array };

/**
 * The DATA chunks of one message (RFC 9260 §6.9): consecutive TSNs from `firstTsn`, B on the first and E on the last, at
 * most `maxUserData` octets each. `data` must not be empty.
 */
export function fragmentMessage(
  { streamId, ppid, unordered, data }: SctpMessage,
  numbers: { firstTsn: number; streamSeq: number; maxUserData: number },
): DataChunk[] {
  const { firstTsn, streamSeq, maxUserData } = numbers;
  const count = Math.ceil(data.length / maxUserData);
  return Array.from({ length: count }, (_, index) => ({
    kind: 'data',
    immediate: false,
    unordered,
    begin: index === 0,
    end: index === count - 1,
    tsn: (firstTsn + index) >>> 0,
    streamId,
    streamSeq,
    ppid,
    userData: data.subarray(index * maxUserData, (index + 1) * maxUserData),
  }));
}
