import { type CookieContents, readCookie, writeCookie } from './cookie';
import { SctpError } from './errors';
import type {
  AssociationEvent,
  AssociationOptions,
  AssociationOutput,
  AssociationState,
} from './association-options';
import type { SctpMessage } from './fragment';
import { Inbound } from './inbound';
import { Outbound, type PartialReliability } from './outbound';
import type { Chunk, DataChunk, InitChunk, SctpPacket } from './packet';
import { CAUSE_CODES, PARAMETER_TYPES } from './registry';
import { causeOfChunk, endsPacket, invalidStream, reportsOfParameters } from './unrecognized';

/** RFC 9260 §16. */
const MAX_INIT_RETRANSMITS = 8;
const ASSOCIATION_MAX_RETRANS = 10;
const DEFAULT_MTU = 1200;
const DEFAULT_STREAMS = 1024;

/** A message as large as this is sent at most (RFC 8831 §6.6 without interleaving: what browsers announce). */
export const MAX_MESSAGE_OCTETS = 262_144;

/** `outStreams`, `inStreams`: as many as both ends have agreed to (RFC 9260 §5.1.1). */
type Peer = { tag: number; outbound: Outbound; inbound: Inbound; outStreams: number; inStreams: number };

/**
 * One end of an association (RFC 9260 §4): given packets, messages and the time, it answers with packets and events. It
 * has no clock: call `advance` when `nextTimerMs` has come. Both ends use the same port, as in WebRTC.
 */
export class Association {
  state: AssociationState = 'CLOSED';
  private readonly options: AssociationOptions;
  private peer: Peer | undefined;
  private cookie: Uint8Array | undefined;
  private controlTimerMs: number | undefined;
  private controlRtoMs = 1000;
  private unanswered = 0;
  private packets: SctpPacket[] = [];
  private events: AssociationEvent[] = [];

  constructor(options: AssociationOptions) {
    if (options.tag === 0) throw new SctpError('SCTP_TAG_ZERO', 0, 'tag 0', 'any other');
    this.options = options;
  }

  /** When `advance` is next wanted; undefined while nothing is awaited. */
  get nextTimerMs(): number | undefined {
    const data = this.peer?.outbound.timerExpiresMs;
    if (data === undefined || this.controlTimerMs === undefined) return data ?? this.controlTimerMs;
    return Math.min(data, this.controlTimerMs);
  }

  /** The windows of the sending half, once there is one. */
  get outbound(): Outbound | undefined {
    return this.peer?.outbound;
  }

  /** Sends INIT (§5.1 A). */
  open(nowMs: number): AssociationOutput {
    this.state = 'COOKIE-WAIT';
    this.controlRtoMs = 1000;
    this.sendControl(nowMs);
    return this.output();
  }

  /**
   * Hands a message over for sending.
   * @throws SctpError SCTP_NOT_ESTABLISHED, SCTP_STREAM_UNKNOWN, SCTP_MESSAGE_TOO_LONG, SCTP_SEND_BUFFER_FULL,
   *   SCTP_DATA_EMPTY
   */
  send(message: SctpMessage, nowMs: number, reliability?: PartialReliability): AssociationOutput {
    if (this.state !== 'ESTABLISHED' || !this.peer)
      throw new SctpError('SCTP_NOT_ESTABLISHED', 0, this.state, 'ESTABLISHED');
    const { outStreams } = this.peer;
    if (message.streamId >= outStreams)
      throw new SctpError('SCTP_STREAM_UNKNOWN', 0, `stream ${message.streamId}`, `0 to ${outStreams - 1}`);
    if (message.data.length > MAX_MESSAGE_OCTETS)
      throw new SctpError(
        'SCTP_MESSAGE_TOO_LONG',
        0,
        `${message.data.length} octets`,
        `${MAX_MESSAGE_OCTETS}`,
      );
    this.peer.outbound.enqueue(message, nowMs, reliability);
    this.sendData(nowMs);
    return this.output();
  }

