import type { ProgressEvent } from '@/lib/course/events';
import { bytesOf, MAX_BATCH_BYTES } from './outbox';

/** What came of sending a batch. */
export type SendResult =
  | { type: 'acknowledged'; ids: readonly string[] }
  | { type: 'refused' }
  /** The cookie is another learner's, or nobody's. */
  | { type: 'learner-changed' }
  | { type: 'unreached'; retryAfterMs?: number };

export type LogPage = {
  learner: string | null;
  events: readonly ProgressEvent[];
  next: number;
  more: boolean;
};

/** The server, as the outbox sees it. Nothing here throws: null and `unreached` mean "no usable answer". */
export type Transport = {
  /** Makes this browser a learner, or says which one it is. */
  join(): Promise<string | null>;
  send(learner: string, events: readonly ProgressEvent[]): Promise<SendResult>;
  read(after: number): Promise<LogPage | null>;
};

const TIMEOUT_MS = 20_000;
/** Refusals of the batch itself. Any other answer, a proxy's error page among them, means "try later". */
const REFUSED_STATUS = new Set([400, 404, 409, 413]);

/** Speaks to our API with `fetch`. */
export function createHttpTransport(send: typeof fetch = (...args) => fetch(...args)): Transport {
  async function call(path: string, init: RequestInit = {}) {
    try {
      const response = await send(path, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
      return { response, body: (await response.json()) as unknown };
    } catch {
      // Offline, timed out, or not JSON: a captive portal's page is no answer of ours.
      return null;
    }
  }
  const post = (path: string, body: unknown, keepalive = false) =>
    call(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
      keepalive,
    });

  return {
    async join() {
      const answer = await post('/api/learners', {});
      return answer?.response.ok && hasFields<{ learner: string }>(answer.body, 'learner')
        ? answer.body.learner
        : null;
    },
    async send(learner, events) {
      // `keepalive` lets the request outlive the page; the browser refuses it for large bodies.
      const keepalive = events.reduce((sum, event) => sum + bytesOf(event), 0) <= MAX_BATCH_BYTES;
      const answer = await post('/api/events', { learner, events }, keepalive);
      if (!answer) return { type: 'unreached' };
      const { response, body } = answer;
      if (
        response.ok &&
        hasFields<{ accepted: string[]; duplicates: string[] }>(body, 'accepted', 'duplicates')
      ) {
        return { type: 'acknowledged', ids: [...body.accepted, ...body.duplicates] };
      }
      const code = hasFields<{ error: { code?: string } }>(body, 'error') ? body.error.code : undefined;
      if (code === 'learner.changed') return { type: 'learner-changed' };
      if (code !== undefined && REFUSED_STATUS.has(response.status)) return { type: 'refused' };
      const retryAfterMs = Number(response.headers.get('retry-after') ?? 0) * 1000;
      return { type: 'unreached', ...(retryAfterMs > 0 ? { retryAfterMs } : {}) };
    },
    async read(after) {
      const answer = await call(`/api/progress?after=${after}`);
      return answer?.response.ok && hasFields<LogPage>(answer.body, 'learner', 'events', 'next', 'more')
        ? answer.body
        : null;
    },
  };
}

function hasFields<T>(value: unknown, ...names: (keyof T & string)[]): value is T {
  return typeof value === 'object' && value !== null && names.every((name) => name in value);
}
