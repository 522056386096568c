import { EventStreamParser, isUsableId, parseLine } from '@/lib/protocols/sse';
import type { Exercise, ExerciseCheck, Json } from '../define-lab';
import { heldOctets } from './run';

const checks = (fn: string, inputs: Record<string, Json>, right: (input: never) => Json): ExerciseCheck[] =>
  Object.entries(inputs).map(([id, input]) => ({ id, fn, args: [input], expected: right(input as never) }));

const LINE_END = /\r\n|\n|\r/;

const linesOf = (chunks: readonly string[]): string[] => chunks.join('').split(LINE_END).slice(0, -1);

/** Takes what is whole out of each chunk and carries the rest over; `ends` says what ends a line. */
function linesChunkByChunk(chunks: readonly string[], ends: RegExp): string[] {
  const lines: string[] = [];
  let rest = '';
  for (const chunk of chunks) {
    const parts = (rest + chunk).split(ends);
    rest = parts.pop() ?? '';
    lines.push(...parts);
  }
  return lines;
}

type Field = { name: string; value: string } | null;

function fieldOf(line: string): Field {
  const colon = line.indexOf(':');
  if (colon === 0) return null;
  if (colon < 0) return { name: line, value: '' };
  return { name: line.slice(0, colon), value: line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1) };
}

/** As `fieldOf` but for how the value is made of what follows the colon. */
const withValue =
  (valueOf: (behind: string) => string) =>
  (line: string): Field => {
    const colon = line.indexOf(':');
    return colon <= 0 ? fieldOf(line) : { name: line.slice(0, colon), value: valueOf(line.slice(colon + 1)) };
  };

type Event = { type: string; data: string; lastEventId: string };

