import type { ShownField } from '@/lib/labs/sse-live/told';
import { LiveStream, type StreamOptions } from './live-stream';

export { EVENT_EVERY_MS, LIFETIME_MS, LOG_LENGTH } from './feed';
export type { StreamOptions } from './live-stream';

/** Streams that the server knows at once, those that are over among them. */
export const MAX_STREAMS = 2_000;
/** Of those, how many one address may have open: a class of two hundred may sit behind it. */
export const MAX_OPEN_PER_ADDRESS = 250;

/** What the launcher calls when the server stops (lib/server/launch/serve.ts). */
const REGISTRY = Symbol.for('roundtrip.live-streams');

type Known = { stream: LiveStream; address: string };

/** The streams of one server, by the token that each page made up for its own. */
export class LiveStreams {
  private readonly known = new Map<string, Known>();
  private readonly now: () => number;
  private isClosed = false;

  constructor(now: () => number = () => performance.now()) {
    this.now = now;
  }

  /** `over`: tell the client not to come back; `full`: there is no room. */
  open(
    request: { token: string; address: string; lastEventId: string; fields: readonly ShownField[] },
    options: StreamOptions,
  ): ReadableStream<Uint8Array> | 'over' | 'full' {
    this.forget();
    if (this.isClosed) return 'full';
    const { token, address, lastEventId, fields } = request;
    const known = this.known.get(token);
    if (known?.stream.isOver) return 'over';
    if (!known && (this.known.size >= MAX_STREAMS || this.openFrom(address) >= MAX_OPEN_PER_ADDRESS))
      return 'full';
    const stream = known?.stream ?? new LiveStream(options, this.now);
    if (!known) this.known.set(token, { stream, address });
    return stream.connect(lastEventId, fields);
  }

  /** Breaks the connection of this stream. False if there is none. */
  cut(token: string): boolean {
    const stream = this.known.get(token)?.stream;
    if (!stream?.isOpen) return false;
    stream.cut();
    return true;
  }

  /** Ends all streams in good order, and opens no other. */
  close(): void {
    this.isClosed = true;
    for (const { stream } of this.known.values()) stream.close();
    this.known.clear();
  }

  private openFrom(address: string): number {
    let count = 0;
    for (const known of this.known.values()) if (known.address === address && known.stream.isOpen) count++;
    return count;
  }

  private forget(): void {
    for (const [token, { stream }] of this.known) if (stream.isForgotten) this.known.delete(token);
  }
}

/** The one of this process: Next may load this module more than once. */
export function liveStreams(): LiveStreams {
  const home: { [REGISTRY]?: LiveStreams | undefined } = globalThis;
  return (home[REGISTRY] ??= new LiveStreams());
}

/** Fields that tell a learner something. The rest, cookies first of all, is nobody's business on a projector. */
const SHOWN = ['accept', 'cache-control', 'last-event-id', 'origin', 'sec-fetch-dest', 'sec-fetch-mode'];

/** The request as it arrived, as far as it is shown. */
export function shownFields(headers: Headers): ShownField[] {
  return SHOWN.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [{ name, value: value.slice(0, 200) }];
  });
}
