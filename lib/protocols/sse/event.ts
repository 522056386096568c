/** What a page gets: the parts of a `MessageEvent` that come from the stream (HTML §9.2.6). */
export type ServerSentEvent = {
  /** `message` unless the stream named another. */
  type: string;
  /** The values of the `data` lines, joined by LF. */
  data: string;
  /** The last `id` that the stream gave, in this block or any before it; '' if none. */
  lastEventId: string;
};