  /** Ends the association once everything has arrived (§9.2). */
  shutdown(nowMs: number): AssociationOutput {
    if (this.state === 'ESTABLISHED') this.state = 'SHUTDOWN-PENDING';
    this.proceedShutdown(nowMs);
    return this.output();
  }

  /** Ends it at once (§9.1). */
  abort(): AssociationOutput {
    if (this.peer)
      this.put({
        kind: 'abort',
        tagReflected: false,
        causes: [{ type: CAUSE_CODES['User-Initiated Abort'], value: new Uint8Array() }],
      });
    this.end({ type: 'closed' });
    return this.output();
  }

  /** What a packet brings. One with a wrong verification tag is dropped (§8.5). */
  receive(packet: SctpPacket, nowMs: number): AssociationOutput {
    if (!this.isForUs(packet)) return this.output();
    this.unanswered = 0;
    let hasData = false;
    for (const chunk of packet.chunks) {
      hasData ||= chunk.kind === 'data' || chunk.kind === 'forward-tsn';
      this.handle(chunk, nowMs);
      if (endsPacket(chunk)) break;
    }
    if (this.peer && hasData) this.put(this.peer.inbound.sack());
    // Who has said that it has no more hears of each packet with data that this is so (§9.2).
    if (hasData && this.state === 'SHUTDOWN-SENT') this.sendControl(nowMs);
    if (this.state === 'ESTABLISHED' || this.state.startsWith('SHUTDOWN-')) this.sendData(nowMs);
    this.proceedShutdown(nowMs);
    return this.output();
  }

  /** Lets timers run out that are due. */
  advance(nowMs: number): AssociationOutput {
    const isDue = (atMs: number | undefined) => atMs !== undefined && atMs <= nowMs;
    const outbound = this.peer?.outbound;
    if (!isDue(this.controlTimerMs) && !isDue(outbound?.timerExpiresMs)) return this.output();
    const limit = this.peer ? ASSOCIATION_MAX_RETRANS : MAX_INIT_RETRANSMITS;
    if (++this.unanswered > limit) this.end({ type: 'lost' });
    else if (isDue(this.controlTimerMs)) {
      this.controlRtoMs = Math.min(60_000, this.controlRtoMs * 2);
      this.sendControl(nowMs);
    } else {
      outbound!.timeout();
      this.sendData(nowMs);
    }
    return this.output();
  }

  /** §8.5: INIT has no tag yet; a reflected one is the tag that the peer's packets would carry. */
  private isForUs({ verificationTag, chunks: [first] }: SctpPacket): boolean {
    if (first?.kind === 'init') return verificationTag === 0;
    const isReflected = first !== undefined && 'tagReflected' in first && first.tagReflected;
    return verificationTag === (isReflected ? this.peer?.tag : this.options.tag);
  }

  private get streams(): number {
    return this.options.streams ?? DEFAULT_STREAMS;
  }

  private handle(chunk: Chunk, nowMs: number): void {
    switch (chunk.kind) {
      case 'init':
        return this.answerInit(chunk, nowMs);
      case 'init-ack':
        return this.answerInitAck(chunk, nowMs);
      case 'cookie-echo':
        return this.answerCookie(chunk.cookie);
      case 'cookie-ack':
        if (this.state === 'COOKIE-ECHOED') this.establish();
        return;
      case 'data':
        return this.takeData(chunk);
      case 'forward-tsn':
        for (const message of this.peer?.inbound.forward(chunk.newCumulativeTsn, chunk.streams) ?? [])
          this.events.push({ type: 'message', message });
        return;
      case 'sack':
        this.peer?.outbound.acknowledge(chunk, nowMs);
        return;
      case 'heartbeat':
        return this.put({ kind: 'heartbeat-ack', params: chunk.params });
      case 'abort':
        return this.end({ type: 'aborted', cause: chunk.causes[0]?.type });
      case 'shutdown':
        return this.takeShutdown(chunk.cumulativeTsn, nowMs);
      case 'shutdown-ack':
        return this.answerShutdownAck();
      case 'shutdown-complete':
        if (this.state === 'SHUTDOWN-ACK-SENT') this.end({ type: 'closed' });
        return;
      case 'unknown': {
        const cause = causeOfChunk(chunk);
        if (cause && this.peer) this.put({ kind: 'error', tagReflected: false, causes: [cause] });
      }
    }
  }

