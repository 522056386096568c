import type { Priority } from './priority';
import { Http2Stream } from './stream';

/** Closed streams that are remembered, so that a late frame can be told from a wrong one. */
const MAX_CLOSED = 1_000;

/** The streams of a connection: clients open odd ones, servers even ones, each higher than the last (RFC 9113 §5.1.1). */
export class StreamTable {
  /** The highest that the peer opened; what GOAWAY names. */
  lastPeerStreamId = 0;
  /** What the peer's GOAWAY said: the highest of our streams that it takes (§6.8). */
  ownEndAt: number | undefined;
  /** What our own GOAWAY said: the peer's streams above it are passed over. */
  peerEndsAt = Infinity;
  /** Priorities of streams that the peer will open (RFC 9218 §7.1). */
  readonly early = new Map<number, Priority>();
  private readonly byId = new Map<number, Http2Stream>();
  private readonly windows: () => { send: number; receive: number };
  private nextOwnId: number;

  constructor(role: 'client' | 'server', windows: () => { send: number; receive: number }) {
    this.windows = windows;
    this.nextOwnId = role === 'client' ? 1 : 2;
  }

  get(id: number): Http2Stream | undefined {
    return this.byId.get(id);
  }

  /** Could this end have opened it? */
  isOwn(id: number): boolean {
    return id % 2 === this.nextOwnId % 2;
  }

  /** Never used by anyone, and still to be used. */
  isIdle(id: number): boolean {
    return this.isOwn(id) ? id >= this.nextOwnId : id > this.lastPeerStreamId;
  }

  openOwn(): Http2Stream {
    const id = this.nextOwnId;
    this.nextOwnId += 2;
    return this.add(id);
  }

  openPeer(id: number): Http2Stream {
    this.lastPeerStreamId = id;
    return this.add(id);
  }

  /** What was foretold for a stream that opens now. Those with lower ids can open no more (§5.1.1). */
  takeEarlyPriority(id: number): Priority | undefined {
    const priority = this.early.get(id);
    for (const earlier of this.early.keys()) if (earlier <= id) this.early.delete(earlier);
    return priority;
  }

  countOwn(): number {
    return this.count((id) => this.isOwn(id));
  }

  countPeer(): number {
    return this.count((id) => !this.isOwn(id));
  }

  /** Those that are not closed. */
  *live(): Generator<Http2Stream> {
    for (const stream of this.byId.values()) if (stream.state !== 'closed') yield stream;
  }

  private add(id: number): Http2Stream {
    const stream = new Http2Stream(id, this.windows());
    this.byId.set(id, stream);
    if (this.byId.size > MAX_CLOSED) this.forget();
    return stream;
  }

  private count(which: (id: number) => boolean): number {
    let count = 0;
    for (const { id, isActive } of this.byId.values()) if (isActive && which(id)) count++;
    return count;
  }

  /** Half of the closed ones, the oldest. */
  private forget(): void {
    let left = MAX_CLOSED / 2;
    for (const { id, state } of this.byId.values()) {
      if (state !== 'closed') continue;
      this.byId.delete(id);
      if (--left === 0) return;
    }
  }
}
