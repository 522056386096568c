/** What a stream tells, and when: pure, so that the times can be tested. */
export const EVENT_EVERY_MS = 700;
/** After so long there is nothing more to tell. */
export const LIFETIME_MS = 120_000;
/** How many past events the server can still tell. */
export const LOG_LENGTH = 40;

/** The number of the newest event `elapsedMs` after the stream began; events count from 1. */
export function newestAt(elapsedMs: number): number {
  return Math.floor(Math.min(Math.max(elapsedMs, 0), LIFETIME_MS) / EVENT_EVERY_MS);
}

/**
 * The first event that a new connection is told: with an id the one after it, as far as the log goes back; without, what comes
 * next. Anything that is no number of ours is no id of ours.
 */
export function firstFor(lastEventId: string, newest: number): number {
  const seen = /^\d{1,6}$/.test(lastEventId) ? Number(lastEventId) : Number.NaN;
  if (!(seen <= newest)) return newest + 1;
  return Math.max(seen + 1, newest - LOG_LENGTH + 1);
}