  private takeData(chunk: DataChunk): void {
    try {
      const messages = this.peer?.inbound.receive(chunk) ?? [];
      // Acknowledged, told, and thrown away (§6.5).
      if (this.peer && chunk.streamId >= this.peer.inStreams)
        this.put({ kind: 'error', tagReflected: false, causes: [invalidStream(chunk.streamId)] });
      else for (const message of messages) this.events.push({ type: 'message', message });
    } catch (error) {
      if (!(error instanceof SctpError)) throw error;
      const cause = CAUSE_CODES['Protocol Violation'];
      this.put({ kind: 'abort', tagReflected: false, causes: [{ type: cause, value: new Uint8Array() }] });
      this.end({ type: 'aborted', cause });
    }
  }

  /** §5.1 B: everything that must be known goes into the cookie, and nothing is kept. */
  private answerInit(init: InitChunk, nowMs: number): void {
    // Its end was not heard of, or it would not begin again (§9.2).
    if (this.state === 'SHUTDOWN-ACK-SENT') return this.sendControl(nowMs);
    if (this.state === 'ESTABLISHED' || this.state.startsWith('SHUTDOWN-')) return;
    const cookie = writeCookie({
      ownTag: this.options.tag,
      ownInitialTsn: this.options.initialTsn,
      peerTag: init.initiateTag,
      peerInitialTsn: init.initialTsn,
      peerRwndBytes: init.aRwnd,
      outStreams: Math.min(this.streams, init.inStreams),
      inStreams: Math.min(this.streams, init.outStreams),
    });
    const answer = this.initChunk('init-ack', [
      { type: PARAMETER_TYPES['State Cookie'], value: cookie },
      ...reportsOfParameters(init.params),
    ]);
    this.put(answer, init.initiateTag);
  }

  /** §5.1 C */
  private answerInitAck(ack: InitChunk, nowMs: number): void {
    if (this.state !== 'COOKIE-WAIT') return;
    this.cookie = ack.params.find(({ type }) => type === PARAMETER_TYPES['State Cookie'])?.value;
    if (!this.cookie) return;
    this.meet({
      peerTag: ack.initiateTag,
      peerInitialTsn: ack.initialTsn,
      peerRwndBytes: ack.aRwnd,
      outStreams: Math.min(this.streams, ack.inStreams),
      inStreams: Math.min(this.streams, ack.outStreams),
    });
    this.state = 'COOKIE-ECHOED';
    this.controlRtoMs = 1000;
    this.sendControl(nowMs);
  }

  /** §5.1 D; a cookie that comes again is answered again, and changes nothing. */
  private answerCookie(cookie: Uint8Array): void {
    const contents: CookieContents | undefined = readCookie(cookie);
    if (contents?.ownTag !== this.options.tag) return;
    if (!this.peer) this.meet(contents);
    if (this.state === 'CLOSED' || this.state.startsWith('COOKIE-')) this.establish();
    this.put({ kind: 'cookie-ack', tagReflected: false });
  }

  private meet(contents: Omit<CookieContents, 'ownTag' | 'ownInitialTsn'>): void {
    const { peerTag, peerInitialTsn, peerRwndBytes, outStreams, inStreams } = contents;
    const { sendBufferOctets, receiveBufferOctets, mtuBytes = DEFAULT_MTU } = this.options;
    this.peer = {
      tag: peerTag,
      outStreams,
      inStreams,
      inbound: new Inbound(peerInitialTsn, receiveBufferOctets),
      outbound: new Outbound({
        initialTsn: this.options.initialTsn,
        mtuBytes,
        peerRwndBytes,
        ...(sendBufferOctets === undefined ? {} : { bufferOctets: sendBufferOctets }),
      }),
    };
  }

