import {
  meddle,
  otherPeer,
  type Fault,
  type MediaKind,
  type PeerId,
  type Signal,
} from '@/lib/protocols/webrtc';
import { createLivePeer, type LiveNote, type LivePeer, type LiveView } from './live-peer';
import type { LiveMedia } from './live-media';

export type PageCallScript = {
  kinds: readonly MediaKind[];
  trickle: boolean;
  fault: Fault;
  /** Names of lost signals, as in our engine: `ada candidate 1`. */
  lost: readonly string[];
  signalingDelayMs: number;
  polite: Readonly<Record<PeerId, boolean>>;
  /** Ben calls as well, so much later than Ada. */
  secondAfterMs?: number;
  /** Ada's doing once both are connected. */
  change?: 'add-video' | 'hold' | 'restart-ice';
};

export type PageCallListener = {
  note(note: LiveNote): void;
  onViews(views: Readonly<Record<PeerId, LiveView>>): void;
  onHeard(peer: PeerId, text: string): void;
};

export type PageCall = {
  packetsReceived(): Promise<Record<PeerId, number>>;
  close(): void;
};

/** Both peers in one page, with a signaling channel between them that is a timer and a fault. */
export function startPageCall(
  script: PageCallScript,
  media: LiveMedia,
  listener: PageCallListener,
): PageCall {
  const startMs = performance.now();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const counts = new Map<string, number>();
  let hasChanged = false;
  let isClosed = false;
  const after = (delayMs: number, action: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      action();
    }, delayMs);
    timers.add(timer);
  };
  const note = (peer: PeerId, key: string, values?: LiveNote['values']) => {
    if (!isClosed) listener.note({ atMs: performance.now() - startMs, peer, key, ...(values && { values }) });
  };
  const carry = (from: PeerId, signal: Signal) => {
    const kind = `${from} ${signal.type}`;
    const n = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, n);
    const arriving = script.lost.includes(`${kind} ${n}`) ? null : meddle(script.fault, from, signal);
    const fate = arriving === null ? 'lost' : arriving === signal ? 'sent' : 'changed';
    note(from, `live.signals.${fate}`, { type: signal.type });
    if (arriving) after(script.signalingDelayMs, () => peers[otherPeer(from)].receive(arriving));
  };
  const create = (id: PeerId): LivePeer =>
    createLivePeer({
      ...{ id, polite: script.polite[id], trickle: script.trickle, kinds: script.kinds, media },
      send: (signal) => carry(id, signal),
      note: (key, values) => note(id, key, values),
      onChange: () => look(),
      onHeard: (text) => listener.onHeard(id, text),
    });
  const look = () => {
    if (isClosed) return;
    listener.onViews({ ada: peers.ada.view, ben: peers.ben.view });
    const isUp = [peers.ada, peers.ben].every(({ view }) => view.connectionState === 'connected');
    if (!isUp || hasChanged) return;
    hasChanged = true;
    for (const id of ['ada', 'ben'] as const) peers[id].say(id);
    const { change } = script;
    if (change) after(300, () => peers.ada.change(change));
  };
  const peers: Record<PeerId, LivePeer> = { ada: create('ada'), ben: create('ben') };
  // DTLS has no event on the connection itself.
  const watch = setInterval(look, 250);
  peers.ada.call();
  if (script.secondAfterMs !== undefined) {
    after(script.secondAfterMs, () => {
      if (peers.ben.connection.currentLocalDescription === null) peers.ben.call();
    });
  }
  return {
    packetsReceived: async () => ({
      ada: await peers.ada.packetsReceived(),
      ben: await peers.ben.packetsReceived(),
    }),
    close() {
      isClosed = true;
      clearInterval(watch);
      for (const timer of timers) clearTimeout(timer);
      peers.ada.close();
      peers.ben.close();
    },
  };
}
