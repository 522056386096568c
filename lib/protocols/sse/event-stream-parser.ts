import type { TraceSink } from '@/lib/bytes';
import { SseError } from './errors';
import type { ServerSentEvent } from './event';
import {
  isComment,
  isData,
  isEvent,
  isId,
  isUsableId,
  parseLine,
  parseRetry,
  valueAfter,
  type FieldName,
} from './line';
import { StreamTrace } from './stream-trace';
import { Utf8Stream } from './utf8-stream';

/** How much of one event is held at once, in UTF-16 code units, unless the constructor is told otherwise. */
export const DEFAULT_MAX_BUFFER_LENGTH = 16 * 1024 * 1024;

/** Where the parser begins (`lastEventId` of the connection before) and how many characters it holds at most. */
export type EventStreamParserOptions = {
  /** What a connection before this one left behind; browsers carry it on into the next stream. */
  lastEventId?: string;
  /** The most that the line and the data buffer may hold together. */
  maxBufferLength?: number;
};

/** What the parser holds between two octets, under the standard's names (HTML §9.2.6). */
export type EventStreamState = {
  /** The line so far, without an end. */
  line: string;
  /** With the LF that the standard puts behind every value. */
  dataBuffer: string;
  /** '' means `message`. */
  eventTypeBuffer: string;
  /** What `id` set; it counts from the next blank line on. */
  lastEventIdBuffer: string;
  lastEventId: string;
  reconnectionTimeMs: number | undefined;
};

const CR = 0x0d;
const LF = 0x0a;

/**
 * Octets of a `text/event-stream` in, events out, wherever the octets are cut (HTML §9.2.5 and §9.2.6). One line at a
 * time, and one small method for each thing that a line can be.
 */
export class EventStreamParser {
  private readonly utf8 = new Utf8Stream();
  private readonly maxBufferLength: number;
  /** A CR ended the last line: an LF that follows belongs to it, though it may come a minute later. */
  private afterCr = false;
  /** Pieces of a line that has not ended: joined once it has, or a line in many chunks would be copied for each. */
  private line = '';
  /** Undefined and empty differ: `data` alone makes an event of nothing, no `data` makes none. */
  private data: string | undefined;
  private type = '';
  private id: string;
  private stopped = false;
  private octetsBefore = 0;
  private trace: StreamTrace | undefined;

  /** The last event ID string, as `Last-Event-ID` would say it; '' until a blank line has confirmed an `id`. */
  lastEventId: string;
  /** In milliseconds, once `retry` has said it. */
  reconnectionTimeMs: number | undefined;

  constructor({
    lastEventId = '',
    maxBufferLength = DEFAULT_MAX_BUFFER_LENGTH,
  }: EventStreamParserOptions = {}) {
    this.id = lastEventId;
    this.lastEventId = lastEventId;
    this.maxBufferLength = maxBufferLength;
  }

  /**
   * Reads on; answers the events that the octets complete. With a sink, which must then get every chunk, each octet
   * is in a span as soon as its line has ended.
   * @throws SseError SSE_BUFFER_LIMIT once an event is too long, SSE_PARSER_STOPPED after that
   */
  push(chunk: Uint8Array, trace?: TraceSink): ServerSentEvent[] {
    if (this.stopped) throw new SseError('SSE_PARSER_STOPPED', this.octetsBefore, 'more octets', 'none');
    const events: ServerSentEvent[] = [];
    if (trace) this.readTraced(chunk, trace, events);
    else this.read(this.utf8.decode(chunk), events);
    this.octetsBefore += chunk.length;
    return events;
  }

  /** The stream is over: what no blank line has ended is thrown away (HTML §9.2.6). */
  end(trace?: TraceSink): void {
    if (trace) this.trace?.unfinished(trace);
    this.stopped = true;
    this.line = '';
    this.forget();
  }

  /** A look inside. */
  get state(): EventStreamState {
    return {
      line: this.line,
      dataBuffer: this.data === undefined ? '' : `${this.data}\n`,
      eventTypeBuffer: this.type,
      lastEventIdBuffer: this.id,
      lastEventId: this.lastEventId,
      reconnectionTimeMs: this.reconnectionTimeMs,
    };
  }

  /**
   * Line by line, with octets and text side by side: a line end is one octet and one character, and whatever stands
   * between two of them, broken or not, stands between them in both.
   */
  private readTraced(chunk: Uint8Array, sink: TraceSink, events: ServerSentEvent[]): void {
    const trace = (this.trace ??= new StreamTrace());
    const isAscii = this.utf8.isAscii(chunk);
    const text = this.utf8.decode(chunk);
    if (this.utf8.tookMark()) trace.mark(sink);
    let start = 0;
    let startOctet = 0;
    let lf = text.indexOf('\n');
    let cr = text.indexOf('\r');
    while (lf >= 0 || cr >= 0) {
      const isCr = cr >= 0 && (lf < 0 || cr < lf);
      const end = isCr ? cr : lf;
      const nextOctet = (isAscii ? end : findLineEnd(chunk, startOctet)) + 1;
      const line = this.line + text.slice(start, end);
      this.line = '';
      if (this.afterCr && !isCr && line === '') trace.secondHalf(sink);
      else this.readLineTraced(trace, sink, line, isCr ? 'CR' : 'LF', nextOctet - startOctet, events);
      this.afterCr = isCr;
      start = end + 1;
      startOctet = nextOctet;
      if (isCr) cr = text.indexOf('\r', start);
      else lf = text.indexOf('\n', start);
    }
    if (startOctet === chunk.length) return;
    this.afterCr = false;
    this.line += text.slice(start);
    this.limit(this.line.length);
    trace.unfinishedLine(chunk.length - startOctet);
  }