const readEvents = (lines: readonly string[]): Event[] =>
  new EventStreamParser().push(new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')));

/** The reader with one rule changed. */
function readBadly(lines: readonly string[], fault: keyof typeof FAULTS): Event[] {
  const events: Event[] = [];
  let data: string[] = [];
  let [type, id] = ['', ''];
  const dispatch = () => {
    const has = fault === 'falsy-data' ? data.join('\n') !== '' : data.length > 0;
    const text =
      fault === 'no-line-feed'
        ? data.join('')
        : fault === 'last-line'
          ? (data.at(-1) ?? '')
          : data.join('\n');
    if (has || fault === 'without-data') {
      events.push({
        type: type || 'message',
        data: fault === 'trailing-line-feed' ? `${text}\n` : text,
        lastEventId: id,
      });
    }
    data = [];
    if (fault !== 'type-stays') type = '';
    if (fault === 'id-forgotten') id = '';
  };
  for (const line of lines) {
    const read = parseLine(line);
    if (read.kind === 'blank') dispatch();
    if (read.kind === 'data') data.push(read.value);
    if (read.kind === 'event') type = read.value;
    if (read.kind === 'id' && (isUsableId(read.value) || fault === 'null-id')) id = read.value;
  }
  if (fault === 'last-block' && data.length > 0) dispatch();
  return events;
}

const FAULTS = {
  'without-data': true,
  'type-stays': true,
  'id-forgotten': true,
  'last-block': true,
  'no-line-feed': true,
  'trailing-line-feed': true,
  'falsy-data': true,
  'last-line': true,
  'null-id': true,
};

/** How many octets can be decoded now. */
const wholeLength = (octets: readonly number[]): number =>
  octets.length - heldOctets(Uint8Array.from(octets));

const utf8 = (text: string, octets?: number): number[] =>
  [...new TextEncoder().encode(text)].slice(0, octets);

const FIELD_HELPER = `type Field = { name: string; value: string };

/** From the stage before: a line's name and value; null for a comment. */
function parseLine(line: string): Field | null {
  const colon = line.indexOf(':');
  if (colon === 0) return null;
  if (colon < 0) return { name: line, value: '' };
  const start = line[colon + 1] === ' ' ? colon + 2 : colon + 1;
  return { name: line.slice(0, colon), value: line.slice(start) };
}

type ServerSentEvent = { type: string; data: string; lastEventId: string };
`;

/** A parser in four parts, from the text inwards; the octets come last because that is where they are forgotten. */
export const exercise: Exercise = {
  stages: [
    {
      id: 'lines',
      starter: `/**
 * Text arrives in chunks, cut anywhere. Answer the lines that have ended, without their ends.
 * A line ends with LF, CR or CRLF.
 */
export function splitLines(chunks: string[]): string[] {
  return [];
}
`,
      solution: `export function splitLines(chunks: string[]): string[] {
  const lines: string[] = [];
  let line = '';
  let afterCr = false;
  for (const chunk of chunks) {
    for (const character of chunk) {
      if (character === '\\n' && afterCr) {
        afterCr = false;
        continue;
      }
      afterCr = character === '\\r';
      if (character === '\\n' || character === '\\r') {
        lines.push(line);
        line = '';
      } else line += character;
    }
  }
  return lines;
}
`,
      checks: checks(
        'splitLines',
        {
          'two-lines': ['a\nb\n'],
          'cut-in-a-line': ['da', 'ta: x\n'],
          'carriage-returns': ['a\rb\r'],
          crlf: ['a\r\nb\r\n'],
          'blank-lines': ['a\r\n\r\nb\n\n'],
          'unfinished-line': ['a\nb'],
          'crlf-cut-in-two': ['a\r', '\nb\r', '\n'],
        },
        linesOf,
      ),
      mistakes: [
        {
          id: 'each-by-itself',
          fn: 'splitLines',
          wrong: (chunks: string[]) => chunks.flatMap((chunk) => linesOf([chunk])),
        },
        {
          id: 'line-feed-only',
          fn: 'splitLines',
          wrong: (chunks: string[]) => linesChunkByChunk(chunks, /\n/),
        },
        {
          id: 'crlf-twice',
          fn: 'splitLines',
          wrong: (chunks: string[]) => linesChunkByChunk(chunks, /\n|\r/),
        },
        {
          id: 'crlf-cut',
          fn: 'splitLines',
          wrong: (chunks: string[]) => linesChunkByChunk(chunks, LINE_END),
        },
        {
          id: 'no-carriage-return',
          fn: 'splitLines',
          wrong: (chunks: string[]) => linesChunkByChunk(chunks, /\r?\n/),
        },
        {
          id: 'unfinished-too',
          fn: 'splitLines',
          wrong: (chunks: string[]) => chunks.join('').split(LINE_END),
        },
      ],
      hints: 3,
    },
    {
      id: 'field',
      starter: `type Field = { name: string; value: string };

/** One line, without its end. A comment, which begins with a colon, is null. */
export function parseLine(line: string): Field | null {
  return null;
}
`,
      solution: `type Field = { name: string; value: string };

export function parseLine(line: string): Field | null {
  const colon = line.indexOf(':');
  if (colon === 0) return null;
  if (colon < 0) return { name: line, value: '' };
  const start = line[colon + 1] === ' ' ? colon + 2 : colon + 1;
  return { name: line.slice(0, colon), value: line.slice(start) };
}
`,
      checks: checks(
        'parseLine',
        {
          plain: 'data: hello',
          'no-space': 'data:hello',
          'two-spaces': 'data:  hello',
          'space-at-the-end': 'data: hello ',
          'colon-in-value': 'data: {"at":"12:30"}',
          'name-alone': 'id',
          'empty-value': 'event:',
          comment: ': keep-alive',
          'space-in-name': ' data: x',
        },
        fieldOf,
      ),
      mistakes: [
        { id: 'keeps-space', fn: 'parseLine', wrong: withValue((behind) => behind) },
        { id: 'trims', fn: 'parseLine', wrong: withValue((behind) => behind.trim()) },
        { id: 'trims-start', fn: 'parseLine', wrong: withValue((behind) => behind.trimStart()) },
        { id: 'last-colon', fn: 'parseLine', wrong: (line: string) => lastColon(line) },
        {
          id: 'splits',
          fn: 'parseLine',
          wrong: withValue((behind) => (behind.split(':')[0] ?? '').replace(/^ /, '')),
        },
        {
          id: 'needs-colon',
          fn: 'parseLine',
          wrong: (line: string) => (line.includes(':') ? fieldOf(line) : null),
        },
        { id: 'needs-space', fn: 'parseLine', wrong: withValue((behind) => behind.slice(1)) },
        {
          id: 'comment-too',
          fn: 'parseLine',
          wrong: (line: string) => fieldOf(line) ?? { name: '', value: line.slice(2) },
        },
      ],
      hints: 3,
    },
    {
      id: 'events',
      starter: `${FIELD_HELPER}
/** Lines that have ended, in order. Answer the events that a page would get. */
export function readEvents(lines: string[]): ServerSentEvent[] {
  return [];
}
`,
      solution: `${FIELD_HELPER}
export function readEvents(lines: string[]): ServerSentEvent[] {
  const events: ServerSentEvent[] = [];
  let data: string | undefined;
  let type = '';
  let lastEventId = '';
  for (const line of lines) {
    if (line === '') {
      if (data !== undefined) events.push({ type: type || 'message', data, lastEventId });
      data = undefined;
      type = '';
      continue;
    }
    const field = parseLine(line);
    if (field?.name === 'data') data = data === undefined ? field.value : data + '\\n' + field.value;
    if (field?.name === 'event') type = field.value;
    if (field?.name === 'id' && !field.value.includes('\\0')) lastEventId = field.value;
  }
  return events;
}
`,
      checks: checks(
        'readEvents',
        {
          'one-event': ['data: hello', ''],
          'three-lines': ['data: YHOO', 'data: +2', 'data: 10', ''],
          'no-blank-line': ['data: first', '', 'data: cut off'],
          'type-for-one': ['event: price', 'data: 5', '', 'data: plain', ''],
          'id-goes-on': ['id: 1', 'data: a', '', 'data: b', '', 'id', 'data: c', ''],
          'id-without-data': ['id: 7', '', 'data: later', ''],
          'type-without-data': ['event: lost', '', 'data: plain', ''],
          'empty-data': ['data', '', 'data', 'data', ''],
          'null-in-id': ['id: 1', 'id: 2\0', 'data: x', ''],
          unknown: ['Data: no', ': nor this', 'data: yes', ''],
        },
        readEvents,
      ),
      mistakes: (Object.keys(FAULTS) as (keyof typeof FAULTS)[]).map((id) => ({
        id,
        fn: 'readEvents',
        wrong: (lines: string[]) => readBadly(lines, id),
      })),
      hints: 3,
    },
    {
      id: 'octets',
      starter: `/**
 * Octets that have arrived, UTF-8 from the start of a character. How many of them can be decoded now, so that no
 * character is cut? The rest waits for the next chunk.
 */
export function wholeLength(octets: number[]): number {
  return octets.length;
}
`,
      solution: `export function wholeLength(octets: number[]): number {
  for (let back = 1; back <= 3 && back <= octets.length; back++) {
    const octet = octets[octets.length - back]!;
    if (octet < 0x80) break;
    if (octet < 0xc0) continue;
    const needed = octet >= 0xf0 ? 4 : octet >= 0xe0 ? 3 : 2;
    return needed > back ? octets.length - back : octets.length;
  }
  return octets.length;
}
`,
      checks: checks(
        'wholeLength',
        {
          ascii: utf8('data'),
          'e-acute-whole': utf8('né'),
          'e-acute-cut': utf8('né', 2),
          'euro-whole': utf8('5€'),
          'euro-after-one': utf8('5€', 2),
          'euro-after-two': utf8('5€', 3),
          'emoji-whole': utf8('😀'),
          'emoji-after-one': utf8('ok😀', 3),
          'emoji-after-three': utf8('ok😀', 5),
          'several-in-a-row': utf8('éß€', 6),
          nothing: [],
        },
        wholeLength,
      ),
      mistakes: [
        { id: 'all', fn: 'wholeLength', wrong: (octets: number[]) => octets.length },
        {
          id: 'back-to-ascii',
          fn: 'wholeLength',
          wrong: (octets: number[]) => octets.findLastIndex((octet) => octet < 0x80) + 1,
        },
        {
          id: 'lead-only',
          fn: 'wholeLength',
          wrong: (octets: number[]) => octets.length - ((octets.at(-1) ?? 0) >= 0xc0 ? 1 : 0),
        },
        {
          id: 'three-at-most',
          fn: 'wholeLength',
          wrong: (octets: number[]) => {
            const back =
              octets
                .slice(-3)
                .reverse()
                .findIndex((octet) => octet >= 0xc0 || octet < 0x80) + 1;
            const lead = octets.at(-back) ?? 0;
            const needed = lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
            return back > 0 && needed > back ? octets.length - back : octets.length;
          },
        },
        {
          id: 'drops-whole',
          fn: 'wholeLength',
          wrong: (octets: number[]) => {
            const lead = octets.findLastIndex((octet) => octet < 0x80 || octet >= 0xc0);
            return (octets[lead] ?? 0) >= 0xc0 ? lead : octets.length;
          },
        },
      ],
      hints: 3,
    },
  ],
};

function lastColon(line: string): Field {
  const colon = line.lastIndexOf(':');
  if (colon <= 0) return fieldOf(line);
  return { name: line.slice(0, colon), value: line.slice(colon + 1).replace(/^ /, '') };
}
