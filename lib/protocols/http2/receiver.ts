import type { HpackDecoder, HpackEncoder } from '../hpack';
import type { Http2Connection } from './connection';
import type { Http2Error } from './errors';
import type { Http2Event } from './events';
import { FieldBlockAssembler } from './field-block';
import type { Http2Frame } from './frame';
import { MessageReceiver } from './message-receiver';
import type { Outbox } from './outbox';
import { parsePriority, type Priority } from './priority';
import type { Http2Settings } from './settings';
import { SettingsReceiver } from './settings-receiver';
import { refuseLate, refuseSelfDependency, violation } from './violation';

/** Answers (ACKs, resets) that nobody takes, in octets: beyond it the peer is told to calm down. */
const MAX_PENDING_OCTETS = 1_048_576;
const MAX_RESETS = 1_000;
/** Priorities that are kept for streams to come, if we set no limit on streams. */
const MAX_EARLY_PRIORITIES = 1_000;

type Frame<Type extends Http2Frame['type']> = Extract<Http2Frame, { type: Type }>;

/** What receiving works on. */
export type ReceiverParts = {
  connection: Http2Connection;
  announced: Readonly<Http2Settings>;
  decoder: HpackDecoder;
  encoder: HpackEncoder;
  outbox: Outbox;
  autoConsume: boolean;
};

/** What each frame does to a connection (RFC 9113 §5 and §6). */
export class Receiver {
  private readonly parts: ReceiverParts;
  private readonly messages: MessageReceiver;
  private readonly settings: SettingsReceiver;
  private readonly blocks = new FieldBlockAssembler();
  private resets = 0;

  constructor(parts: ReceiverParts) {
    this.parts = parts;
    this.messages = new MessageReceiver(parts);
    this.settings = new SettingsReceiver(parts);
  }

  /** @throws Http2Error; the connection answers it */
  take(frame: Http2Frame, events: Http2Event[]): void {
    if (!this.settings.gotSettings && (frame.type !== 'SETTINGS' || frame.ack))
      throw settingsNotFirst(frame.type);
    const section = this.blocks.take(frame);
    if (section) return this.messages.takeSection(section.opening, section.block, events);
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
        return this.messages.takeData(frame, events);
      case 'SETTINGS':
        return this.settings.take(frame, events);
      case 'WINDOW_UPDATE':
        return this.takeWindowUpdate(frame);
      case 'RST_STREAM':
        return this.takeReset(frame, events);
      case 'PING':
        if (!frame.ack) this.parts.outbox.send({ ...frame, ack: true });
        events.push({ type: 'ping', ack: frame.ack, opaqueData: frame.opaqueData });
        return;
      case 'GOAWAY':
        return this.takeGoAway(frame, events);
      case 'PRIORITY':
        return refuseSelfDependency(frame.streamId, frame.priority.dependsOn);
      case 'PRIORITY_UPDATE':
        return this.takePriorityUpdate(frame, events);
      default:
    }
  }

  /** What to say of a frame that breaks a rule of its stream: where no such frame may stand, that is worse. */
  judgeBroken(error: Http2Error): Http2Error {
    const { code, scope, streamId, seen } = error;
    if (scope === 'connection') return error;
    if (!this.settings.gotSettings) return settingsNotFirst(seen);
    if (this.blocks.isOpen)
      return violation(
        'HTTP2_CONTINUATION_EXPECTED',
        seen,
        'CONTINUATION: a field block is not ended',
        '§6.10',
        {
          streamId,
        },
      );
    if (code === 'HTTP2_WINDOW_INCREMENT_ZERO' && this.parts.connection.streams.isIdle(streamId))
      return violation('HTTP2_STREAM_IDLE', seen, 'HEADERS first: it is idle', '§5.1', { streamId });
    return error;
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
    const isTooEarly = stream ? stream.state === 'reserved (remote)' : connection.streams.isIdle(streamId);
    if (isTooEarly) refuseLate(connection.streams, streamId, stream, 'WINDOW_UPDATE');
    if (stream && stream.state !== 'closed' && !stream.sendWindow.add(increment)) throw overflow('stream');
  }

  private takeReset({ streamId, errorCode }: Frame<'RST_STREAM'>, events: Http2Event[]): void {
    const { streams } = this.parts.connection;
    const stream = streams.get(streamId);
    if (!stream && streams.isIdle(streamId))
      refuseLate(this.parts.connection.streams, streamId, stream, 'RST_STREAM');
    if (++this.resets > MAX_RESETS)
      throw violation(
        'HTTP2_TOO_MUCH',
        'too many streams opened and reset',
        `${MAX_RESETS} at most`,
        '§10.5',
        { errorName: 'ENHANCE_YOUR_CALM' },
      );
    if (!stream?.step('receive RST_STREAM')) return;
    this.parts.outbox.drop(stream);
    events.push({ type: 'reset', streamId, errorCode });
  }

  private takeGoAway(frame: Frame<'GOAWAY'>, events: Http2Event[]): void {
    const { lastStreamId, errorCode, debugData } = frame;
    const { streams } = this.parts.connection;
    const before = streams.ownEndAt ?? Infinity;
    if (lastStreamId > before)
      throw violation(
        'HTTP2_GOAWAY_RAISED',
        `last stream ${lastStreamId}`,
        `at most ${before}, as before`,
        '§6.8',
      );
    streams.ownEndAt = lastStreamId;
    events.push({ type: 'goaway', lastStreamId, errorCode, debugData });
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
    if (stream) stream.priority = priority;
    else if (connection.streams.isIdle(streamId)) this.keepPriority(streamId, priority);
    events.push({ type: 'priority', streamId, priority });
  }

  /** For a stream that is still to come; together with those that are, no more than we allow (RFC 9218 §7.1). */
  private keepPriority(streamId: number, priority: Priority): void {
    const { connection, announced } = this.parts;
    const { streams } = connection;
    const broken = (seen: string, expected: string) =>
      violation('HTTP2_PRIORITY_BROKEN', seen, expected, 'RFC 9218 §7.1', { streamId });
    if (streams.isOwn(streamId)) throw broken(`a priority of stream ${streamId}`, 'a push that was promised');
    streams.early.set(streamId, priority);
    if (streams.early.size + streams.countPeer() > announced.maxConcurrentStreams)
      throw broken('a priority of one more stream', `${announced.maxConcurrentStreams} streams at a time`);
    const [oldest] = streams.early.keys();
    if (streams.early.size > MAX_EARLY_PRIORITIES && oldest !== undefined) streams.early.delete(oldest);
  }
}

function settingsNotFirst(seen: string): Http2Error {
  return violation('HTTP2_SETTINGS_NOT_FIRST', seen, 'SETTINGS as the first frame', '§3.4', { streamId: 0 });
}
