import { FieldTrace, type TraceSink } from '@/lib/bytes';
import type { ServerSentEvent } from './event';
import { isUsableId, parseRetry, type FieldName, type StreamLine } from './line';

const PARSING = 'HTML §9.2.5';
const INTERPRETING = 'HTML §9.2.6';
const SPACE = 0x20;
/** EF BB BF. */
const MARK_OCTETS = 3;
/** How much of a value a span quotes, in characters. */
const QUOTED = 80;

/**
 * Says what the octets of a stream mean, line by line. What it says does not depend on where they were cut, so the LF
 * of a CRLF is a span by itself.
 */
export class StreamTrace {
  /** Octets from the start of the stream. */
  private offset = 0;
  private lineStart = 0;
  private blockStart = 0;

  /** The stream began with a byte order mark. */
  mark(sink: TraceSink): void {
    new FieldTrace(sink, PARSING).field(24, 'byte order mark', 'passed over', 'only at the very start');
    this.lineStart = MARK_OCTETS;
    this.blockStart = MARK_OCTETS;
  }

  /** Octets of a line that has not ended. */
  unfinishedLine(octets: number): void {
    this.offset += octets;
  }

  /** The stream ended within a block: its octets will never make an event. */
  unfinished(sink: TraceSink): void {
    for (const [start, name] of [
      [this.blockStart, 'unfinished block'],
      [this.lineStart, 'unfinished line'],
    ] as const)
      new FieldTrace(sink, INTERPRETING, start).field((this.offset - start) * 8, name, 'thrown away');
  }

  /** The LF of a CRLF: its line has ended with the CR, and with it perhaps the block. */
  secondHalf(sink: TraceSink): void {
    const fields = new FieldTrace(sink, PARSING, this.offset);
    fields.field(8, 'end of line', 'LF', 'the second half of CRLF');
    this.offset++;
    if (this.blockStart === this.lineStart) this.blockStart = this.offset;
    this.lineStart = this.offset;
  }

  /**
   * A line has ended, with its last `octets`, of which one is its end. `text`: all of it, without that, and `line`: what
   * it is; `event`: what a blank line dispatched.
   */
  line(
    sink: TraceSink,
    octets: number,
    text: string,
    line: StreamLine,
    end: 'CR' | 'LF',
    event: ServerSentEvent | undefined,
  ): void {
    const start = this.lineStart;
    this.offset += octets;
    this.lineStart = this.offset;
    if (line.kind === 'blank') this.blankLine(sink, start, end, event);
    else sayLine(sink, text, line, start, this.offset, end);
  }

  private blankLine(sink: TraceSink, start: number, end: string, event: ServerSentEvent | undefined): void {
    const [blockStart, stop] = [this.blockStart * 8, this.offset * 8];
    const [value, note] = event ? [event.type, 'dispatches an event'] : ['no event', 'no data, no event'];
    sink.push({ start: blockStart, end: stop, name: 'block', value, ref: INTERPRETING });
    sink.push({ start: start * 8, end: stop, name: 'blank line', value: end, note, ref: INTERPRETING });
    this.blockStart = this.offset;
  }
}

/** All of a line, and within it name, colon, space, the rest, and the end. Names are ASCII; a value may not be. */
function sayLine(
  sink: TraceSink,
  text: string,
  line: Exclude<StreamLine, { kind: 'blank' }>,
  start: number,
  stop: number,
  end: string,
): void {
  const whole = new FieldTrace(sink, INTERPRETING, start);
  const fields = new FieldTrace(sink, PARSING, start);
  const bits = (stop - start) * 8;
  if (line.kind === 'unknown') {
    whole.field(bits, 'unknown field', quote(text), 'ignored: no field has this name');
    fields.field(bits - 8, 'text', quote(text));
  } else if (line.kind === 'comment') {
    const comment = quote(line.text);
    whole.field(bits, 'comment', comment, 'ignored; it keeps the connection from looking idle');
    fields.field(8, 'colon', ':').field(bits - 16, 'text', comment);
  } else {
    const { kind, value } = line;
    const quoted = quote(value);
    whole.field(bits, kind, quoted, noteOn(kind, value));
    fields.field(kind.length * 8, 'field name', kind);
    const colonBits = text.length > kind.length ? 8 : 0;
    const spaceBits = text.charCodeAt(kind.length + 1) === SPACE ? 8 : 0;
    fields
      .field(colonBits, 'colon', ':')
      .field(spaceBits, 'space', 'passed over', 'one, and only one')
      .field(bits - kind.length * 8 - colonBits - spaceBits - 8, 'value', quoted);
  }
  fields.field(8, 'end of line', end);
}

/** What is not plain about a field. */
function noteOn(kind: FieldName, value: string): string | undefined {
  if (kind === 'retry' && parseRetry(value) === undefined) return 'ignored: not ASCII digits alone';
  if (kind === 'id') return isUsableId(value) ? 'counts from the blank line on' : 'ignored: it holds U+0000';
  return undefined;
}

const quote = (text: string): string => (text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text);
