import type { TraceSink } from '@/lib/bytes';
import { Http2Error } from './errors';
import { decodePayload } from './decode-payload';
import { DEFAULT_MAX_FRAME_SIZE, FRAME_HEADER_OCTETS, type FrameHeader, type Http2Frame } from './frame';
import { frameTypeName } from './registries';
import { traceFrame } from './trace-frame';

const EMPTY = new Uint8Array(0);

/**
 * Octets to frames, however they are cut (RFC 9113 §4.1). It knows frames and nothing of connections: that a
 * CONTINUATION needs a HEADERS before it is Http2Connection's to know. It starts behind the connection preface.
 *
 * Limit: it holds at most one frame, of at most `maxFrameSize` octets; a longer one is refused by its header alone.
 */
export class Http2FrameReader {
  /** SETTINGS_MAX_FRAME_SIZE as we announced it; may be raised once the peer has acknowledged it. */
  maxFrameSize: number;
  /**
   * What was not read yet is `buffer`, a view of `store`. Frames given out are views as well, so octets in a store
   * are never moved or overwritten: it is filled to its end, then a new one is begun.
   */
  private buffer: Uint8Array = EMPTY;
  private store: Uint8Array = EMPTY;
  /** Octets before `buffer`. */
  private octetsRead = 0;
  private failure: Http2Error | undefined;

  constructor(opts: { maxFrameSize?: number } = {}) {
    this.maxFrameSize = opts.maxFrameSize ?? DEFAULT_MAX_FRAME_SIZE;
  }

  /**
   * The frames that `chunk` completes. Spans of `trace` count from the first octet that was ever pushed.
   * @throws Http2Error; the frames before it are lost, so ask `append` and `next` where they matter. After an error
   *   of `scope: 'stream'` it goes on with the next frame; after any other it throws the same for ever.
   */
  push(chunk: Uint8Array, trace?: TraceSink): Http2Frame[] {
    this.append(chunk);
    const frames: Http2Frame[] = [];
    for (let frame = this.next(trace); frame; frame = this.next(trace)) frames.push(frame);
    return frames;
  }

  /** Octets of the frames that were read: where the next one starts. */
  get offset(): number {
    return this.octetsRead;
  }

  /** Takes octets in without reading them. */
  append(chunk: Uint8Array): void {
    const { buffer } = this;
    if (buffer.length === 0) {
      this.buffer = chunk;
      this.store = EMPTY;
      return;
    }
    const length = buffer.length + chunk.length;
    const start = buffer.buffer === this.store.buffer ? buffer.byteOffset : Infinity;
    if (start + length > this.store.length) {
      this.store = new Uint8Array(2 * length);
      this.store.set(buffer);
      this.buffer = this.store.subarray(0, buffer.length);
    }
    const end = this.buffer.byteOffset + buffer.length;
    this.store.set(chunk, end);
    this.buffer = this.store.subarray(end - buffer.length, end + chunk.length);
  }

  /** The next whole frame, or undefined: more octets are needed. @throws Http2Error as `push` */
  next(trace?: TraceSink): Http2Frame | undefined {
    if (this.failure) throw this.failure;
    const header = this.readHeader();
    if (!header) return undefined;
    const end = FRAME_HEADER_OCTETS + header.length;
    try {
      if (header.length > this.maxFrameSize) throw tooLong(header, this.maxFrameSize);
      if (this.buffer.length < end) return undefined;
      const octets = this.buffer.subarray(0, end);
      this.buffer = this.buffer.subarray(end);
      this.octetsRead += end;
      const frame = decodePayload(header, octets.subarray(FRAME_HEADER_OCTETS));
      if (trace) traceFrame(trace, header, frame, octets);
      return frame;
    } catch (error) {
      if (error instanceof Http2Error && error.scope === 'connection') {
        this.failure = error;
        this.buffer = this.store = EMPTY;
      }
      throw error;
    }
  }

  private readHeader(): FrameHeader | undefined {
    const { buffer } = this;
    if (buffer.length < FRAME_HEADER_OCTETS) return undefined;
    const type = buffer[3]!;
    return {
      length: (buffer[0]! << 16) | (buffer[1]! << 8) | buffer[2]!,
      type,
      typeName: frameTypeName(type),
      flags: buffer[4]!,
      streamId: ((buffer[5]! & 0x7f) << 24) | (buffer[6]! << 16) | (buffer[7]! << 8) | buffer[8]!,
      offset: this.octetsRead,
    };
  }
}

function tooLong({ length, streamId, offset }: FrameHeader, maximum: number): Http2Error {
  return new Http2Error({
    code: 'HTTP2_FRAME_TOO_LONG',
    errorName: 'FRAME_SIZE_ERROR',
    streamId,
    offset,
    seen: `a payload of ${length} octets`,
    expected: `at most ${maximum} (SETTINGS_MAX_FRAME_SIZE)`,
    ref: 'RFC 9113 §4.2',
  });
}
