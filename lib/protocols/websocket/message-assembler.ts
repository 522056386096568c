import type { TraceSink } from '@/lib/bytes';
import { decodeClosePayload } from './close-payload';
import { WebSocketError } from './errors';
import type { FrameHeader, FrameSink } from './frame-scanner';
import { isControl, OPCODES } from './opcodes';
import { PayloadBuffer } from './payload-buffer';
import { tracePayload } from './trace-frame';
import { decodeUtf8, Utf8Validator } from './utf8';

/** What a peer said: a message (text or octets), a ping, its answer, or that it closes (1005: without saying why). */
export type WebSocketEvent =
  | { type: 'message'; data: string | Uint8Array }
  | { type: 'ping' | 'pong'; payload: Uint8Array }
  | { type: 'close'; code: number; reason: string };

/**
 * Undoes the compression of one message (RFC 7692 §7.2.2); may keep what it saw for the next.
 * `InflateError` for what is no DEFLATE, or more than `maxOctets` of it.
 */
export type MessageInflater = { inflate(payload: Uint8Array, maxOctets: number): Uint8Array };

export type AssemblerOptions = { maxMessage: number; deflate: MessageInflater | undefined };

/** Thrown by a MessageInflater; the reader makes a WebSocketError of it. */
export class InflateError extends Error {
  readonly tooLong: boolean;
  constructor(message: string, tooLong = false) {
    super(message);
    this.name = 'InflateError';
    this.tooLong = tooLong;
  }
}

/** Frames to messages: fragments are put together, control frames may come between them (RFC 6455 §5.4). */
export class MessageAssembler implements FrameSink {
  private readonly options: AssemblerOptions;
  private readonly message = new PayloadBuffer();
  private readonly control = new PayloadBuffer();
  private readonly utf8 = new Utf8Validator();
  /** Opcode of the message that has begun; 0 if none has. */
  private opcode = 0;
  private isCompressed = false;
  /** Where the message's part in the present frame begins, for the trace. */
  private frameStart = 0;
  private events: WebSocketEvent[] = [];

  constructor(options: AssemblerOptions) {
    this.options = options;
  }

  takeEvents(): WebSocketEvent[] {
    const { events } = this;
    this.events = [];
    return events;
  }

  header({ opcode, rsv1, offset, payloadLength }: FrameHeader): void {
    if (isControl(opcode)) return;
    const continues = opcode === OPCODES.continuation;
    if (continues && this.opcode === 0) {
      const expected = 'a message to have begun';
      throw new WebSocketError('WEBSOCKET_CONTINUATION_UNEXPECTED', offset, 'a continuation frame', expected);
    }
    if (!continues && this.opcode !== 0) {
      const seen = `opcode ${opcode}`;
      throw new WebSocketError('WEBSOCKET_CONTINUATION_EXPECTED', offset, seen, 'a continuation frame');
    }
    if (!continues) {
      this.opcode = opcode;
      this.isCompressed = rsv1;
    }
    this.frameStart = this.message.length;
    this.checkLength(this.message.length + payloadLength, offset);
  }

  payload(header: FrameHeader, chunk: Uint8Array, from: number, to: number, done: number): void {
    if (isControl(header.opcode)) {
      this.control.append(header, chunk, from, to, done);
      return;
    }
    const at = this.message.append(header, chunk, from, to, done);
    // A whole message at once is checked while it is decoded; whatever comes in pieces is checked as it comes.
    const isWhole = at === 0 && header.fin && to - from === header.payloadLength;
    if (this.opcode === OPCODES.text && !this.isCompressed && !isWhole) {
      this.checkText(this.message.octets, at, header.offset + header.headerLength + done - at);
    }
  }

  end(header: FrameHeader, trace: TraceSink | undefined): boolean {
    const start = header.offset + header.headerLength;
    if (isControl(header.opcode)) {
      const payload = this.control.take();
      if (trace) tracePayload(trace, header.opcode, payload, start);
      return this.endControl(header.opcode, payload, start);
    }
    if (trace) tracePayload(trace, header.opcode, this.message.octets.subarray(this.frameStart), start);
    if (header.fin) this.endMessage(start + header.payloadLength);
    return true;
  }

  /** After a Close nothing that follows means anything (§5.5.1). */
  private endControl(opcode: number, payload: Uint8Array, start: number): boolean {
    if (opcode === OPCODES.close) {
      this.events.push({ type: 'close', ...decodeClosePayload(payload, start) });
      return false;
    }
    this.events.push({ type: opcode === OPCODES.ping ? 'ping' : 'pong', payload });
    return true;
  }

  private endMessage(end: number): void {
    const isText = this.opcode === OPCODES.text;
    const octets = this.isCompressed ? this.inflated(end) : this.message.take();
    this.opcode = 0;
    if (!isText) {
      this.events.push({ type: 'message', data: octets });
      return;
    }
    const data = decodeUtf8(octets);
    if (data === undefined) {
      this.utf8.reset();
      // Of a compressed message only the end is known on the wire.
      this.checkText(octets, 0, this.isCompressed ? end : end - octets.length, this.isCompressed);
      throw notText(end, 'the end in the middle of a character');
    }
    this.utf8.reset();
    this.events.push({ type: 'message', data });
  }

  /** Octets from `from` on; `base` is the offset in the stream of the message's octet 0 within this frame. */
  private checkText(octets: Uint8Array, from: number, base: number, isBaseTheEnd = false): void {
    const wrong = this.utf8.push(octets, from);
    if (wrong >= 0) {
      const seen = `0x${octets[wrong]!.toString(16).padStart(2, '0')}`;
      throw notText(isBaseTheEnd ? base : base + wrong, seen);
    }
  }

  private inflated(end: number): Uint8Array {
    const { deflate, maxMessage } = this.options;
    if (!deflate) throw new Error('RSV1 is refused where no extension uses it');
    try {
      return deflate.inflate(this.message.take(), maxMessage);
    } catch (error) {
      if (!(error instanceof InflateError)) throw error;
      if (error.tooLong) this.checkLength(maxMessage + 1, end);
      throw new WebSocketError('WEBSOCKET_INFLATE_FAILED', end, error.message, 'DEFLATE blocks');
    }
  }

  private checkLength(octets: number, offset: number): void {
    const { maxMessage } = this.options;
    if (octets <= maxMessage) return;
    const expected = `at most ${maxMessage}`;
    throw new WebSocketError('WEBSOCKET_MESSAGE_TOO_LONG', offset, `a message of ${octets} octets`, expected);
  }
}

function notText(offset: number, seen: string): WebSocketError {
  return new WebSocketError('WEBSOCKET_INVALID_UTF8', offset, seen, 'UTF-8');
}
