import { SseError } from './errors';
import type { ServerSentEvent } from './event';
import { isUsableId } from './line';

/** What one block of a stream can say; an event as the parser answers it is one. */
export type EventToWrite = Partial<ServerSentEvent> & {
  /** How long the client shall wait before it connects again, in whole milliseconds. */
  retryMs?: number;
  /** Ignored by every parser; a server sends one to keep an idle connection from being cut. */
  comment?: string;
};

/**
 * One block with its blank line, ended by LF (HTML §9.2.5). Parsed again it gives the same event: what would not is refused.
 * `lastEventId` '' writes an `id` that takes the last one back; without `data` a block sets things and dispatches nothing.
 * @throws SseError: SSE_LINE_BREAK, SSE_ID_HAS_NULL, SSE_TYPE_EMPTY, SSE_TYPE_WITHOUT_DATA, SSE_RETRY_NOT_WHOLE or
 *   SSE_NOT_UNICODE, with the character at which it stands
 */
export function writeEvent({ type, data, lastEventId, retryMs, comment }: EventToWrite): string {
  let block = '';
  if (comment !== undefined) block += linesOf(':', comment);
  if (retryMs !== undefined) block += `retry: ${wholeNumber(retryMs)}\n`;
  if (lastEventId !== undefined) block += `id: ${oneLine(usableId(lastEventId))}\n`;
  if (type !== undefined) {
    if (type === '') throw new SseError('SSE_TYPE_EMPTY', 0, "''", "a name; without one it is 'message'");
    if (type !== 'message' && data === undefined)
      throw new SseError('SSE_TYPE_WITHOUT_DATA', 0, type, 'data, without which nothing is dispatched');
    if (type !== 'message') block += `event: ${oneLine(type)}\n`;
  }
  if (data !== undefined) block += linesOf('data:', data);
  return `${block}\n`;
}

/** A line for each line of the text. A CR would come back as LF. */
function linesOf(start: string, text: string): string {
  const cr = text.indexOf('\r');
  if (cr >= 0) throw new SseError('SSE_LINE_BREAK', cr, 'CR', 'LF between lines');
  return `${start} ${wellFormed(text).replaceAll('\n', `\n${start} `)}\n`;
}

function oneLine(text: string): string {
  const end = text.search(/[\r\n]/);
  if (end >= 0) throw new SseError('SSE_LINE_BREAK', end, text[end] === '\r' ? 'CR' : 'LF', 'one line');
  return wellFormed(text);
}

function usableId(id: string): string {
  if (!isUsableId(id))
    throw new SseError('SSE_ID_HAS_NULL', id.indexOf('\0'), 'U+0000', 'any other character');
  return id;
}

function wholeNumber(milliseconds: number): string {
  if (!Number.isSafeInteger(milliseconds) || milliseconds < 0) {
    throw new SseError('SSE_RETRY_NOT_WHOLE', 0, String(milliseconds), 'a whole number of milliseconds');
  }
  return String(milliseconds);
}

/** A surrogate by itself is no character and has no octets in UTF-8. */
function wellFormed(text: string): string {
  const lone = text.search(/\p{Surrogate}/u);
  if (lone >= 0) throw new SseError('SSE_NOT_UNICODE', lone, 'half a surrogate pair', 'a character');
  return text;
}
