import type { MessageRef } from '@/lib/text/text';
import type { Step } from '../define-lab';
import type { LiveParams } from './lab';
import type { LiveResult } from './run';
import type { Message } from './simulate';

/** What happened, in order of time, and what it came to. */
export function stepsOf(result: LiveResult, params: LiveParams): (Step & { timeMs: number })[] {
  const told = result.messages.flatMap((message) => sentencesOf(message));
  if (params.cutAtMs > 0 && params.cutAtMs <= result.endMs) {
    const attempts = result.messages.filter(
      ({ kind, sentMs }) => kind === 'request' && sentMs > params.cutAtMs,
    ).length;
    const values = { retryMs: result.client.reconnectionTimeMs, outageMs: params.outageMs };
    const key = attempts === 0 ? 'cut.idle' : params.outageMs > 0 ? 'cut.outage' : 'cut.plain';
    told.push({ timeMs: params.cutAtMs, text: said(key, values) });
  }
  for (const { atMs, readyState } of result.changes)
    if (readyState === 'closed') told.push({ timeMs: atMs, text: said('closed') });
  // Equal times stay in the order in which they were noted: the sort is stable.
  told.sort((a, b) => a.timeMs - b.timeMs);
  const { missed, news } = result;
  const replayed = news.filter(({ outcome }) => outcome === 'replayed').length;
  const key = result.client.readyState === 'closed' ? 'end.closed' : missed > 0 ? 'end.missed' : 'end.whole';
  return [...told, { timeMs: result.endMs, text: said(key, { missed, replayed, all: news.length }) }];
}

function sentencesOf(message: Message): { timeMs: number; text: MessageRef }[] {
  const { kind, sentMs, receivedMs, n = 0, status = 0, fields = [], connection, replayed } = message;
  const at = receivedMs ?? sentMs;
  if (kind === 'request') {
    const id = fields.find(({ name }) => name === 'Last-Event-ID')?.value;
    if (receivedMs === undefined) return [{ timeMs: sentMs, text: said('request.lost') }];
    const key =
      id !== undefined ? 'request.with-id' : connection === 0 ? 'request.first' : 'request.without-id';
    return [{ timeMs: at, text: said(key, { id: id ?? '' }) }];
  }
  if (kind === 'answer')
    return receivedMs === undefined ? [] : [{ timeMs: at, text: said('answer', { status }) }];
  if (receivedMs === undefined) return [{ timeMs: sentMs, text: said('event.lost', { n }) }];
  return [{ timeMs: at, text: said(replayed ? 'event.replayed' : 'event.live', { n, waitMs: at - sentMs }) }];
}

const said = (key: string, values: NonNullable<MessageRef['values']> = {}): MessageRef => ({
  key: `steps.${key}`,
  values,
});
