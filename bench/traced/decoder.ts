import type { Span } from '@/lib/bytes';

/** Decodes one input, with a sink or without; what it answers is the same. */
export type TracedDecoder = (sink?: Span[]) => unknown;

/** The decoders of a room, by what they get: octets as they are on real wires. */
export type TracedRoom = Record<string, TracedDecoder>;

/** Octets that look like content: text of a page, of which some repeats. */
export const content = (octets: number) =>
  Uint8Array.from({ length: octets }, (_, i) => 0x20 + ((i * 31 + (i >>> 5)) % 95));
