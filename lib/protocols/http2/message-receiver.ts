import { HpackError, type HeaderField } from '../hpack';
import type { Http2Error } from './errors';
import type { Http2Event } from './events';
import type { Http2Frame } from './frame';
import { contentLengthOf, problemOfFields, problemOfPromise, type SectionKind } from './message-rules';
import { parsePriority, type Priority } from './priority';
import type { ReceiverParts } from './receiver';
import type { Http2Stream } from './stream';
import { refuseLate, refuseSelfDependency, streamError, violation } from './violation';

type Frame<Type extends Http2Frame['type']> = Extract<Http2Frame, { type: Type }>;

/** What messages are made of: DATA and field sections (RFC 9113 §8.1). */
export class MessageReceiver {
  private readonly parts: ReceiverParts;

  constructor(parts: ReceiverParts) {
    this.parts = parts;
  }

  takeData(frame: Frame<'DATA'>, events: Http2Event[]): void {
    const { connection, autoConsume } = this.parts;
    const { streamId, data, endStream } = frame;
    // All of the payload counts, Pad Length and padding too (§6.9.1), and also that of streams that are closed.
    const octets = data.length + (frame.padding ? frame.padding.length + 1 : 0);
    if (!connection.receiveWindow.spend(octets)) throw windowExceeded(octets, 0);
    const stream = connection.streams.get(streamId);
    if (!stream?.mayReceive) {
      connection.consume(0, octets);
      refuseLate(this.parts.connection.streams, streamId, stream, 'DATA');
      return;
    }
    const problem = problemOfData(stream, frame, octets);
    if (problem) {
      // Nobody will take it, so nobody else would give its credit back.
      connection.consume(0, octets);
      throw problem;
    }
    events.push({ type: 'data', streamId, data, endStream });
    if (endStream) stream.step('receive END_STREAM');
    if (autoConsume) connection.consume(streamId, octets);
    // Padding tells nobody anything: its credit comes back at once.
    else connection.consume(streamId, octets - data.length);
  }

  /** A field section is whole. Its block is decoded in any case: both tables must stay in step (§4.3). */
  takeSection(opening: Frame<'HEADERS' | 'PUSH_PROMISE'>, block: Uint8Array, events: Http2Event[]): void {
    const { fields, tooLarge } = this.decode(opening, block);
    if (opening.type === 'PUSH_PROMISE') return this.takePush(opening, fields, tooLarge, events);
    const { streamId, endStream } = opening;
    const { role } = this.parts.connection;
    const stream = role === 'server' ? this.streamOfRequest(streamId) : this.streamOfResponse(streamId);
    if (!stream) return;
    if (tooLarge) throw tooLarge;
    refuseSelfDependency(streamId, opening.priority?.dependsOn);

    const kind = sectionKind(role, stream, fields);
    const extendedConnect = this.parts.announced.enableConnectProtocol;
    const problem = problemOfFields(fields, kind, extendedConnect);
    if (problem) throw streamError('HTTP2_MESSAGE_MALFORMED', streamId, problem.seen, problem.ref);
    if (endStream ? kind === 'informational' : kind === 'trailers')
      throw streamError(
        'HTTP2_MESSAGE_MALFORMED',
        streamId,
        `${kind} ${endStream ? 'with' : 'without'} END_STREAM`,
        '§8.1',
      );
    if (kind === 'request' || kind === 'response') {
      stream.gotHeaders = true;
      stream.expectedOctets = hasNoContent(stream, fields) ? undefined : contentLengthOf(fields);
      if (kind === 'request') stream.priority = this.priorityOf(streamId, fields);
    }
    const wrongLength = problemOfLength(stream, endStream);
    if (wrongLength) throw wrongLength;
    events.push({ type: 'headers', kind, streamId, fields, endStream });
    if (endStream) stream.step('receive END_STREAM');
  }

  /** The fields. A list that is too large is its stream's matter, to be raised once there is such a stream (§10.5.1). */
  private decode(
    opening: Frame<'HEADERS' | 'PUSH_PROMISE'>,
    block: Uint8Array,
  ): { fields: HeaderField[]; tooLarge?: Http2Error } {
    const streamId = 'promisedStreamId' in opening ? opening.promisedStreamId : opening.streamId;
    try {
      return { fields: this.parts.decoder.decode(block) };
    } catch (error) {
      if (!(error instanceof HpackError)) throw error;
      const isTooLarge = error.code === 'HPACK_HEADER_LIST_TOO_LARGE';
      const broken = violation(
        'HTTP2_FIELD_BLOCK_BROKEN',
        `${error.seen} (${error.code})`,
        error.expected,
        isTooLarge ? '§10.5.1' : '§4.3',
        {
          errorName: isTooLarge ? 'ENHANCE_YOUR_CALM' : 'COMPRESSION_ERROR',
          scope: isTooLarge ? 'stream' : 'connection',
          streamId,
        },
      );
      if (isTooLarge) return { fields: [], tooLarge: broken };
      throw broken;
    }
  }

  /** What a PRIORITY_UPDATE foretold, or else what the request's fields say, all of them together (RFC 9218 §5, §7). */
  private priorityOf(streamId: number, fields: readonly HeaderField[]): Priority {
    const early = this.parts.connection.streams.takeEarlyPriority(streamId);
    const values = fields.filter(({ name }) => name === 'priority').map(({ value }) => value);
    return early ?? parsePriority(values.join(', '));
  }

