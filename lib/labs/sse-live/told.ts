import { writeEvent } from '@/lib/protocols/sse';

/*
 * What the app's own stream tells: written by lib/server/live-stream, read by live.tsx.
 */

/** A header field of the request as it arrived. */
export type ShownField = { name: string; value: string };

/** The first event of each connection, of type `request`. */
export type ToldRequest = {
  /** Which connection of this stream it is, from 1. */
  connection: number;
  fields: readonly ShownField[];
  /** Number of the newest event there was. */
  newest: number;
};

/** Every other event: its number, and whether it was sent again from the log. */
export type ToldEvent = { n: number; replayed: boolean };

/**
 * The block that opens a connection. `seen` is the id that the stream goes on from: by the letter of HTML §9.2.6 an event
 * without an id, on a new connection, would take the last one back.
 */
export const writeRequest = (
  told: ToldRequest,
  { retryMs, seen }: { retryMs: number; seen: number | undefined },
): string =>
  writeEvent({
    retryMs,
    ...(seen !== undefined && { lastEventId: String(seen) }),
    type: 'request',
    data: JSON.stringify(told),
  });

export const writeNumbered = (told: ToldEvent, ids: boolean): string =>
  writeEvent({ ...(ids && { lastEventId: String(told.n) }), data: JSON.stringify(told) });
