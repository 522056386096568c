import { Http2Error, type Http2ErrorCode } from './errors';
import type { ErrorName } from './registries';
import type { Http2Stream } from './stream';
import type { StreamTable } from './stream-table';

/** A broken rule of the connection, PROTOCOL_ERROR unless said otherwise; `section` is RFC 9113's unless it names its RFC. */
export function violation(
  code: Http2ErrorCode,
  seen: string,
  expected: string,
  section: string,
  more: { errorName?: ErrorName; scope?: 'connection' | 'stream'; streamId?: number } = {},
): Http2Error {
  const ref = section.startsWith('§') ? `RFC 9113 ${section}` : section;
  return new Http2Error({ code, errorName: 'PROTOCOL_ERROR', seen, expected, ref, ...more });
}

/** A message that is not as HTTP/2 has it: a stream error PROTOCOL_ERROR (RFC 9113 §8.1.1). */
export function streamError(code: Http2ErrorCode, streamId: number, seen: string, ref: string): Http2Error {
  return violation(code, seen, 'a message as HTTP/2 has it', ref, { scope: 'stream', streamId });
}

/** RFC 7540 §5.3.1, of priorities that are deprecated and still sent. */
export function refuseSelfDependency(streamId: number, dependsOn: number | undefined): void {
  if (dependsOn !== streamId) return;
  throw streamError(
    'HTTP2_SELF_DEPENDENCY',
    streamId,
    `stream ${streamId} depending on itself`,
    'RFC 7540 §5.3.1',
  );
}

/**
 * A frame on a stream that takes none (RFC 9113 §5.1): wrong on an idle or a reserved one, passed over on one that we
 * reset, an error of the stream or of the connection on the others. @throws Http2Error
 */
export function refuseLate(
  streams: StreamTable,
  streamId: number,
  stream: Http2Stream | undefined,
  what: string,
): void {
  if (!stream && streams.isIdle(streamId))
    throw violation(
      'HTTP2_STREAM_IDLE',
      `${what} on stream ${streamId}`,
      'HEADERS first: it is idle',
      '§5.1',
      { streamId },
    );
  if (stream?.state === 'reserved (remote)')
    throw violation(
      'HTTP2_STREAM_RESERVED',
      `${what} on stream ${streamId}`,
      'HEADERS: it is promised',
      '§5.1',
      {
        streamId,
      },
    );
  if (stream?.closedBy === 'our reset') return;
  // Half-closed, or reset by them: they ended it and must not go on. Ended by both: who sends is confused.
  const isStreamError = stream !== undefined && stream.closedBy !== 'end';
  throw violation('HTTP2_STREAM_CLOSED', `${what} on stream ${streamId}`, 'nothing after its end', '§5.1', {
    errorName: 'STREAM_CLOSED',
    scope: isStreamError ? 'stream' : 'connection',
    streamId,
  });
}
