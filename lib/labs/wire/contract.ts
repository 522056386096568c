import type { Span } from '@/lib/bytes';
import type { MessageRef } from '@/lib/text/text';
import type { WireAnswer, WirePeer } from './answer';

/**
 * A lab's octets, sent to a real peer. Pure: the frame does the sending (lib/labs/host/wire-slot.tsx).
 */
export type LabWire<Params, Result> = {
  peer: WirePeer;
  /**
   * Exactly what is sent; nothing is put before or behind it. Of several parts each waits until the peer has
   * answered the one before and fallen quiet: a client waits for 101 before its first frame. No octets at all: there
   * is nothing to send now, and the frame says so. At most WIRE_MAX_OCTETS in at most WIRE_MAX_PARTS.
   */
  octets(result: Result, params: Params): Uint8Array | readonly Uint8Array[];
  /**
   * What the answer means to this lab; without it, the frame annotates by the peer's protocol (`readByProtocol`, which
   * a lab may also call and add to). It may be a promise, so that a decoder which only the answer needs is fetched
   * when there is one: `read: async (...it) => (await import('./read-answer')).readAnswer(...it)`.
   */
  read?(answer: WireAnswer, result: Result, params: Params): WireReading | Promise<WireReading>;
};

export type WireReading = {
  /** Into `receivedOctets(answer)`. */
  spans: readonly Span[];
  /**
   * Said below `labs.<id>`, between what the peer's API reported and how the connection ended, which the frame says
   * for every lab (`wire.*`).
   */
  sentences: readonly MessageRef[];
};
