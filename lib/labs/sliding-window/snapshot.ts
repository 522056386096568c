import type { ExchangeTrace, WindowSample } from '@/lib/protocols/tcp';

/** Where both ends stand. All in octets of the stream: 0 is the first octet that was written. */
export type Snapshot = {
  /** Octets that the sending application has written so far. */
  written: number;
  sndUna: number;
  sndNxt: number;
  sndWnd: number;
  rcvNxt: number;
  rcvWnd: number;
  /** In the receiver's buffer, not read. */
  unread: number;
};

export type Origin = { firstSeq: number; snapshot: Snapshot };

/** Both ends as the handshake left them, before the first write; and the stream's first sequence number. */
export function startSnapshot(trace: ExchangeTrace, startMs: number): Origin {
  const lastBefore = (endpoint: 'client' | 'server') =>
    trace.windows.findLast((sample) => sample.endpoint === endpoint && sample.timeMs < startMs);
  const client = lastBefore('client');
  const server = lastBefore('server');
  const firstSeq = client?.sndUna ?? 0;
  return {
    firstSeq,
    snapshot: {
      written: 0,
      sndUna: 0,
      sndNxt: 0,
      sndWnd: client?.sndWnd ?? 0,
      rcvNxt: 0,
      rcvWnd: server?.rcvWnd ?? 0,
      unread: 0,
    },
  };
}

/** `snapshot` with what a sample of one end says. */
export function snapshotAfter(snapshot: Snapshot, sample: WindowSample, firstSeq: number): Snapshot {
  if (sample.endpoint === 'client') {
    const sndNxt = sample.sndNxt - firstSeq;
    return {
      ...snapshot,
      sndUna: sample.sndUna - firstSeq,
      sndNxt,
      sndWnd: sample.sndWnd,
      written: sndNxt + sample.unsent,
    };
  }
  return { ...snapshot, rcvNxt: sample.rcvNxt - firstSeq, rcvWnd: sample.rcvWnd, unread: sample.unread };
}
