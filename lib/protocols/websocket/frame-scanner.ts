import type { TraceSink } from '@/lib/bytes';
import { WebSocketError } from './errors';
import { isControl, MAX_CONTROL_PAYLOAD, opcodeNameOf } from './opcodes';
import { traceExtendedLength, traceFirstOctet, traceMaskingKey, traceSecondOctet } from './trace-frame';

/** Who reads: a client reads what a server sends (not masked), a server what a client sends (masked). */
export type Role = 'client' | 'server';

/** What stands before a payload. `offset` is where the frame begins in the stream. */
export type FrameHeader = {
  fin: boolean;
  rsv1: boolean;
  rsv2: boolean;
  rsv3: boolean;
  opcode: number;
  /** Of a masked frame: the scanner's own four octets, which the next frame overwrites. */
  key: Uint8Array | undefined;
  payloadLength: number;
  offset: number;
  headerLength: number;
};

/** Gets a frame in the pieces in which it arrives. Each may throw; the scanner is of no use after that. */
export type FrameSink = {
  header(header: FrameHeader): void;
  /** Octets `from` to `to` of `chunk`, still masked; `done` octets of this payload came before them. */
  payload(header: FrameHeader, chunk: Uint8Array, from: number, to: number, done: number): void;
  /** The frame is whole. Answers whether to read on. */
  end(header: FrameHeader, trace: TraceSink | undefined): boolean;
};

export type ScannerOptions = {
  /** Without a role both masked and unmasked frames are taken, as when looking at a recording. */
  role?: Role | undefined;
  /** The longest payload that is taken, in octets. */
  maxPayload: number;
  /** An extension gave RSV1 a meaning (RFC 7692 §6). */
  rsv1: boolean;
};

const LONGEST_HEADER = 14;
const BOTH = 2;

/**
 * Octets to frame headers and pieces of payload, however they are cut. A header's octets go into a small buffer one by
 * one, so that there is one way through this code, and each is judged as soon as it is there.
 */
export class FrameScanner {
  private readonly options: ScannerOptions;
  private readonly sink: FrameSink;
  private readonly head = new Uint8Array(LONGEST_HEADER);
  private readonly key = new Uint8Array(4);
  private have = 0;
  private need = BOTH;
  private length = 0;
  private header: FrameHeader | undefined;
  private done = 0;
  /** Octets of earlier chunks. */
  private passed = 0;

  constructor(options: ScannerOptions, sink: FrameSink) {
    this.options = options;
    this.sink = sink;
  }

  /** Takes the next octets. @throws WebSocketError at the first octet that breaks a rule */
  push(chunk: Uint8Array, trace?: TraceSink): void {
    let at = 0;
    for (;;) {
      if (!this.header) {
        at = this.readHeader(chunk, at, trace);
        if (this.have < this.need) break;
        this.header = this.headerOf(this.passed + at);
        this.sink.header(this.header);
      }
      const { header, done } = this;
      const take = Math.min(header.payloadLength - done, chunk.length - at);
      if (take > 0) this.sink.payload(header, chunk, at, at + take, done);
      at += take;
      this.done += take;
      if (this.done < header.payloadLength) break;
      this.header = undefined;
      this.done = this.have = this.length = 0;
      this.need = BOTH;
      if (!this.sink.end(header, trace)) break;
    }
    this.passed += chunk.length;
  }

  /** Octets into `head` until the header is whole or the chunk at its end; answers where it stopped. */
  private readHeader(chunk: Uint8Array, start: number, trace: TraceSink | undefined): number {
    const { head } = this;
    let at = start;
    while (this.have < this.need && at < chunk.length) {
      const octet = chunk[at]!;
      const offset = this.passed + at++;
      head[this.have++] = octet;
      if (this.have === 1) {
        if (trace) traceFirstOctet(trace, octet, offset);
        this.checkFirstOctet(octet, offset);
      } else if (this.have === BOTH) {
        if (trace) traceSecondOctet(trace, octet, offset);
        this.checkSecondOctet(octet, offset);
        this.length = octet & 0x7f;
        this.need = BOTH + extendedOctets(octet) + (octet >= 0x80 ? 4 : 0);
      }
      const extended = extendedOctets(head[1]!);
      if (this.have === BOTH + extended && this.have > 1) this.takeLength(extended, offset + 1, trace);
      if (trace && this.have === this.need && head[1]! >= 0x80 && this.have > BOTH) {
        traceMaskingKey(trace, head.subarray(this.need - 4, this.need), offset - 3);
      }
    }
    return at;
  }

