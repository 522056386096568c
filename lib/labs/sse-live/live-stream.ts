import type { ToldEvent, ToldRequest } from './told';

/** What the live part has seen of a stream; the rest follows from it. */
export type Seen = {
  /** As the EventSource says it. */
  readyState: 'connecting' | 'open' | 'closed';
  requests: readonly ToldRequest[];
  events: readonly ToldEvent[];
  /** Number of the first event after the stream was opened. */
  from: number | undefined;
};

export const nothingSeen: Seen = { readyState: 'connecting', requests: [], events: [], from: undefined };

/** The most events that are kept in view. */
const MAX_EVENTS = 400;

export const seeRequest = (seen: Seen, request: ToldRequest): Seen => ({
  ...seen,
  readyState: 'open',
  requests: [...seen.requests, request],
  from: seen.from ?? request.newest + 1,
});

export const seeEvent = (seen: Seen, event: ToldEvent): Seen => ({
  ...seen,
  events: [...seen.events, event].slice(-MAX_EVENTS),
});

/** Each number from the first to the newest: how it came, or that it did not. */
export function newsOf({
  events,
  from = 1,
  requests,
}: Seen): { n: number; outcome: 'live' | 'replayed' | 'missed' }[] {
  const newest = Math.max(from - 1, ...events.map(({ n }) => n), requests.at(-1)?.newest ?? 0);
  return Array.from({ length: newest - from + 1 }, (_, index) => {
    const n = from + index;
    const event = events.find((one) => one.n === n);
    return { n, outcome: event === undefined ? 'missed' : event.replayed ? 'replayed' : 'live' };
  });
}
