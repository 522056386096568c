import { HpackDecoder, HpackEncoder, type HeaderField } from '../hpack';
import { encodeFrame } from './encode-frame';
import { Http2Error } from './errors';
import type { Http2Event } from './events';
import { FlowWindow } from './flow-window';
import type { Http2Frame } from './frame';
import { Http2FrameReader } from './frame-reader';
import { Outbox } from './outbox';
import { CLIENT_PREFACE, matchPreface } from './preface';
import { Receiver } from './receiver';
import { DEFAULT_SETTINGS, settingsToSend, type Http2Settings } from './settings';
import { StreamTable } from './stream-table';

/** How one end begins. */
export type Http2Options = {
  role: 'client' | 'server';
  /** What we announce; the rest stays at its default. A client announces no push unless it says so. */
  settings?: Partial<Http2Settings>;
  /** Give credit back for DATA as soon as it was told; otherwise `consume` does. True. */
  autoConsume?: boolean;
};

/**
 * One end of an HTTP/2 connection, without a socket, clock or chance: octets in, events and octets out (RFC 9113).
 *
 *     const connection = new Http2Connection({ role: 'server' });
 *     for (const event of connection.receive(chunk)) …
 *     socket.write(connection.takeOutput());
 *
 * Limits: one frame and one field block being read (262,144 octets), 1 MB of answers not yet taken, 1,000 closed
 * streams remembered, 1,000 resets by the peer; what an application sends waits for credit without a limit.
 */
export class Http2Connection {
  readonly role: 'client' | 'server';
  readonly streams: StreamTable;
  /** What the peer announced. */
  remoteSettings: Readonly<Http2Settings> = DEFAULT_SETTINGS;
  /** What we announced and the peer acknowledged. */
  localSettings: Readonly<Http2Settings> = DEFAULT_SETTINGS;
  readonly receiveWindow = new FlowWindow(DEFAULT_SETTINGS.initialWindowSize);
  private readonly announced: Readonly<Http2Settings>;
  private readonly reader: Http2FrameReader;
  private readonly encoder = new HpackEncoder();
  private readonly outbox: Outbox;
  private readonly receiver: Receiver;
  private preface: Uint8Array | undefined;
  private failed = false;

  constructor({ role, settings = {}, autoConsume = true }: Http2Options) {
    this.role = role;
    const own = role === 'client' ? { enablePush: false, ...settings } : settings;
    this.announced = { ...DEFAULT_SETTINGS, ...own };
    this.streams = new StreamTable(role, () => ({
      send: this.remoteSettings.initialWindowSize,
      receive: this.localSettings.initialWindowSize,
    }));
    this.reader = new Http2FrameReader({ maxFrameSize: this.announced.maxFrameSize });
    this.outbox = new Outbox(this.streams, () => this.remoteSettings.maxFrameSize);
    this.receiver = new Receiver({
      connection: this,
      announced: this.announced,
      decoder: new HpackDecoder({ maxHeaderListSize: Math.min(this.announced.maxHeaderListSize, 262_144) }),
      encoder: this.encoder,
      outbox: this.outbox,
      autoConsume,
    });
    if (role === 'client') this.outbox.write(CLIENT_PREFACE);
    else this.preface = new Uint8Array(0);
    this.outbox.send({ type: 'SETTINGS', streamId: 0, ack: false, settings: settingsToSend(own) });
  }

  private get isReading(): boolean {
    return !this.failed && this.preface === undefined;
  }

  /** Was there a connection error, ours or theirs to blame? Nothing is read or sent any more. */
  get isFailed(): boolean {
    return this.failed;
  }

  /** Credit for DATA on the whole connection; each stream has its own beside it. */
  get sendWindow(): FlowWindow {
    return this.outbox.window;
  }

  /** Takes octets in, as they come. It never throws for what the peer does: that is an event. */
  receive(chunk: Uint8Array): Http2Event[] {
    const events: Http2Event[] = [];
    if (this.failed) return events;
    try {
      const rest = this.passPreface(chunk);
      if (rest) this.reader.append(rest);
    } catch (error) {
      this.note(error, events);
    }
    while (this.isReading) {
      try {
        const frame = this.readFrame();
        if (!frame) break;
        this.receiver.take(frame, events);
      } catch (error) {
        this.note(error, events);
      }
    }
    if (!this.isFailed) this.outbox.flush();
    return events;
  }

  /** The next frame; one that breaks a rule is judged by where it stands as well. @throws Http2Error */
  private readFrame(): Http2Frame | undefined {
    try {
      return this.reader.next();
    } catch (error) {
      throw error instanceof Http2Error ? this.receiver.judgeBroken(error) : error;
    }
  }

