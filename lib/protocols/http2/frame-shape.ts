import { Http2Error } from './errors';
import type { FrameHeader } from './frame';
import { FLAGS, type FrameTypeName } from './registries';

/** What a frame's header alone tells: where it may stand, and how long it may be. */
type Shape = {
  /** `stream`: never on stream 0. `connection`: only there. `any`: on both. */
  on: 'stream' | 'connection' | 'any';
  /** Exactly so many octets … */
  length?: number;
  /** … or at least so many, or a multiple. */
  minimum?: number;
  multipleOf?: number;
  section: string;
};

const shapes: Readonly<Record<FrameTypeName, Shape>> = {
  DATA: { on: 'stream', section: 'RFC 9113 §6.1' },
  HEADERS: { on: 'stream', section: 'RFC 9113 §6.2' },
  PRIORITY: { on: 'stream', length: 5, section: 'RFC 9113 §6.3' },
  RST_STREAM: { on: 'stream', length: 4, section: 'RFC 9113 §6.4' },
  SETTINGS: { on: 'connection', multipleOf: 6, section: 'RFC 9113 §6.5' },
  PUSH_PROMISE: { on: 'stream', minimum: 4, section: 'RFC 9113 §6.6' },
  PING: { on: 'connection', length: 8, section: 'RFC 9113 §6.7' },
  GOAWAY: { on: 'connection', minimum: 8, section: 'RFC 9113 §6.8' },
  WINDOW_UPDATE: { on: 'any', length: 4, section: 'RFC 9113 §6.9' },
  CONTINUATION: { on: 'stream', section: 'RFC 9113 §6.10' },
  PRIORITY_UPDATE: { on: 'connection', minimum: 4, section: 'RFC 9218 §7.1' },
};

/** The section that defines a frame type, as "RFC 9113 §6.1". */
export function sectionOf(type: FrameTypeName | undefined): string {
  return type === undefined ? 'RFC 9113 §4.1' : shapes[type].section;
}

/** @throws Http2Error if the frame stands where it must not, or is too long or short for its type */
export function checkShape(header: FrameHeader): void {
  const { typeName, streamId, length, flags } = header;
  if (typeName === undefined) return;
  const { on, ...shape } = shapes[typeName];
  if (on === 'stream' && streamId === 0)
    throw wrong(header, 'HTTP2_STREAM_ZERO', 'PROTOCOL_ERROR', 'stream 0', 'a stream', 5);
  if (on === 'connection' && streamId !== 0)
    throw wrong(header, 'HTTP2_STREAM_NOT_ZERO', 'PROTOCOL_ERROR', `stream ${streamId}`, 'stream 0', 5);

  const isAck = typeName === 'SETTINGS' && (flags & FLAGS.ACK) !== 0;
  const exact = isAck ? 0 : shape.length;
  const isWrong =
    (exact !== undefined && length !== exact) ||
    (shape.multipleOf !== undefined && length % shape.multipleOf !== 0);
  if (isWrong)
    throw wrong(
      header,
      'HTTP2_LENGTH_WRONG',
      'FRAME_SIZE_ERROR',
      `${length} octets`,
      exact === undefined ? `a multiple of ${shape.multipleOf}` : String(exact),
      0,
    );
  // What its flags say is in it has to fit in (§4.2).
  const isPaddable = typeName === 'DATA' || typeName === 'HEADERS' || typeName === 'PUSH_PROMISE';
  const minimum =
    (shape.minimum ?? 0) +
    (isPaddable && (flags & FLAGS.PADDED) !== 0 ? 1 : 0) +
    (typeName === 'HEADERS' && (flags & FLAGS.PRIORITY) !== 0 ? 5 : 0);
  if (length < minimum)
    throw wrong(
      header,
      'HTTP2_FRAME_TOO_SHORT',
      'FRAME_SIZE_ERROR',
      `${length} octets`,
      `at least ${minimum}`,
      0,
    );
}

function wrong(
  { typeName, streamId, offset }: FrameHeader,
  code: Http2Error['code'],
  errorName: 'PROTOCOL_ERROR' | 'FRAME_SIZE_ERROR',
  seen: string,
  expected: string,
  at: number,
): Http2Error {
  // A PRIORITY frame changes nothing of the connection, so its wrong length is its stream's matter (§6.3).
  const scope = typeName === 'PRIORITY' && code === 'HTTP2_LENGTH_WRONG' ? 'stream' : 'connection';
  return new Http2Error({
    code,
    errorName,
    scope,
    streamId,
    offset: offset + at,
    seen: `${typeName ?? 'a frame'} with ${seen}`,
    expected,
    ref: sectionOf(typeName),
  });
}
