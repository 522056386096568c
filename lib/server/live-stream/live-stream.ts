import { writeNumbered, writeRequest, type ShownField } from '@/lib/labs/sse-live/told';
import { EVENT_EVERY_MS, firstFor, LIFETIME_MS, newestAt } from './feed';

export type StreamOptions = {
  /** Whether events have ids, without which a client cannot resume. */
  ids: boolean;
  retryMs: number;
};

/** How long it stays known that a stream is over, so that its client is told so. */
const KNOWN_AFTER_MS = 60_000;

/**
 * One page's stream. Its events go on by the clock whether or not anyone listens; a connection is told those that are due.
 * At most one connection is open: a new one takes the place of the last.
 */
export class LiveStream {
  private readonly options: StreamOptions;
  private readonly startedMs: number;
  private readonly now: () => number;
  private readonly encoder = new TextEncoder();
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private next = 1;
  private connections = 0;

  constructor(options: StreamOptions, now: () => number) {
    this.options = options;
    this.now = now;
    this.startedMs = now();
  }

  get isOver(): boolean {
    return this.now() - this.startedMs >= LIFETIME_MS;
  }

  get isForgotten(): boolean {
    return this.now() - this.startedMs >= LIFETIME_MS + KNOWN_AFTER_MS;
  }

  get isOpen(): boolean {
    return this.controller !== undefined;
  }

  /** A response body that tells the request first, then what was missed, then what comes. */
  connect(lastEventId: string, fields: readonly ShownField[]): ReadableStream<Uint8Array> {
    this.close();
    this.connections += 1;
    const { ids, retryMs } = this.options;
    this.next = firstFor(ids ? lastEventId : '', this.newest);
    const seen = ids && lastEventId !== '' ? this.next - 1 : undefined;
    const told = { connection: this.connections, fields, newest: this.newest };
    const request = writeRequest(told, { retryMs, seen });
    return new ReadableStream({
      start: (controller) => {
        this.controller = controller;
        this.write(request);
        this.tell(true);
        this.timer = setInterval(() => this.tell(false), EVENT_EVERY_MS / 4);
        this.timer.unref();
      },
      cancel: () => this.release(),
    });
  }

  /** Breaks the connection in the middle, as a network does: the response never gets its end. */
  cut(): void {
    const { controller } = this;
    this.release();
    // Under this name Next destroys the response and takes it for no fault of ours.
    controller?.error(new DOMException('cut', 'AbortError'));
  }

  /** Ends the response in good order. To an EventSource that is a loss too. */
  close(): void {
    const { controller } = this;
    this.release();
    controller?.close();
  }

  private get newest(): number {
    return newestAt(this.now() - this.startedMs);
  }

  private tell(replayed: boolean): void {
    for (; this.next <= this.newest; this.next++) {
      this.write(writeNumbered({ n: this.next, replayed }, this.options.ids));
    }
    if (this.isOver) this.close();
  }

  private write(block: string): void {
    this.controller?.enqueue(this.encoder.encode(block));
  }

  private release(): void {
    clearInterval(this.timer);
    this.controller = undefined;
  }
}
