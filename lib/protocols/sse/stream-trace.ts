import type { TraceSink } from '@/lib/bytes';
import type { ServerSentEvent } from './event';
import { isUsableId, parseLine, parseRetry, type StreamLine } from './line';

const PARSING = 'HTML §9.2.5';
const INTERPRETING = 'HTML §9.2.6';
const CR = 0x0d;
const LF = 0x0a;
/** EF BB BF. */
const MARK_OCTETS = 3;
/** How much of a value a span quotes, in characters. */
const QUOTED = 80;

/**
 * Says what the octets of a stream mean, line by line. It is told pieces that have at most one line end, at their end.
 * What it says does not depend on where else they were cut, so the LF of a CRLF is a span by itself.
 */
export class StreamTrace {
  /** Octets from the start of the stream. */
  private offset = 0;
  private lineStart = 0;
  private blockStart = 0;
  private lastEnd = '';

  /** `line`: the text of the line so far, with its end if that is there; `event`: what a blank line dispatched. */
  piece(sink: TraceSink, octets: number, line: string, event: ServerSentEvent | undefined): void {
    const last = line.charCodeAt(line.length - 1);
    const end = last === LF ? 'LF' : last === CR ? 'CR' : '';
    this.offset += octets;
    if (end === 'LF' && this.lastEnd === 'CR' && octets === 1) this.secondHalf(sink);
    else if (end !== '') this.line(sink, line.slice(0, -1), end, event);
    this.lastEnd = end;
  }

  /** The stream began with a byte order mark. */
  mark(sink: TraceSink): void {
    say(sink, 0, MARK_OCTETS, 'byte order mark', 'passed over', PARSING, 'only at the very start');
    this.lineStart = MARK_OCTETS;
    this.blockStart = MARK_OCTETS;
  }

  /** The stream ended within a block: its octets will never make an event. */
  unfinished(sink: TraceSink): void {
    if (this.blockStart < this.offset)
      say(sink, this.blockStart, this.offset, 'unfinished block', 'thrown away', INTERPRETING);
    if (this.lineStart < this.offset)
      say(sink, this.lineStart, this.offset, 'unfinished line', 'thrown away', INTERPRETING);
  }

  /** Its line has ended with the CR, and with it perhaps the block. */
  private secondHalf(sink: TraceSink): void {
    say(sink, this.lineStart, this.offset, 'end of line', 'LF', PARSING, 'the second half of CRLF');
    if (this.blockStart === this.lineStart) this.blockStart = this.offset;
    this.lineStart = this.offset;
  }

  private line(sink: TraceSink, text: string, end: string, event: ServerSentEvent | undefined): void {
    const line = parseLine(text);
    const [start, stop] = [this.lineStart, this.offset];
    this.lineStart = stop;
    if (line.kind === 'blank') {
      say(sink, this.blockStart, stop, 'block', event ? event.type : 'no event', INTERPRETING);
      say(
        sink,
        start,
        stop,
        'blank line',
        end,
        INTERPRETING,
        event ? 'dispatches an event' : 'no data, no event',
      );
      this.blockStart = stop;
      return;
    }
    const note = noteOn(line);
    const isUnknown = line.kind === 'unknown';
    const value = 'value' in line ? line.value : isUnknown ? text : line.text;
    say(sink, start, stop, isUnknown ? 'unknown field' : line.kind, quote(value), INTERPRETING, note);
    if (isUnknown) say(sink, start, stop - 1, 'text', quote(text), PARSING);
    else sayParts(sink, line.kind === 'comment' ? '' : line.kind, text, start, stop - 1);
    say(sink, stop - 1, stop, 'end of line', end, PARSING);
  }
}

/** Name, colon, space and the rest. The names are ASCII, so they have an octet a character; a value may not. */
function sayParts(sink: TraceSink, name: string, text: string, start: number, end: number): void {
  const colon = start + name.length;
  if (name !== '') say(sink, start, colon, 'field name', name, PARSING);
  if (colon === end) return;
  say(sink, colon, colon + 1, 'colon', ':', PARSING);
  const hasSpace = name !== '' && text.charAt(name.length + 1) === ' ';
  if (hasSpace) say(sink, colon + 1, colon + 2, 'space', 'passed over', PARSING, 'one, and only one');
  const value = colon + (hasSpace ? 2 : 1);
  const quoted = quote(text.slice(name.length + (hasSpace ? 2 : 1)));
  if (value < end) say(sink, value, end, name === '' ? 'text' : 'value', quoted, PARSING);
}

/** What is not plain about a line. */
function noteOn(line: StreamLine): string | undefined {
  if (line.kind === 'unknown') return 'ignored: no field has this name';
  if (line.kind === 'comment') return 'ignored; it keeps the connection from looking idle';
  if (line.kind === 'retry' && parseRetry(line.value) === undefined) return 'ignored: not ASCII digits alone';
  if (line.kind === 'id' && !isUsableId(line.value)) return 'ignored: it holds U+0000';
  if (line.kind === 'id') return 'counts from the blank line on';
  return undefined;
}

const quote = (text: string): string => (text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text);

function say(
  sink: TraceSink,
  startOctet: number,
  endOctet: number,
  name: string,
  value: string,
  ref: string,
  note?: string,
): void {
  const [start, end] = [startOctet * 8, endOctet * 8];
  sink.push(note === undefined ? { start, end, name, value, ref } : { start, end, name, value, ref, note });
}
