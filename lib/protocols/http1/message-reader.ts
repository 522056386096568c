import type { TraceSink } from '@/lib/bytes';
import { parseChunkLine } from './chunk-line';
import { Http1Error } from './errors';
import { parseFieldLine } from './field-line';
import type { HeaderField } from './fields';
import { decodeLatin1 } from './latin1';
import { LineBuffer, type Line } from './line-buffer';
import type { Framing, HttpVersion, MessageEvent, ReaderLimits } from './message';
import { isPersistent } from './persistence';
import { trimOws } from './tokens';
import { traceContent, traceEmptyLine } from './trace-message';

type State =
  | 'start-line'
  | 'fields'
  | 'content'
  | 'until-close'
  | 'chunk-line'
  | 'chunk-data'
  | 'chunk-end'
  | 'trailers'
  | 'tunnel'
  | 'closed';

/** What a start line gives, before its fields. */
type Start = { readonly version: HttpVersion };

/**
 * Octets in chunks of any size to messages, one after another (RFC 9112). One method a state; a state that lacks octets
 * answers nothing and waits. Lines end in CRLF and nothing else: a bare LF or CR is an error, for one reader's line end
 * is another's character, and requests have been smuggled through the difference (§11.2).
 */
export abstract class MessageReader<Partial extends Start, Head> {
  private state: State = 'start-line';
  private readonly lines = new LineBuffer();
  private readonly trace: TraceSink | undefined;
  private readonly limits: Required<ReaderLimits>;
  private failure: Http1Error | undefined;

  /** Octets taken so far, and where the next one stands. */
  private offset = 0;
  private start: Partial | undefined;
  private fields: HeaderField[] = [];
  private headOctets = 0;
  private headOffset = 0;
  private extensionOctets = 0;
  private emptyLines = 0;
  private contentOctets = 0;
  /** Of the content or of the chunk. */
  private remaining = 0;
  private isPersistentMessage = false;

  constructor(limits: ReaderLimits, trace?: TraceSink) {
    this.trace = trace;
    this.limits = {
      maxHeadOctets: limits.maxHeadOctets ?? 65_536,
      maxFields: limits.maxFields ?? 256,
      maxContentOctets: limits.maxContentOctets ?? Number.POSITIVE_INFINITY,
      maxExtensionOctets: limits.maxExtensionOctets ?? 16_384,
    };
  }

  protected abstract parseStart(line: string, offset: number, trace?: TraceSink): Partial;
  /** The finished head and its framing. */
  protected abstract finishHead(start: Partial, fields: HeaderField[], offset: number): [Head, Framing];
  /** Whether another message answers the same request, whatever this one says of the connection (RFC 9110 §15.2). */
  protected abstract isInterim(head: Head): boolean;
  /** Continuation lines (obs-fold): refused in requests, joined in responses (RFC 9112 §5.2). */
  protected abstract readonly joinsFoldedLines: boolean;

  /** Whether it stands between two messages. */
  get isIdle(): boolean {
    return this.state === 'start-line' && this.lines.isEmpty;
  }

  /** The next octets; their messages' events. @throws Http1Error, and the same one again from then on. */
  push(chunk: Uint8Array): MessageEvent<Head>[] {
    if (this.failure) throw this.failure;
    const events: MessageEvent<Head>[] = [];
    try {
      let at = 0;
      while (at < chunk.length && this.state !== 'closed') at += this.take(chunk.subarray(at), events);
    } catch (error) {
      if (error instanceof Http1Error) this.failure = error;
      throw error;
    }
    return events;
  }

  /** The connection was closed: the end of content that lasts until then, an error within any other message. */
  end(): MessageEvent<Head>[] {
    if (this.failure) throw this.failure;
    const { state } = this;
    this.state = 'closed';
    if (state === 'until-close') return [{ type: 'end', trailers: [], isPersistent: false }];
    const isComplete =
      state === 'closed' || state === 'tunnel' || (state === 'start-line' && this.lines.isEmpty);
    if (isComplete) return [];
    throw (this.failure = new Http1Error(
      'HTTP1_CLOSED_EARLY',
      this.offset,
      `the end in ${state}`,
      'the rest',
    ));
  }

  /** Takes some octets and answers how many. */
  private take(chunk: Uint8Array, events: MessageEvent<Head>[]): number {
    switch (this.state) {
      case 'content':
      case 'chunk-data':
        return this.takeContent(chunk, events);
      case 'until-close':
        this.countContent(chunk.length);
        if (this.trace) traceContent(this.trace, this.offset, chunk.length, false);
        events.push({ type: 'data', octets: chunk });
        return this.advance(chunk.length);
      case 'tunnel':
        events.push({ type: 'tunnel', octets: chunk });
        return this.advance(chunk.length);
      default:
        return this.takeLine(chunk, events);
    }
  }

  private advance(octets: number): number {
    this.offset += octets;
    return octets;
  }

  private takeContent(chunk: Uint8Array, events: MessageEvent<Head>[]): number {
    const octets = chunk.subarray(0, this.remaining);
    this.countContent(octets.length);
    if (this.trace) traceContent(this.trace, this.offset, octets.length, this.state === 'chunk-data');
    this.remaining -= octets.length;
    events.push({ type: 'data', octets });
    const count = this.advance(octets.length);
    if (this.remaining === 0) {
      if (this.state === 'chunk-data') this.state = 'chunk-end';
      else this.finish([], events);
    }
    return count;
  }

  private countContent(octets: number): void {
    this.contentOctets += octets;
    const { maxContentOctets } = this.limits;
    if (this.contentOctets > maxContentOctets) {
      const expected = `at most ${maxContentOctets}`;
      throw new Http1Error(
        'HTTP1_CONTENT_TOO_LONG',
        this.offset,
        `${this.contentOctets} octets`,
        expected,
        413,
      );
    }
  }

