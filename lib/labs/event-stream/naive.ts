import type { Chunk } from './chunks';

/** What a reader without memory shows, and with which chunk. */
export type NaiveLine = { data: string; chunk: number };

/**
 * The reader that everyone writes first: each chunk decoded and split by itself. It is right as long as the network is
 * kind. As code: `for (const block of decoder.decode(chunk).split('\n\n')) …`.
 */
export function readNaively(octets: Uint8Array, chunks: readonly Chunk[]): NaiveLine[] {
  return chunks.flatMap(({ start, end }, chunk) =>
    new TextDecoder()
      .decode(octets.subarray(start, end))
      .split('\n\n')
      .flatMap((block) => block.split('\n'))
      .filter((line) => line.startsWith('data: '))
      .map((line) => ({ data: line.slice(6), chunk })),
  );
}
