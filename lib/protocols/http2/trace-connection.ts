import { offsetSink, type Span } from '@/lib/bytes';
import { HpackDecoder, HpackError, type HeaderField } from '../hpack';
import { Http2Error } from './errors';
import { FieldBlockAssembler } from './field-block';
import type { Http2Frame } from './frame';
import { Http2FrameReader } from './frame-reader';
import { CLIENT_PREFACE, matchPreface } from './preface';

/** A frame and where it stands, in octets; `fields` with the frame that ends a field block. */
export type ReadFrame = { start: number; end: number; frame: Http2Frame; fields?: readonly HeaderField[] };

/** One direction of a connection, explained. */
export type TracedConnection = {
  frames: readonly ReadFrame[];
  /** Into the octets: frames, their fields, and HPACK's where a block stands in one frame. */
  spans: readonly Span[];
  /** Where reading stopped, and why; offsets count from the first octet. */
  error?: Http2Error | HpackError;
  /** How many octets were read; behind them a frame is cut short, or nothing is. */
  octetsRead: number;
};

/**
 * Explains one direction of a recorded connection from its first octet: the frames and field blocks that `from` sent.
 * It judges no more than that; whether frames may stand in this order is what Http2Connection knows. Never throws.
 */
export function traceConnection(
  octets: Uint8Array,
  { from }: { from: 'client' | 'server' },
): TracedConnection {
  const frames: ReadFrame[] = [];
  const spans: Span[] = [];
  let base = 0;
  let octetsRead = 0;
  /** Where an octet stands that whoever reads now would name. */
  let placeOf = (offset: number) => base + offset;
  try {
    if (from === 'client') base = octetsRead = tracePreface(octets, spans);
    const reader = new Http2FrameReader();
    const blocks = new FieldBlockAssembler();
    const decoder = new HpackDecoder();
    reader.append(octets.subarray(base));
    for (;;) {
      const start = base + reader.offset;
      const frame = reader.next(offsetSink(spans, base));
      if (!frame) break;
      const end = (octetsRead = base + reader.offset);
      const read: ReadFrame = { start, end, frame };
      frames.push(read);
      placeOf = (offset) => start + offset;
      const section = blocks.take(frame);
      if (section) {
        const parts = frames.slice(frames.findIndex((it) => it.frame === section.opening));
        placeOf = (offset) => placeInBlock(parts, offset);
        // HPACK's spans need octets that stand together.
        const isWhole = parts.length === 1;
        read.fields = decoder.decode(section.block, isWhole ? offsetSink(spans, placeOf(0)) : undefined);
      }
      placeOf = (offset) => base + offset;
    }
  } catch (error) {
    if (!(error instanceof Http2Error || error instanceof HpackError)) throw error;
    return { frames, spans, error: errorAt(error, placeOf(error.offset)), octetsRead };
  }
  return { frames, spans, octetsRead };
}

/** Where the n-th octet of a field block stands; behind its last, where it ends. */
function placeInBlock(parts: readonly ReadFrame[], offset: number): number {
  let left = offset;
  let blockEnd = 0;
  for (const { end, frame } of parts) {
    if (!('fragment' in frame)) continue;
    const { length } = frame.fragment;
    blockEnd = end - ('padding' in frame ? frame.padding.length : 0);
    if (left < length) return blockEnd - length + left;
    left -= length;
  }
  return blockEnd;
}

/** The same error at another octet. */
function errorAt(error: Http2Error | HpackError, offset: number): Http2Error | HpackError {
  if (error.offset === offset) return error;
  if (error instanceof HpackError) return new HpackError(error.code, offset, error.seen, error.expected);
  const { code, errorName, scope, streamId, seen, expected, ref } = error;
  return new Http2Error({ code, errorName, scope, streamId, offset, seen, expected, ref });
}

function tracePreface(octets: Uint8Array, spans: Span[]): number {
  const length = matchPreface(octets);
  if (length > 0)
    spans.push({
      start: 0,
      end: length * 8,
      name: 'Connection preface',
      value: 'PRI * HTTP/2.0…',
      note: 'no HTTP/1.1 server takes it for a request',
      ref: 'RFC 9113 §3.4',
    });
  return length < CLIENT_PREFACE.length ? octets.length : length;
}
