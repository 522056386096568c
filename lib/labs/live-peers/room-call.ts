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
import { enterRoom } from './signaling-client';
import type { SignalingRefusal } from './signaling-messages';

export type RoomCallOptions = {
  origin: string;
  /** null opens a room and makes this end Ada; a code joins one, as Ben. */
  code: string | null;
  kinds: readonly MediaKind[];
  trickle: boolean;
  /** Done by Ada's page to what passes in either direction: she is the channel. */
  fault: Fault;
};

export type RoomCallListener = {
  onCode(code: string): void;
  note(note: LiveNote): void;
  onView(view: LiveView): void;
  onHeard(text: string): void;
  onEnd(reason: SignalingRefusal | 'left' | 'cut'): void;
};

export type RoomCall = {
  peer: PeerId;
  say(text: string): void;
  packetsReceived(): Promise<number>;
  close(): void;
};

/** One end of a call whose other end is another tab or another machine, over the app's own signaling. */
export function startRoomCall(
  options: RoomCallOptions,
  media: LiveMedia,
  listener: RoomCallListener,
): RoomCall {
  const { origin, code, fault } = options;
  const id: PeerId = code === null ? 'ada' : 'ben';
  const startMs = performance.now();
  let peer: LivePeer | undefined;
  let isClosed = false;
  const note = (key: string, values?: LiveNote['values']) => {
    if (!isClosed)
      listener.note({ atMs: performance.now() - startMs, peer: id, key, ...(values && { values }) });
  };
  const passing = (from: PeerId, signal: Signal): Signal | null => {
    const arriving = id === 'ada' ? meddle(fault, from, signal) : signal;
    const fate =
      arriving === null ? 'lost' : arriving === signal ? (from === id ? 'sent' : 'came') : 'changed';
    note(`live.signals.${fate}`, { type: signal.type });
    return arriving;
  };
  const room = enterRoom(origin, code, {
    onCode: (created) => listener.onCode(created),
    onBoth() {
      note('live.both-here');
      peer = createLivePeer({
        ...{ id, polite: id === 'ben', trickle: options.trickle, kinds: options.kinds, media },
        send(signal) {
          const arriving = passing(id, signal);
          if (arriving) room.send(arriving);
        },
        note,
        onChange: look,
        onHeard: (text) => listener.onHeard(text),
      });
      if (id === 'ada') peer.call();
    },
    onSignal(signal) {
      const arriving = passing(otherPeer(id), signal);
      if (arriving) peer?.receive(arriving);
    },
    onEnd(reason) {
      // The channel is only needed until the two have found each other.
      listener.onEnd(reason);
    },
  });
  function look() {
    if (peer && !isClosed) listener.onView(peer.view);
  }
  const watch = setInterval(look, 250);
  return {
    peer: id,
    say: (text) => peer?.say(text),
    packetsReceived: async () => (await peer?.packetsReceived()) ?? 0,
    close() {
      isClosed = true;
      clearInterval(watch);
      peer?.close();
      room.close();
    },
  };
}
