import { isUsableId, parseLine, parseRetry } from '@/lib/protocols/sse';
import type { MessageRef } from '@/lib/text/text';
import type { Task, Verdict } from '../define-lab';
import type { StreamParams } from './lab';
import type { StreamResult } from './run';

type StreamTask = Task<StreamParams, StreamResult>;

const CR = 0x0d;
const LF = 0x0a;
const TEN_SECONDS_MS = 10_000;

const no = (key: string, values: NonNullable<MessageRef['values']> = {}): Verdict => ({
  passed: false,
  hint: { key: `tasks.${key}`, values },
});
const passed: Verdict = { passed: true };

/** The first octet of a character that has two (RFC 3629 §3). */
const isLeadOfTwo = (octet: number) => octet >= 0xc2 && octet < 0xe0;

/** Cuts that the learner or the slider made: every chunk but the first begins with one. */
const cutsIn = ({ chunks }: StreamResult) => chunks.slice(1).map(({ start }) => start);

export const tasks: readonly StreamTask[] = [
  {
    id: 'poem',
    prompt: 'tasks.poem.prompt',
    check: ({ events }) => {
      const lines = Math.max(0, ...events.map(({ data }) => data.split('\n').length));
      if (events.length === 0) return no('poem.none');
      return lines === 4 ? passed : no('poem.lines', { lines });
    },
  },
  {
    id: 'cut-character',
    prompt: 'tasks.cut-character.prompt',
    check: (result) => {
      const { octets, events, naive } = result;
      if (!octets.some(isLeadOfTwo)) return no('cut-character.none');
      const inside = cutsIn(result).some((cut) => isLeadOfTwo(octets[cut - 1] ?? 0));
      if (!inside) return no('cut-character.outside');
      if (!events.some(({ data }) => /[^\0-\x7f]/.test(data))) return no('cut-character.not-data');
      if (events.some(({ data }) => data.includes('\ufffd'))) return no('cut-character.broken');
      return naive.some(({ data }) => data.includes('\ufffd')) ? passed : no('cut-character.naive');
    },
  },
  {
    id: 'cut-crlf',
    prompt: 'tasks.cut-crlf.prompt',
    check: (result) => {
      const { octets, events } = result;
      if (!octets.some((octet, at) => octet === CR && octets[at + 1] === LF)) return no('cut-crlf.none');
      const cut = cutsIn(result).find((at) => octets[at - 1] === CR && octets[at] === LF);
      if (cut === undefined) return no('cut-crlf.whole');
      const [event] = events;
      if (!event) return no('cut-crlf.no-event');
      return event.data.includes('\n') ? passed : no('cut-crlf.one-line');
    },
  },
  {
    id: 'second-mark',
    prompt: 'tasks.second-mark.prompt',
    check: ({ moments, events }) => {
      if (!moments.some(({ kind }) => kind === 'mark')) return no('second-mark.first');
      if (!moments.some(({ kind, line }) => kind === 'unknown' && line.startsWith('\ufeff')))
        return no('second-mark.second');
      return events.length > 0 ? passed : no('second-mark.no-event');
    },
  },
  {
    id: 'ten-seconds',
    prompt: 'tasks.ten-seconds.prompt',
    check: ({ moments, rest }) => {
      const values = moments.filter(({ kind }) => kind === 'retry').map(({ line }) => valueOf(line));
      if (rest.reconnectionTimeMs === undefined) return no('ten-seconds.unset');
      if (rest.reconnectionTimeMs !== TEN_SECONDS_MS)
        return no('ten-seconds.time', { ms: rest.reconnectionTimeMs });
      return parseRetry(values.at(-1) ?? '') === undefined ? passed : no('ten-seconds.ignored');
    },
  },
  {
    id: 'null-id',
    prompt: 'tasks.null-id.prompt',
    check: ({ moments, events }) => {
      const ids = moments.map((moment, at) => ({ ...moment, at })).filter(({ kind }) => kind === 'id');
      const refused = ids.find(({ line }) => !isUsableId(valueOf(line)));
      if (!refused) return no('null-id.none');
      const after = events.find(({ moment }) => moment > refused.at);
      if (!after) return no('null-id.no-event');
      return after.lastEventId !== '' ? passed : no('null-id.no-earlier');
    },
  },
  {
    id: 'take-back',
    prompt: 'tasks.take-back.prompt',
    check: ({ events }) => {
      const first = events.findIndex(({ lastEventId }) => lastEventId !== '');
      if (first < 0) return no('take-back.no-id');
      return events.slice(first).some(({ lastEventId }) => lastEventId === '')
        ? passed
        : no('take-back.still', { id: events.at(-1)?.lastEventId ?? '' });
    },
  },
];

function valueOf(line: string): string {
  const read = parseLine(line);
  return 'value' in read ? read.value : '';
}