  /** The stream of HEADERS that a server receives; undefined where they are to be passed over. */
  private streamOfRequest(streamId: number): Http2Stream | undefined {
    const { streams } = this.parts.connection;
    const known = streams.get(streamId);
    if (known) {
      if (known.mayReceive) return known;
      refuseLate(this.parts.connection.streams, streamId, known, 'HEADERS');
      return undefined;
    }
    if (streams.isOwn(streamId) || !streams.isIdle(streamId))
      throw violation(
        'HTTP2_STREAM_ID_WRONG',
        `HEADERS on stream ${streamId}`,
        `an odd id above ${streams.lastPeerStreamId}`,
        '§5.1.1',
        { streamId },
      );
    const isTooMany = streams.countPeer() >= this.parts.announced.maxConcurrentStreams;
    const stream = streams.openPeer(streamId);
    stream.step('receive HEADERS');
    // They could not know yet; it is as if they had not been sent (§6.8).
    if (streamId > streams.peerEndsAt) {
      stream.ignore();
      return undefined;
    }
    if (isTooMany)
      throw violation(
        'HTTP2_TOO_MANY_STREAMS',
        `stream ${streamId}`,
        `${this.parts.announced.maxConcurrentStreams} streams at a time`,
        '§5.1.2',
        {
          errorName: 'REFUSED_STREAM',
          scope: 'stream',
          streamId,
        },
      );
    return stream;
  }

  private streamOfResponse(streamId: number): Http2Stream | undefined {
    const stream = this.parts.connection.streams.get(streamId);
    if (stream && (stream.mayReceive || stream.step('receive HEADERS'))) return stream;
    refuseLate(this.parts.connection.streams, streamId, stream, 'HEADERS');
    return undefined;
  }

  private takePush(
    frame: Frame<'PUSH_PROMISE'>,
    fields: readonly HeaderField[],
    tooLarge: Http2Error | undefined,
    events: Http2Event[],
  ): void {
    const { connection, announced } = this.parts;
    const { streamId, promisedStreamId } = frame;
    if (connection.role === 'server' || !announced.enablePush)
      throw violation('HTTP2_PUSH_NOT_ALLOWED', 'PUSH_PROMISE', 'none: push is off', '§6.6, §8.4', {
        streamId,
      });
    const parent = connection.streams.get(streamId);
    if (!parent?.mayReceive && parent?.closedBy !== 'our reset')
      throw violation('HTTP2_STREAM_CLOSED', `PUSH_PROMISE on stream ${streamId}`, 'an open stream', '§6.6', {
        streamId,
      });
    if (!connection.streams.isIdle(promisedStreamId))
      throw violation(
        'HTTP2_STREAM_ID_WRONG',
        `promised stream ${promisedStreamId}`,
        `an even id above ${connection.streams.lastPeerStreamId}`,
        '§5.1.1',
        { streamId },
      );
    const promised = connection.streams.openPeer(promisedStreamId);
    promised.step('receive PUSH_PROMISE');
    promised.method = fields.find(({ name }) => name === ':method')?.value;
    if (tooLarge) throw tooLarge;
    const problem = problemOfFields(fields, 'request') ?? problemOfPromise(promised.method, fields);
    if (problem) throw streamError('HTTP2_MESSAGE_MALFORMED', promisedStreamId, problem.seen, problem.ref);
    events.push({ type: 'push', streamId, promisedStreamId, fields });
  }
}

function sectionKind(
  role: 'client' | 'server',
  stream: Http2Stream,
  fields: readonly HeaderField[],
): SectionKind {
  if (stream.gotHeaders) return 'trailers';
  if (role === 'server') return 'request';
  const status = fields.find(({ name }) => name === ':status')?.value ?? '';
  return /^1\d\d$/.test(status) ? 'informational' : 'response';
}

/** A response to HEAD, 204 or 304 may name a length that does not come (RFC 9110 §8.6). */
function hasNoContent({ method }: Http2Stream, fields: readonly HeaderField[]): boolean {
  const status = fields.find(({ name }) => name === ':status')?.value;
  return method === 'HEAD' || status === '304' || status === '204';
}

/** Counts DATA on its stream; what there is to say against it. */
function problemOfData(
  stream: Http2Stream,
  { data, endStream }: Frame<'DATA'>,
  octets: number,
): Http2Error | undefined {
  if (!stream.gotHeaders)
    return streamError('HTTP2_MESSAGE_MALFORMED', stream.id, 'DATA before headers', '§8.1');
  if (!stream.receiveWindow.spend(octets)) return windowExceeded(octets, stream.id);
  stream.receivedOctets += data.length;
  return problemOfLength(stream, endStream);
}

/** More DATA than there was credit for, on a stream or, with stream 0, on the connection. */
function windowExceeded(octets: number, streamId: number): Http2Error {
  return violation('HTTP2_WINDOW_EXCEEDED', `${octets} octets of DATA`, 'no more than the window', '§6.9.1', {
    errorName: 'FLOW_CONTROL_ERROR',
    scope: streamId === 0 ? 'connection' : 'stream',
    streamId,
  });
}

/** What content-length says has to come, neither more nor less (RFC 9113 §8.1.1). */
function problemOfLength(
  { id, expectedOctets, receivedOctets }: Http2Stream,
  endStream: boolean,
): Http2Error | undefined {
  if (expectedOctets === undefined) return undefined;
  if (endStream ? receivedOctets === expectedOctets : receivedOctets <= expectedOctets) return undefined;
  return streamError(
    'HTTP2_MESSAGE_MALFORMED',
    id,
    `${receivedOctets} octets with content-length ${expectedOctets}`,
    '§8.1.1',
  );
}