  private takeLine(chunk: Uint8Array, events: MessageEvent<Head>[]): number {
    // One octet past the limit is enough to know; more would only be kept.
    const most = this.limits.maxHeadOctets - this.headOctets + 1;
    const { taken, line } = this.lines.take(chunk.subarray(0, most), this.offset);
    this.headOctets += taken;
    if (this.headOctets > this.limits.maxHeadOctets) {
      const expected = `at most ${this.limits.maxHeadOctets} octets`;
      throw new Http1Error('HTTP1_HEAD_TOO_LONG', this.offset, `${this.headOctets} octets`, expected, 431);
    }
    this.advance(taken);
    if (line) this.handleLine(line, events);
    return taken;
  }

  private handleLine(line: Line, events: MessageEvent<Head>[]): void {
    switch (this.state) {
      case 'start-line':
        return this.startLine(line, events);
      case 'fields':
      case 'trailers':
        return this.fieldLine(line, events);
      case 'chunk-line':
        return this.chunkLine(line, events);
      default:
        return this.chunkEnd(line);
    }
  }

  private startLine(line: Line, events: MessageEvent<Head>[]): void {
    const text = decodeLatin1(line.octets);
    // One empty line before a start line is passed over: old clients sent one after a body (RFC 9112 §2.2).
    if (text === '' && this.emptyLines++ === 0) {
      if (this.trace) traceEmptyLine(this.trace, line.offset);
      this.headOctets = 0;
      return;
    }
    this.headOffset = line.offset;
    this.start = this.parseStart(text, line.offset, this.trace);
    this.state = 'fields';
    if (this.start.version === '0.9') this.finishFields(events);
  }

  private fieldLine({ octets, offset }: Line, events: MessageEvent<Head>[]): void {
    if (octets.length === 0) {
      if (this.trace) traceEmptyLine(this.trace, offset);
      if (this.state === 'trailers') this.finish(this.fields, events);
      else this.finishFields(events);
      return;
    }
    const text = decodeLatin1(octets);
    if (/^[ \t]/.test(text)) return this.foldedLine(text, offset);
    if (this.fields.length >= this.limits.maxFields) {
      const expected = `at most ${this.limits.maxFields}`;
      throw new Http1Error('HTTP1_TOO_MANY_FIELDS', offset, `field ${this.fields.length + 1}`, expected, 431);
    }
    this.fields.push(parseFieldLine(text, offset, this.trace));
  }

  private foldedLine(text: string, offset: number): void {
    const last = this.fields.at(-1);
    if (!last)
      throw new Http1Error(
        'HTTP1_LEADING_WHITESPACE',
        offset,
        'white space before the first field',
        'a field',
      );
    if (!this.joinsFoldedLines)
      throw new Http1Error('HTTP1_OBS_FOLD', offset, 'a folded line', 'each field on one line');
    const folded = parseFieldLine(`${last.name}:${text}`, offset - last.name.length - 1).value;
    const value = trimOws(`${last.value} ${folded}`);
    this.fields[this.fields.length - 1] = { name: last.name, value };
    this.trace?.push({
      start: offset * 8,
      end: (offset + text.length + 2) * 8,
      name: 'obs-fold',
      value: text,
      ref: 'RFC 9112 §5.2',
    });
  }

  private finishFields(events: MessageEvent<Head>[]): void {
    const start = this.start;
    if (!start) return;
    const [head, framing] = this.finishHead(start, this.fields, this.headOffset);
    this.isPersistentMessage = this.isInterim(head) || isPersistent(start.version, this.fields);
    events.push({ type: 'head', head, framing });
    this.fields = [];
    this.headOctets = 0;
    switch (framing.kind) {
      case 'none':
        return this.finish([], events);
      case 'length':
        this.remaining = framing.length;
        this.state = 'content';
        return;
      case 'chunked':
        this.state = 'chunk-line';
        return;
      default:
        this.state = framing.kind;
    }
  }

  private chunkLine({ octets, offset }: Line, events: MessageEvent<Head>[]): void {
    const { size, extensions } = parseChunkLine(decodeLatin1(octets), offset, this.trace);
    if (extensions.length > 0) this.extensionOctets += octets.length;
    if (this.extensionOctets > this.limits.maxExtensionOctets) {
      const expected = `at most ${this.limits.maxExtensionOctets} octets of chunk extensions`;
      throw new Http1Error('HTTP1_HEAD_TOO_LONG', offset, String(this.extensionOctets), expected, 413);
    }
    this.headOctets = 0;
    events.push({ type: 'chunk', size, extensions });
    this.remaining = size;
    this.state = size === 0 ? 'trailers' : 'chunk-data';
  }

  private chunkEnd({ octets, offset }: Line): void {
    if (octets.length > 0)
      throw new Http1Error('HTTP1_CHUNK_END_MISSING', offset, 'more data', 'CRLF after the chunk');
    if (this.trace) traceEmptyLine(this.trace, offset);
    this.headOctets = 0;
    this.state = 'chunk-line';
  }

  private finish(trailers: readonly HeaderField[], events: MessageEvent<Head>[]): void {
    events.push({ type: 'end', trailers, isPersistent: this.isPersistentMessage });
    this.start = undefined;
    this.fields = [];
    this.headOctets = 0;
    this.extensionOctets = 0;
    this.contentOctets = 0;
    this.emptyLines = 0;
    // What follows a message that closes is not for us (RFC 9112 §9.6).
    this.state = this.isPersistentMessage ? 'start-line' : 'closed';
  }
}
