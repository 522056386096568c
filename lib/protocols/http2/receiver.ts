import { HpackError, type HeaderField, type HpackDecoder, type HpackEncoder } from '../hpack';
import type { Http2Connection } from './connection';
import { Http2Error, type Http2ErrorCode } from './errors';
import type { Http2Event } from './events';
import { FieldBlockAssembler } from './field-block';
import type { Http2Frame } from './frame';
import { contentLengthOf, problemOfFields, type SectionKind } from './message-rules';
import type { Outbox } from './outbox';
import { parsePriority } from './priority';
import type { ErrorName } from './registries';
import { applySettings, type Http2Settings } from './settings';
import type { Http2Stream } from './stream';

/** Answers (ACKs, resets) that nobody takes, in octets: beyond it the peer is told to calm down. */
const MAX_PENDING_OCTETS = 1_048_576;
const MAX_RESETS = 1_000;

type Frame<Type extends Http2Frame['type']> = Extract<Http2Frame, { type: Type }>;

type Parts = {
  connection: Http2Connection;
  announced: Readonly<Http2Settings>;
  decoder: HpackDecoder;
  encoder: HpackEncoder;
  outbox: Outbox;
  autoConsume: boolean;
};

/** What each frame does to a connection (RFC 9113 §5 and §6). */
export class Receiver {
  private readonly parts: Parts;
  private readonly blocks = new FieldBlockAssembler();
  private gotSettings = false;
  private ownSettingsAcknowledged = false;
  private resets = 0;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** @throws Http2Error; the connection answers it */
  take(frame: Http2Frame, events: Http2Event[]): void {
    if (!this.gotSettings && (frame.type !== 'SETTINGS' || frame.ack))
      throw violation('HTTP2_SETTINGS_NOT_FIRST', frame.type, 'SETTINGS as the first frame', '§3.4', {
        streamId: 0,
      });
    if (frame.type === 'CONTINUATION' && !this.blocks.isOpen) this.refuseWhereClosed(frame.streamId);
    const section = this.blocks.take(frame);
    if (section) return this.takeSection(section.opening, section.block, events);
    if (this.parts.outbox.pendingOctets > MAX_PENDING_OCTETS)
      throw violation(
        'HTTP2_TOO_MUCH',
        'more than answers can be kept for',
        'a peer that reads them',
        '§10.5',
        {
          errorName: 'ENHANCE_YOUR_CALM',
        },
      );
    switch (frame.type) {
      case 'DATA':
        return this.takeData(frame, events);
      case 'SETTINGS':
        return this.takeSettings(frame, events);
      case 'WINDOW_UPDATE':
        return this.takeWindowUpdate(frame);
      case 'RST_STREAM':
        return this.takeReset(frame, events);
      case 'PING':
        if (!frame.ack) this.parts.outbox.send({ ...frame, ack: true });
        events.push({ type: 'ping', ack: frame.ack, opaqueData: frame.opaqueData });
        return;
      case 'GOAWAY':
        events.push(frame.type === 'GOAWAY' ? { ...frame, type: 'goaway' } : frame);
        return;
      case 'PRIORITY':
        return refuseSelfDependency(frame.streamId, frame.priority.dependsOn);
      case 'PRIORITY_UPDATE':
        return this.takePriorityUpdate(frame, events);
      default:
    }
  }

  private takeData(frame: Frame<'DATA'>, events: Http2Event[]): void {
    const { connection, autoConsume } = this.parts;
    const { streamId, data, endStream } = frame;
    // All of the payload counts, Pad Length and padding too (§6.9.1), and also that of streams that are closed.
    const octets = data.length + (frame.padding ? frame.padding.length + 1 : 0);
    if (!connection.receiveWindow.spend(octets))
      throw violation(
        'HTTP2_WINDOW_EXCEEDED',
        `${octets} octets of DATA`,
        'no more than the window',
        '§6.9.1',
        {
          errorName: 'FLOW_CONTROL_ERROR',
        },
      );
    const stream = connection.streams.get(streamId);
    if (!stream?.mayReceive) {
      connection.consume(0, octets);
      this.refuseLate(streamId, stream, 'DATA');
      return;
    }
    if (!stream.gotHeaders)
      throw streamError('HTTP2_MESSAGE_MALFORMED', streamId, 'DATA before headers', '§8.1');
    if (!stream.receiveWindow.spend(octets))
      throw violation(
        'HTTP2_WINDOW_EXCEEDED',
        `${octets} octets of DATA`,
        'no more than the window',
        '§6.9.1',
        {
          errorName: 'FLOW_CONTROL_ERROR',
          scope: 'stream',
          streamId,
        },
      );
    stream.receivedOctets += data.length;
    checkLength(stream, endStream);
    events.push({ type: 'data', streamId, data, endStream });
    if (endStream) stream.step('receive END_STREAM');
    if (autoConsume) connection.consume(streamId, octets);
    // Padding tells nobody anything: its credit comes back at once.
    else connection.consume(streamId, octets - data.length);
  }