  /** What is to be sent now. Call it after `receive` and after everything that sends. */
  takeOutput(): Uint8Array {
    return this.outbox.take();
  }

  /** Opens a stream with a request (clients). @returns its id @throws RangeError when the peer allows no more streams */
  request(fields: readonly HeaderField[], opts: { endStream: boolean }): number {
    if (this.streams.ownEndAt !== undefined) throw new RangeError('the peer takes no more streams: GOAWAY');
    if (this.streams.countOwn() >= this.remoteSettings.maxConcurrentStreams)
      throw new RangeError(`the peer allows ${this.remoteSettings.maxConcurrentStreams} streams at a time`);
    const stream = this.streams.openOwn();
    stream.method = fields.find(({ name }) => name === ':method')?.value;
    this.sendHeaders(stream.id, fields, opts);
    return stream.id;
  }

  /** A field section on a stream: a response, an informational one, trailers. @throws RangeError if it may not send */
  sendHeaders(streamId: number, fields: readonly HeaderField[], { endStream }: { endStream: boolean }): void {
    const stream = this.streams.get(streamId);
    if (stream?.outgoing.length) throw new RangeError(`stream ${streamId} has data waiting`);
    if (!stream?.step('send HEADERS')) throw new RangeError(`stream ${streamId} may not send HEADERS`);
    this.outbox.sendFieldBlock(streamId, this.encoder.encode([...fields]), endStream);
    if (endStream) stream.step('send END_STREAM');
  }

  /**
   * Content. It waits where credit is short, 16 MB of it at most on all streams together.
   * @throws RangeError if the stream may not send, or too much waits; nothing is sent then
   */
  sendData(streamId: number, data: Uint8Array, { endStream }: { endStream: boolean }): void {
    const stream = this.streams.get(streamId);
    if (!stream?.maySend || stream.endsAfterOutgoing)
      throw new RangeError(`stream ${streamId} may not send DATA`);
    this.outbox.sendContent(stream, data);
    stream.endsAfterOutgoing = endStream;
    this.outbox.flush();
  }

  /** Ends a stream at once (RFC 9113 §6.4). */
  reset(streamId: number, errorCode: number): void {
    const stream = this.streams.get(streamId);
    if (!stream?.step('send RST_STREAM')) return;
    this.outbox.drop(stream);
    this.outbox.send({ type: 'RST_STREAM', streamId, errorCode });
  }

  /** Gives the peer credit back for so many octets of DATA (RFC 9113 §6.9); a closed stream needs none. */
  consume(streamId: number, octets: number): void {
    if (octets === 0) return;
    this.receiveWindow.add(octets);
    this.outbox.send({ type: 'WINDOW_UPDATE', streamId: 0, increment: octets });
    const stream = this.streams.get(streamId);
    if (!stream?.mayReceive) return;
    stream.receiveWindow.add(octets);
    this.outbox.send({ type: 'WINDOW_UPDATE', streamId, increment: octets });
  }

  /** Any frame, as it is; nothing is checked: for what has no method of its own, and for breaking rules. */
  sendFrame(frame: Http2Frame): void {
    this.outbox.write(encodeFrame(frame));
  }

  /** Says that no more streams are taken (RFC 9113 §6.8). */
  goAway(errorCode: number, debugData: Uint8Array = new Uint8Array(0)): void {
    const lastStreamId = Math.min(this.streams.lastPeerStreamId, this.streams.peerEndsAt);
    this.streams.peerEndsAt = lastStreamId;
    this.outbox.send({ type: 'GOAWAY', streamId: 0, lastStreamId, errorCode, debugData });
  }

  /** What of `chunk` lies behind the client's preface; undefined while that is not whole. */
  private passPreface(chunk: Uint8Array): Uint8Array | undefined {
    if (!this.preface) return chunk;
    const joined = new Uint8Array(this.preface.length + chunk.length);
    joined.set(this.preface);
    joined.set(chunk, this.preface.length);
    if (matchPreface(joined) < CLIENT_PREFACE.length) {
      this.preface = joined;
      return undefined;
    }
    this.preface = undefined;
    return joined.subarray(CLIENT_PREFACE.length);
  }

  private note(error: unknown, events: Http2Event[]): void {
    if (!(error instanceof Http2Error)) throw error;
    events.push({ type: 'error', error });
    if (error.scope === 'connection') {
      this.goAway(error.errorCode);
      this.failed = true;
    } else {
      const stream = this.streams.get(error.streamId);
      if (stream && stream.state !== 'closed') this.reset(error.streamId, error.errorCode);
      else this.outbox.send({ type: 'RST_STREAM', streamId: error.streamId, errorCode: error.errorCode });
    }
  }
}
