import type { ProgressEvent } from '@/lib/course/events';

/** What one request carries: well below the 64 kB that all `keepalive` requests of a page share. */
export const MAX_BATCH_EVENTS = 50;
export const MAX_BATCH_BYTES = 28 * 1024;
const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 60_000;

/**
 * The queue between the page and the server, as a state machine without time or network: `stepOutbox` takes what
 * happened, `nextBatch` says what to send. Everything in it has been stored first.
 */
export type Outbox = {
  /** Not acknowledged; oldest first. */
  pending: readonly ProgressEvent[];
  /** Ids in the request under way; empty when there is none. */
  sending: readonly string[];
  /** Ids that the server will not take. They stay stored and are tried again on the next visit. */
  refused: readonly string[];
  /** How many events the next batch may hold: halved to find the one that spoils a batch. */
  batchLimit: number;
  /** Tries in a row that did not reach the server. */
  failures: number;
  /** Nothing is sent before; 0 when there is nothing to wait for. */
  retryAtMs: number;
  online: boolean;
};

export const emptyOutbox: Outbox = {
  pending: [],
  sending: [],
  refused: [],
  batchLimit: MAX_BATCH_EVENTS,
  failures: 0,
  retryAtMs: 0,
  online: true,
};

export type OutboxInput =
  /** Read from the storage, or just stored. What is there already is not added again. */
  | { type: 'stored'; events: readonly ProgressEvent[] }
  | { type: 'sent'; ids: readonly string[] }
  /** The server has these for good. */
  | { type: 'acknowledged'; ids: readonly string[] }
  /** The server says that the batch is wrong: sending it again would change nothing. */
  | { type: 'refused' }
  /** No answer, or one that says "later". `random` in [0, 1) spreads the retries of many browsers. */
  | { type: 'unreached'; nowMs: number; random: number; retryAfterMs?: number }
  | { type: 'network'; online: boolean };

/** The outbox after `input`. */
export function stepOutbox(outbox: Outbox, input: OutboxInput): Outbox {
  switch (input.type) {
    case 'stored': {
      const known = new Set(outbox.pending.map(({ id }) => id));
      return { ...outbox, pending: [...outbox.pending, ...input.events.filter(({ id }) => !known.has(id))] };
    }
    case 'sent':
      return { ...outbox, sending: input.ids };
    case 'acknowledged': {
      const done = new Set(input.ids);
      return {
        ...outbox,
        pending: outbox.pending.filter(({ id }) => !done.has(id)),
        sending: outbox.sending.filter((id) => !done.has(id)),
        refused: outbox.refused.filter((id) => !done.has(id)),
        batchLimit: Math.min(MAX_BATCH_EVENTS, outbox.batchLimit * 2),
        failures: 0,
        retryAtMs: 0,
      };
    }
    case 'refused': {
      const { sending } = outbox;
      const reached = { ...outbox, sending: [], failures: 0, retryAtMs: 0 };
      return sending.length > 1
        ? { ...reached, batchLimit: Math.floor(sending.length / 2) }
        : { ...reached, refused: [...new Set([...outbox.refused, ...sending])] };
    }
    case 'unreached': {
      const doubledMs = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** outbox.failures);
      const waitMs = Math.max(input.retryAfterMs ?? 0, doubledMs * (0.5 + input.random / 2));
      return { ...outbox, sending: [], failures: outbox.failures + 1, retryAtMs: input.nowMs + waitMs };
    }
    case 'network':
      return { ...outbox, online: input.online, retryAtMs: input.online ? 0 : outbox.retryAtMs };
  }
}

/** What to send now, in order; empty when a request is under way, it is too early, or nothing is left. */
export function nextBatch(outbox: Outbox, nowMs: number): readonly ProgressEvent[] {
  const isResting = outbox.sending.length > 0 || !outbox.online || nowMs < outbox.retryAtMs;
  return isResting ? [] : batchOf(outbox);
}

/** What can still be handed over when the page goes: what is not on its way already. */
export function lastBatch(outbox: Outbox): readonly ProgressEvent[] {
  return batchOf(outbox);
}

function batchOf(outbox: Outbox): readonly ProgressEvent[] {
  const skipped = new Set([...outbox.refused, ...outbox.sending]);
  const batch: ProgressEvent[] = [];
  let bytes = 0;
  for (const event of outbox.pending) {
    if (skipped.has(event.id)) continue;
    bytes += bytesOf(event);
    // One event alone may be larger: an exercise's code. It is sent by itself.
    if (batch.length > 0 && bytes > MAX_BATCH_BYTES) break;
    batch.push(event);
    if (batch.length === outbox.batchLimit) break;
  }
  return batch;
}

const encoder = new TextEncoder();
/** What the event takes in a request's body. */
export const bytesOf = (event: ProgressEvent): number => encoder.encode(JSON.stringify(event)).length + 1;

/**
 * What the page says. `not-kept`: leaving the page now would lose something, since neither the browser nor the
 * server keeps it. `idle`: nothing has happened yet.
 */
export type SaveState = 'idle' | 'saved' | 'saving' | 'waiting' | 'not-kept';

/** `kept`: what is pending survives the page. */
export function saveStateOf(outbox: Outbox, kept: boolean): SaveState {
  if (outbox.pending.every(({ id }) => outbox.refused.includes(id))) return 'saved';
  if (outbox.online && outbox.failures === 0) return 'saving';
  return kept ? 'waiting' : 'not-kept';
}