  /** Bit pattern: FIN RSV1 RSV2 RSV3 opcode(4). */
  private checkFirstOctet(octet: number, offset: number): void {
    const opcode = octet & 0x0f;
    const isData = !isControl(opcode) && opcode !== 0;
    const allowed = this.options.rsv1 && isData ? 0x40 : 0;
    const reserved = octet & 0x70 & ~allowed;
    if (reserved !== 0) {
      const seen = `RSV bits ${(reserved >> 4).toString(2).padStart(3, '0')}`;
      throw new WebSocketError('WEBSOCKET_RESERVED_BITS', offset, seen, '000: no extension uses them');
    }
    if (opcodeNameOf(opcode) === undefined) {
      const expected = '0, 1, 2, 8, 9 or 10';
      throw new WebSocketError('WEBSOCKET_RESERVED_OPCODE', offset, `opcode ${opcode}`, expected);
    }
    if (isControl(opcode) && octet < 0x80) {
      throw new WebSocketError('WEBSOCKET_CONTROL_FRAGMENTED', offset, 'FIN 0', 'FIN 1 on a control frame');
    }
  }

  /** Bit pattern: MASK length(7). */
  private checkSecondOctet(octet: number, offset: number): void {
    const { role } = this.options;
    const length = octet & 0x7f;
    if (isControl(this.head[0]! & 0x0f) && length > MAX_CONTROL_PAYLOAD) {
      const expected = `at most ${MAX_CONTROL_PAYLOAD} octets in a control frame`;
      throw new WebSocketError('WEBSOCKET_CONTROL_TOO_LONG', offset, `length ${length}`, expected);
    }
    if (role === 'server' && octet < 0x80) {
      throw new WebSocketError('WEBSOCKET_MASK_MISSING', offset, 'MASK 0', 'MASK 1 from a client');
    }
    if (role === 'client' && octet >= 0x80) {
      throw new WebSocketError('WEBSOCKET_MASK_UNEXPECTED', offset, 'MASK 1', 'MASK 0 from a server');
    }
  }

  /** The length is there, in 7, 16 or 64 bits; `end` is the offset after it. */
  private takeLength(extended: number, end: number, trace: TraceSink | undefined): void {
    const { head, options } = this;
    if (extended > 0) {
      this.length = 0;
      for (let i = BOTH; i < BOTH + extended; i++) this.length = this.length * 256 + head[i]!;
      const { length } = this;
      const start = end - extended;
      if (trace) traceExtendedLength(trace, extended, length, start);
      if (extended === 8 && head[BOTH]! >= 0x80) {
        const expected = 'a top bit of 0';
        throw new WebSocketError('WEBSOCKET_LENGTH_TOP_BIT', start, 'a top bit of 1', expected);
      }
      if (length <= (extended === 2 ? 125 : 0xffff)) {
        const seen = `${length} in ${extended * 8} bits`;
        throw new WebSocketError('WEBSOCKET_LENGTH_NOT_MINIMAL', start, seen, 'the shortest form');
      }
    }
    if (this.length > options.maxPayload) {
      const expected = `at most ${options.maxPayload}`;
      const start = end - Math.max(extended, 1);
      throw new WebSocketError('WEBSOCKET_PAYLOAD_TOO_LONG', start, `${this.length} octets`, expected);
    }
  }

  private keyBefore(end: number): Uint8Array {
    for (let i = 0; i < 4; i++) this.key[i] = this.head[end - 4 + i]!;
    return this.key;
  }

  private headerOf(end: number): FrameHeader {
    const { head, need, length } = this;
    const first = head[0]!;
    return {
      fin: first >= 0x80,
      rsv1: (first & 0x40) !== 0,
      rsv2: (first & 0x20) !== 0,
      rsv3: (first & 0x10) !== 0,
      opcode: first & 0x0f,
      key: head[1]! >= 0x80 ? this.keyBefore(need) : undefined,
      payloadLength: length,
      offset: end - need,
      headerLength: need,
    };
  }
}

/** How many octets of length follow the second octet. */
function extendedOctets(secondOctet: number): number {
  const length = secondOctet & 0x7f;
  return length < 126 ? 0 : length === 126 ? 2 : 8;
}