  private establish(): void {
    this.state = 'ESTABLISHED';
    this.controlTimerMs = undefined;
    this.events.push({ type: 'established' });
  }

  /** §9.2: SHUTDOWN once everything of ours has arrived, SHUTDOWN ACK once the peer has asked. */
  private proceedShutdown(nowMs: number): void {
    if (!this.peer?.outbound.isEmpty) return;
    if (this.state === 'SHUTDOWN-PENDING') this.state = 'SHUTDOWN-SENT';
    else if (this.state === 'SHUTDOWN-RECEIVED') this.state = 'SHUTDOWN-ACK-SENT';
    else return;
    this.controlRtoMs = 1000;
    this.sendControl(nowMs);
  }

  /** §9.2: what the peer has is acknowledged; who has sent SHUTDOWN too goes on at once, or both would wait for ever. */
  private takeShutdown(cumulativeTsn: number, nowMs: number): void {
    this.peer?.outbound.acknowledge({ cumulativeTsn }, nowMs);
    if (this.state === 'ESTABLISHED' || this.state === 'SHUTDOWN-PENDING') this.state = 'SHUTDOWN-RECEIVED';
    else if (this.state === 'SHUTDOWN-SENT') {
      this.state = 'SHUTDOWN-ACK-SENT';
      this.controlRtoMs = 1000;
      this.sendControl(nowMs);
    }
  }

  /** §9.2; one that comes after the end is answered with the tag that it came with (§8.4). */
  private answerShutdownAck(): void {
    const tagReflected = this.peer === undefined;
    if (!tagReflected && this.state !== 'SHUTDOWN-SENT' && this.state !== 'SHUTDOWN-ACK-SENT') return;
    this.put({ kind: 'shutdown-complete', tagReflected }, this.peer?.tag ?? this.options.tag);
    if (!tagReflected) this.end({ type: 'closed' });
  }

  /** Sends, or sends again, what the present state waits for an answer to. */
  private sendControl(nowMs: number): void {
    if (this.state === 'COOKIE-WAIT') this.put(this.initChunk('init', []), 0);
    else if (this.state === 'COOKIE-ECHOED') this.put({ kind: 'cookie-echo', cookie: this.cookie! });
    else if (this.state === 'SHUTDOWN-SENT')
      this.put({ kind: 'shutdown', cumulativeTsn: this.peer!.inbound.cumulativeTsn });
    else if (this.state === 'SHUTDOWN-ACK-SENT') this.put({ kind: 'shutdown-ack', tagReflected: false });
    this.controlTimerMs = nowMs + this.controlRtoMs;
  }

  private initChunk(kind: InitChunk['kind'], params: InitChunk['params']): InitChunk {
    return {
      kind,
      initiateTag: this.options.tag,
      aRwnd: this.options.receiveBufferOctets ?? 1_048_576,
      outStreams: this.streams,
      inStreams: this.streams,
      initialTsn: this.options.initialTsn,
      params: [{ type: PARAMETER_TYPES['Forward-TSN-Supported'], value: new Uint8Array() }, ...params],
    };
  }

  private sendData(nowMs: number): void {
    for (const chunks of this.peer?.outbound.packetsToSend(nowMs) ?? [])
      this.packets.push(this.packet(chunks));
  }

  private put(chunk: Chunk, tag = this.peer?.tag ?? 0): void {
    this.packets.push({ ...this.packet([chunk]), verificationTag: tag });
  }

  private packet(chunks: Chunk[]): SctpPacket {
    const { port } = this.options;
    return { sourcePort: port, destinationPort: port, verificationTag: this.peer?.tag ?? 0, chunks };
  }

  private end(event: AssociationEvent): void {
    this.state = 'CLOSED';
    this.peer = undefined;
    this.controlTimerMs = undefined;
    this.events.push(event);
  }

  private output(): AssociationOutput {
    const output = { packets: this.packets, events: this.events };
    [this.packets, this.events] = [[], []];
    return output;
  }
}
