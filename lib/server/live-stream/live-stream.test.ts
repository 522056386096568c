import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EventStreamParser, type ServerSentEvent } from '@/lib/protocols/sse';
import { EVENT_EVERY_MS, firstFor, LIFETIME_MS, LOG_LENGTH, newestAt } from './feed';
import { LiveStreams, MAX_OPEN_PER_ADDRESS, shownFields } from './index';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const token = '7f9c24e5-2c4b-4b1e-9d0f-0a6f3c1d2e4b';
const clock = () => Date.now();
const asked = (lastEventId = '', name = token) => ({ token: name, address: 'a', lastEventId, fields: [] });
const options = { ids: true, retryMs: 500 };

/** Reads a body as it comes. */
function follow(body: ReadableStream<Uint8Array> | string) {
  if (typeof body === 'string') throw new Error(body);
  const parser = new EventStreamParser();
  const seen = { events: [] as ServerSentEvent[], end: '' };
  const reader = body.getReader();
  const read = async (): Promise<void> => {
    const { value, done } = await reader.read();
    if (done) return void (seen.end = 'closed');
    seen.events.push(...parser.push(value));
    return read();
  };
  read().catch(() => (seen.end = 'broken'));
  const numbers = () =>
    seen.events.flatMap(({ type, data }) =>
      type === 'message' ? [(JSON.parse(data) as { n: number }).n] : [],
    );
  return { seen, numbers, parser, cancel: () => reader.cancel() };
}

describe('the feed', () => {
  test('goes on by the clock, and ends', () => {
    expect([newestAt(0), newestAt(EVENT_EVERY_MS), newestAt(10 * EVENT_EVERY_MS - 1)]).toEqual([0, 1, 9]);
    expect(newestAt(10 * LIFETIME_MS)).toBe(newestAt(LIFETIME_MS));
  });

  test('resumes after the id, as far back as the log goes; anything else is no id', () => {
    expect(firstFor('3', 8)).toBe(4);
    expect(firstFor('0', 8)).toBe(1);
    expect(firstFor('8', 8)).toBe(9);
    expect(firstFor('1', 100)).toBe(100 - LOG_LENGTH + 1);
    for (const id of ['', '9', 'x', '-1', '1e3', '99999999']) expect(firstFor(id, 8)).toBe(9);
  });
});

describe('a stream', () => {
  test('with ids resumes where it was cut; without, loses what came meanwhile', async () => {
    for (const [ids, expected] of [
      [true, [1, 2, 3, 4, 5, 6, 7]],
      [false, [1, 2, 6, 7]],
    ] as const) {
      const streams = new LiveStreams(clock);
      const first = follow(streams.open(asked(), { ...options, ids }));
      await vi.advanceTimersByTimeAsync(2 * EVENT_EVERY_MS);
      expect(streams.cut(token)).toBe(true);
      await vi.advanceTimersByTimeAsync(3 * EVENT_EVERY_MS);
      expect(first.seen.end).toBe('broken');
      const second = follow(streams.open(asked(first.parser.lastEventId), { ...options, ids }));
      await vi.advanceTimersByTimeAsync(2 * EVENT_EVERY_MS);
      expect([...first.numbers(), ...second.numbers()]).toEqual(expected);
      expect(first.parser.reconnectionTimeMs).toBe(500);
      streams.close();
      await vi.advanceTimersByTimeAsync(0);
      expect(second.seen.end).toBe('closed');
      expect(streams.open(asked(), options)).toBe('full');
    }
  });

  test('tells each connection its own request, and counts them', async () => {
    const streams = new LiveStreams(clock);
    const fields = shownFields(
      new Headers({ 'Last-Event-ID': '4', cookie: 'secret', accept: 'text/event-stream' }),
    );
    expect(fields).toEqual([
      { name: 'accept', value: 'text/event-stream' },
      { name: 'last-event-id', value: '4' },
    ]);
    streams.open(asked(), options);
    const { seen } = follow(streams.open({ ...asked(), fields }, options));
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.events[0]?.type).toBe('request');
    expect(JSON.parse(seen.events[0]?.data ?? '')).toEqual({ connection: 2, fields, newest: 0 });
  });

  test('is over after its time, says so, and is forgotten later', async () => {
    const streams = new LiveStreams(clock);
    const { seen, numbers } = follow(streams.open(asked(), options));
    await vi.advanceTimersByTimeAsync(LIFETIME_MS + EVENT_EVERY_MS);
    expect(seen.end).toBe('closed');
    expect(numbers()).toHaveLength(newestAt(LIFETIME_MS));
    expect(streams.open(asked('5'), options)).toBe('over');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(streams.open(asked('5'), options)).toBeInstanceOf(ReadableStream);
  });

  test('stops its timer when the client goes', async () => {
    const streams = new LiveStreams(clock);
    const { cancel } = follow(streams.open(asked(), options));
    await vi.advanceTimersByTimeAsync(EVENT_EVERY_MS);
    await cancel();
    expect(vi.getTimerCount()).toBe(0);
    expect(streams.cut(token)).toBe(false);
  });

  test('an address has only so many open at once; another has its own', () => {
    const streams = new LiveStreams(clock);
    for (let n = 0; n < MAX_OPEN_PER_ADDRESS; n++) streams.open(asked('', `stream ${n}`), options);
    expect(streams.open(asked('', 'one more'), options)).toBe('full');
    expect(streams.open({ ...asked('', 'one more'), address: 'b' }, options)).not.toBe('full');
    streams.close();
  });
});
