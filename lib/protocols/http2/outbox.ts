import { encodeFrame } from './encode-frame';
import { FlowWindow } from './flow-window';
import type { Http2Frame } from './frame';
import { pickByPriority } from './priority';
import { DEFAULT_SETTINGS } from './settings';
import type { Http2Stream } from './stream';
import type { StreamTable } from './stream-table';

/** Octets of content that may wait for the peer's credit, on all streams of a connection together. */
export const MAX_WAITING_OCTETS = 16_777_216;

/** What waits to be sent: frames as they were made, and content that waits for credit (RFC 9113 §5.2). */
export class Outbox {
  /** The connection's window. */
  readonly window = new FlowWindow(DEFAULT_SETTINGS.initialWindowSize);
  /** Octets made and not yet taken. */
  pendingOctets = 0;
  private readonly streams: StreamTable;
  private readonly maxFrameSize: () => number;
  private pending: Uint8Array[] = [];
  private waitingOctets = 0;
  private lastSent = 0;

  constructor(streams: StreamTable, maxFrameSize: () => number) {
    this.streams = streams;
    this.maxFrameSize = maxFrameSize;
  }

  write(octets: Uint8Array): void {
    this.pending.push(octets);
    this.pendingOctets += octets.length;
  }

  send(frame: Http2Frame): void {
    this.write(encodeFrame(frame));
  }

  /** HEADERS and as many CONTINUATION frames as the peer's frame size asks for (§4.3). */
  sendFieldBlock(streamId: number, block: Uint8Array, endStream: boolean): void {
    const size = this.maxFrameSize();
    for (let at = 0; at === 0 || at < block.length; at += size) {
      const fragment = block.subarray(at, at + size);
      const endHeaders = at + size >= block.length;
      if (at === 0) this.send({ type: 'HEADERS', streamId, endStream, endHeaders, fragment });
      else this.send({ type: 'CONTINUATION', streamId, endHeaders, fragment });
    }
  }

  /** Content goes as soon as there is credit. @throws RangeError when more than MAX_WAITING_OCTETS would wait */
  sendContent(stream: Http2Stream, data: Uint8Array): void {
    if (this.waitingOctets + data.length > MAX_WAITING_OCTETS)
      throw new RangeError(`${this.waitingOctets} octets wait already; ${MAX_WAITING_OCTETS} may`);
    // Nothing is not worth a place in a queue.
    if (data.length > 0 || stream.outgoing.length === 0) stream.outgoing.push(data);
    this.waitingOctets += data.length;
  }

  /** What still waits on a stream that has ended is not sent. */
  drop(stream: Http2Stream): void {
    for (const { length } of stream.outgoing.splice(0)) this.waitingOctets -= length;
  }

  /** Sends what credit allows, the most urgent first (RFC 9218 §10). */
  flush(): void {
    for (;;) {
      const ready = [...this.streams.live()].filter((stream) => this.isReady(stream));
      const stream = pickByPriority(ready, this.lastSent);
      if (!stream) return;
      this.sendPart(stream);
      this.lastSent = stream.id;
    }
  }

  take(): Uint8Array {
    const octets = new Uint8Array(this.pendingOctets);
    let at = 0;
    for (const part of this.pending) {
      octets.set(part, at);
      at += part.length;
    }
    this.pending = [];
    this.pendingOctets = 0;
    return octets;
  }

  private isReady({ outgoing, sendWindow }: Http2Stream): boolean {
    const [first] = outgoing;
    if (!first) return false;
    return first.length === 0 || (sendWindow.available > 0 && this.window.available > 0);
  }

  /** One DATA frame. */
  private sendPart(stream: Http2Stream): void {
    const first = stream.outgoing[0]!;
    const size = Math.min(first.length, this.maxFrameSize(), ...windowsOf(first, stream, this.window));
    const data = first.subarray(0, size);
    stream.sendWindow.spend(size);
    this.window.spend(size);
    this.waitingOctets -= size;
    if (size === first.length) stream.outgoing.shift();
    else stream.outgoing[0] = first.subarray(size);
    const endStream = stream.endsAfterOutgoing && stream.outgoing.length === 0;
    this.send({ type: 'DATA', streamId: stream.id, endStream, data });
    if (endStream) stream.step('send END_STREAM');
  }
}

/** An empty frame needs no credit, not even where the window is negative (RFC 9113 §6.9.1). */
function windowsOf({ length }: Uint8Array, stream: Http2Stream, connection: FlowWindow): number[] {
  return length === 0 ? [] : [stream.sendWindow.available, connection.available];
}