  private readLineTraced(
    trace: StreamTrace,
    sink: TraceSink,
    text: string,
    end: 'CR' | 'LF',
    octets: number,
    events: ServerSentEvent[],
  ): void {
    this.limit(text.length);
    const line = parseLine(text);
    const known = events.length;
    if (line.kind === 'blank') this.dispatch(events);
    else if ('value' in line) this.processField(line.kind, line.value);
    if (this.data !== undefined) this.limit(this.data.length);
    trace.line(sink, octets, text, line, end, events[known]);
  }

  /** Lines end with CRLF, LF or CR. Each is looked for once: where it stands is kept until it is passed. */
  private read(text: string, events: ServerSentEvent[]): void {
    if (text === '') return;
    let start = this.afterCr && text.charCodeAt(0) === LF ? 1 : 0;
    this.afterCr = false;
    let lf = text.indexOf('\n', start);
    let cr = text.indexOf('\r', start);
    while (lf >= 0 || cr >= 0) {
      if (lf >= 0 && (cr < 0 || lf < cr)) {
        if (this.line !== '') this.endPending(text, start, lf, events);
        else if (this.data === undefined && text.charCodeAt(lf + 1) === LF && isData(text, start)) {
          this.limit(lf - start);
          this.wholeEvent(valueAfter(text, start + 4, lf), events);
          lf++;
        } else this.processLine(text, start, lf, events);
        start = lf + 1;
        lf = text.indexOf('\n', start);
      } else {
        if (this.line !== '') this.endPending(text, start, cr, events);
        else this.processLine(text, start, cr, events);
        start = cr + 1;
        if (start === lf) lf = text.indexOf('\n', ++start);
        else this.afterCr = start === text.length;
        cr = text.indexOf('\r', start);
      }
    }
    if (start < text.length) this.line += start === 0 ? text : text.slice(start);
    this.limit(this.line.length);
    if (this.data !== undefined) this.limit(this.data.length);
  }

  /** Most events are one line of data and a blank one; to take both in one step saves a third of the time. */
  private wholeEvent(data: string, events: ServerSentEvent[]): void {
    this.lastEventId = this.id;
    events.push({ type: this.type || 'message', data, lastEventId: this.id });
    this.type = '';
  }

  /** The end of a line that began in an earlier chunk. */
  private endPending(text: string, start: number, end: number, events: ServerSentEvent[]): void {
    const line = this.line + text.slice(start, end);
    this.line = '';
    this.processLine(line, 0, line.length, events);
  }

  /** HTML §9.2.6. What is frequent is read where it stands, the rest by itself. */
  private processLine(text: string, start: number, end: number, events: ServerSentEvent[]): void {
    this.limit(end - start);
    if (start === end) this.dispatch(events);
    else if (isData(text, start)) this.processField('data', valueAfter(text, start + 4, end));
    else if (isId(text, start)) this.processField('id', valueAfter(text, start + 2, end));
    else if (isEvent(text, start)) this.processField('event', valueAfter(text, start + 5, end));
    else if (!isComment(text, start)) {
      const line = parseLine(text.slice(start, end));
      if ('value' in line) this.processField(line.kind, line.value);
    }
  }

  private processField(name: FieldName, value: string): void {
    if (name === 'data') this.data = this.data === undefined ? value : `${this.data}\n${value}`;
    else if (name === 'event') this.type = value;
    else if (name === 'id') this.id = isUsableId(value) ? value : this.id;
    else this.reconnectionTimeMs = parseRetry(value) ?? this.reconnectionTimeMs;
  }

  /** A blank line: the id counts even if there is no data, and only with data is there an event. */
  private dispatch(events: ServerSentEvent[]): void {
    this.lastEventId = this.id;
    if (this.data !== undefined) {
      this.limit(this.data.length);
      events.push({ type: this.type || 'message', data: this.data, lastEventId: this.id });
    }
    this.forget();
  }

  private forget(): void {
    this.data = undefined;
    this.type = '';
  }

  /** A line and the data of an event have the same limit; checked so that it does not matter where octets were cut. */
  private limit(length: number): void {
    if (length > this.maxBufferLength) this.fail(length);
  }

  private fail(length: number): never {
    this.end();
    const expected = `at most ${this.maxBufferLength} in a line or an event`;
    throw new SseError('SSE_BUFFER_LIMIT', this.octetsBefore, `${length} characters`, expected);
  }
}

/** The octet of the first line end from `start` on, which is there. */
function findLineEnd(chunk: Uint8Array, start: number): number {
  let at = start;
  while (chunk[at] !== LF && chunk[at] !== CR) at++;
  return at;
}
