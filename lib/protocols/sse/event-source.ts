/**
 * The connection around the stream, as HTML §9.2.3 has a browser keep it: when it asks again, after how long, and with which
 * fields. Pure: the owner has the clock and the network.
 */
export type EventSourceState = {
  readyState: 'connecting' | 'open' | 'closed';
  lastEventId: string;
  reconnectionTimeMs: number;
};

/** What browsers wait before the first `retry`: "a few seconds" (HTML §9.2.2); Chromium and Firefox differ. */
export const DEFAULT_RECONNECTION_TIME_MS = 3000;

/** How a server's answer is taken: `open` reads on, `failed` never asks again. */
export type AnswerVerdict = { kind: 'open' } | { kind: 'failed'; because: 'status' | 'content-type' };

/** HTML §9.2.3: status 200 and `text/event-stream`, whatever its parameters; anything else is final. */
export function judgeAnswer({ status, contentType }: { status: number; contentType: string }): AnswerVerdict {
  if (status !== 200) return { kind: 'failed', because: 'status' };
  const essence = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
  return essence === 'text/event-stream' ? { kind: 'open' } : { kind: 'failed', because: 'content-type' };
}

/** The fields by which an EventSource asks (HTML §9.2.2, §9.2.4): `Last-Event-ID` only if there is an id. */
export function requestFields(lastEventId: string): { name: string; value: string }[] {
  const fields = [{ name: 'Accept', value: 'text/event-stream' }];
  return lastEventId === '' ? fields : [...fields, { name: 'Last-Event-ID', value: lastEventId }];
}

/** What may happen to an EventSource: answers, octets, the end of a connection, the timer, close() (HTML §9.2.3). */
export type EventSourceInput =
  | { kind: 'answer'; status: number; contentType: string }
  | { kind: 'read'; lastEventId: string; reconnectionTimeMs: number | undefined }
  /** The stream ended or the connection broke: both mean "connect again". */
  | { kind: 'lost' }
  | { kind: 'close' };

/** A connection that was just asked for. */
export function createEventSource(): EventSourceState {
  return { readyState: 'connecting', lastEventId: '', reconnectionTimeMs: DEFAULT_RECONNECTION_TIME_MS };
}

/** One step of HTML §9.2.3. After `lost` the owner waits `reconnectionTimeMs` and asks again. */
export function stepEventSource(state: EventSourceState, input: EventSourceInput): EventSourceState {
  if (state.readyState === 'closed') return state;
  switch (input.kind) {
    case 'answer':
      return { ...state, readyState: judgeAnswer(input).kind === 'open' ? 'open' : 'closed' };
    case 'read':
      return {
        ...state,
        lastEventId: input.lastEventId,
        reconnectionTimeMs: input.reconnectionTimeMs ?? state.reconnectionTimeMs,
      };
    case 'lost':
      return { ...state, readyState: 'connecting' };
    case 'close':
      return { ...state, readyState: 'closed' };
  }
}