  /** A field section is whole. Its block is decoded in any case: both tables must stay in step (§4.3). */
  private takeSection(
    opening: Frame<'HEADERS' | 'PUSH_PROMISE'>,
    block: Uint8Array,
    events: Http2Event[],
  ): void {
    const fields = this.decode(opening.streamId, block);
    if (opening.type === 'PUSH_PROMISE') return this.takePush(opening, fields, events);
    const { streamId, endStream } = opening;
    const { role } = this.parts.connection;
    const stream = role === 'server' ? this.streamOfRequest(streamId) : this.streamOfResponse(streamId);
    if (!stream) return;
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
      const priority = fields.find(({ name }) => name === 'priority');
      if (role === 'server' && priority) stream.priority = parsePriority(priority.value);
    }
    checkLength(stream, endStream);
    events.push({ type: 'headers', kind, streamId, fields, endStream });
    if (endStream) stream.step('receive END_STREAM');
  }

  private decode(streamId: number, block: Uint8Array): HeaderField[] {
    try {
      return this.parts.decoder.decode(block);
    } catch (error) {
      if (!(error instanceof HpackError)) throw error;
      const isTooLarge = error.code === 'HPACK_HEADER_LIST_TOO_LARGE';
      throw violation('HTTP2_FIELD_BLOCK_BROKEN', `${error.seen} (${error.code})`, error.expected, '§4.3', {
        errorName: isTooLarge ? 'ENHANCE_YOUR_CALM' : 'COMPRESSION_ERROR',
        scope: isTooLarge ? 'stream' : 'connection',
        streamId,
      });
    }
  }

  /** The stream of HEADERS that a server receives; undefined where they are to be passed over. */
  private streamOfRequest(streamId: number): Http2Stream | undefined {
    const { streams } = this.parts.connection;
    const known = streams.get(streamId);
    if (known) {
      if (known.mayReceive) return known;
      this.refuseLate(streamId, known, 'HEADERS');
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
    this.refuseLate(streamId, stream, 'HEADERS');
    return undefined;
  }

  /**
   * A frame on a stream that takes none (§5.1): wrong on an idle one, passed over on one that we reset, an error of
   * the stream or of the connection on the others.
   */
  private refuseLate(streamId: number, stream: Http2Stream | undefined, what: string): void {
    const { streams } = this.parts.connection;
    if (!stream && streams.isIdle(streamId))
      throw violation(
        'HTTP2_STREAM_IDLE',
        `${what} on stream ${streamId}`,
        'HEADERS first: it is idle',
        '§5.1',
        { streamId },
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

  private refuseWhereClosed(streamId: number): void {
    const stream = this.parts.connection.streams.get(streamId);
    if (stream?.closedBy === 'our reset') return;
    if (stream && !stream.mayReceive) this.refuseLate(streamId, stream, 'CONTINUATION');
  }

  private takePush(frame: Frame<'PUSH_PROMISE'>, fields: readonly HeaderField[], events: Http2Event[]): void {
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
    const problem = problemOfFields(fields, 'request');
    if (problem) throw streamError('HTTP2_MESSAGE_MALFORMED', promisedStreamId, problem.seen, problem.ref);
    events.push({ type: 'push', streamId, promisedStreamId, fields });
  }

  private takeSettings({ ack, settings }: Frame<'SETTINGS'>, events: Http2Event[]): void {
    const { connection, announced, decoder, encoder, outbox } = this.parts;
    if (ack) {
      if (this.ownSettingsAcknowledged) return;
      this.ownSettingsAcknowledged = true;
      const change = announced.initialWindowSize - connection.localSettings.initialWindowSize;
      connection.localSettings = announced;
      decoder.setMaxTableSize(announced.headerTableSize);
      for (const stream of connection.streams.live()) stream.receiveWindow.add(change);
      events.push({ type: 'settings-acknowledged' });
      return;
    }
    const before = connection.remoteSettings;
    const after = applySettings(before, settings);
    this.refuseTurnedSettings(before, after);
    this.gotSettings = true;
    connection.remoteSettings = after;
    if (after.headerTableSize !== before.headerTableSize) encoder.setMaxTableSize(after.headerTableSize);
    for (const { sendWindow, id } of connection.streams.live()) {
      if (!sendWindow.add(after.initialWindowSize - before.initialWindowSize))
        throw violation(
          'HTTP2_WINDOW_OVERFLOW',
          `a window above 2^31 - 1 on stream ${id}`,
          'at most 2147483647',
          '§6.9.2',
          { errorName: 'FLOW_CONTROL_ERROR' },
        );
    }
    outbox.send({ type: 'SETTINGS', streamId: 0, ack: true, settings: [] });
    events.push({ type: 'settings', settings: after });
  }

  /** Settings that a peer may not have, or may not take back. */
  private refuseTurnedSettings(before: Readonly<Http2Settings>, after: Readonly<Http2Settings>): void {
    const refuse = (seen: string, ref: string) => {
      throw violation('HTTP2_SETTING_OUT_OF_RANGE', seen, 'what may be said', ref);
    };
    const isFirst = !this.gotSettings;
    // The default is 1, so only a server that says so is seen to have changed it back to 1 …
    if (this.parts.connection.role === 'client' && after.enablePush && !isFirst && !before.enablePush)
      refuse('ENABLE_PUSH = 1 from a server', '§6.5.2');
    if (before.enableConnectProtocol && !after.enableConnectProtocol)
      refuse('ENABLE_CONNECT_PROTOCOL taken back', 'RFC 8441 §3');
    if (!isFirst && before.noRfc7540Priorities !== after.noRfc7540Priorities)
      refuse('NO_RFC7540_PRIORITIES changed', 'RFC 9218 §2.1');
  }

  private takeWindowUpdate({ streamId, increment }: Frame<'WINDOW_UPDATE'>): void {
    const { connection } = this.parts;
    const overflow = (scope: 'connection' | 'stream') =>
      violation(
        'HTTP2_WINDOW_OVERFLOW',
        `an increment of ${increment}`,
        'a window of at most 2147483647',
        '§6.9.1',
        {
          errorName: 'FLOW_CONTROL_ERROR',
          scope,
          streamId,
        },
      );
    if (streamId === 0) {
      if (!connection.sendWindow.add(increment)) throw overflow('connection');
      return;
    }
    const stream = connection.streams.get(streamId);
    if (!stream && connection.streams.isIdle(streamId)) this.refuseLate(streamId, stream, 'WINDOW_UPDATE');
    if (stream && stream.state !== 'closed' && !stream.sendWindow.add(increment)) throw overflow('stream');
  }

  private takeReset({ streamId, errorCode }: Frame<'RST_STREAM'>, events: Http2Event[]): void {
    const { streams } = this.parts.connection;
    const stream = streams.get(streamId);
    if (!stream && streams.isIdle(streamId)) this.refuseLate(streamId, stream, 'RST_STREAM');
    if (++this.resets > MAX_RESETS)
      throw violation(
        'HTTP2_TOO_MUCH',
        'too many streams opened and reset',
        `${MAX_RESETS} at most`,
        '§10.5',
        { errorName: 'ENHANCE_YOUR_CALM' },
      );
    if (!stream?.step('receive RST_STREAM')) return;
    stream.outgoing.length = 0;
    events.push({ type: 'reset', streamId, errorCode });
  }

  private takePriorityUpdate(frame: Frame<'PRIORITY_UPDATE'>, events: Http2Event[]): void {
    const { connection } = this.parts;
    const { prioritizedStreamId: streamId, value } = frame;
    if (connection.role === 'client')
      throw violation(
        'HTTP2_PRIORITY_BROKEN',
        'PRIORITY_UPDATE from a server',
        'clients only',
        'RFC 9218 §7.1',
      );
    const stream = connection.streams.get(streamId);
    const priority = parsePriority(value);
    // One for a stream that is still to come may be kept or passed over (§7.1); we keep nothing for strangers.
    if (stream) stream.priority = priority;
    events.push({ type: 'priority', streamId, priority });
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

/** What content-length says has to come, neither more nor less (RFC 9113 §8.1.1). */
function checkLength({ id, expectedOctets, receivedOctets }: Http2Stream, endStream: boolean): void {
  if (expectedOctets === undefined) return;
  if (endStream ? receivedOctets === expectedOctets : receivedOctets <= expectedOctets) return;
  throw streamError(
    'HTTP2_MESSAGE_MALFORMED',
    id,
    `${receivedOctets} octets with content-length ${expectedOctets}`,
    '§8.1.1',
  );
}

function refuseSelfDependency(streamId: number, dependsOn: number | undefined): void {
  if (dependsOn !== streamId) return;
  throw streamError(
    'HTTP2_SELF_DEPENDENCY',
    streamId,
    `stream ${streamId} depending on itself`,
    'RFC 7540 §5.3.1',
  );
}

function streamError(code: Http2ErrorCode, streamId: number, seen: string, ref: string): Http2Error {
  return violation(code, seen, 'a message as HTTP/2 has it', ref, { scope: 'stream', streamId });
}

function violation(
  code: Http2ErrorCode,
  seen: string,
  expected: string,
  section: string,
  more: { errorName?: ErrorName; scope?: 'connection' | 'stream'; streamId?: number } = {},
): Http2Error {
  const ref = section.startsWith('§') ? `RFC 9113 ${section}` : section;
  return new Http2Error({ code, errorName: 'PROTOCOL_ERROR', seen, expected, ref, ...more });
}
