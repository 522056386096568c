import {
  readFromSignaling,
  type FromSignaling,
  type SignalingRefusal,
  type ToSignaling,
} from './signaling-messages';
import type { Signal } from '@/lib/protocols/webrtc';

export type SignalingListener = {
  /** The room is open; the code goes to the other by whatever way people have. */
  onCode(code: string): void;
  /** Both seats are taken. */
  onBoth(): void;
  onSignal(signal: Signal): void;
  /** Refused, left by the other, or cut off. */
  onEnd(reason: SignalingRefusal | 'left' | 'cut'): void;
};

export type SignalingRoom = { send(signal: Signal): void; close(): void };

/** Takes a seat in a room of the app's own server: opens one, or joins by its code. `origin` as `http://…`. */
export function enterRoom(origin: string, code: string | null, listener: SignalingListener): SignalingRoom {
  const url = new URL('/live/signaling', origin);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url);
  let isOver = false;
  const end = (reason: SignalingRefusal | 'left' | 'cut') => {
    if (isOver) return;
    isOver = true;
    socket.close();
    listener.onEnd(reason);
  };
  const say = (message: ToSignaling) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };
  const hear = (message: FromSignaling) => {
    switch (message.type) {
      case 'signaling:opened':
        return listener.onCode(message.code);
      case 'signaling:joined':
      case 'signaling:peer-joined':
        return listener.onBoth();
      case 'signaling:received':
        // A stranger wrote it; what is no signal is dropped.
        return isSignal(message.signal) ? listener.onSignal(message.signal) : undefined;
      case 'signaling:peer-left':
        return end('left');
      case 'signaling:refused':
        return end(message.reason);
    }
  };
  socket.onopen = () =>
    say(code === null ? { v: 1, type: 'signaling:open' } : { v: 1, type: 'signaling:join', code });
  socket.onmessage = ({ data }) => {
    const message = typeof data === 'string' ? readFromSignaling(data) : undefined;
    if (message && !isOver) hear(message);
  };
  socket.onclose = () => end('cut');
  return {
    send: (signal) => say({ v: 1, type: 'signaling:send', signal }),
    close() {
      isOver = true;
      socket.close();
    },
  };
}

function isSignal(value: unknown): value is Signal {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  const { type, sdp, candidate, sdpMid, usernameFragment } = value as Record<string, unknown>;
  if (type === 'offer' || type === 'answer') return typeof sdp === 'string';
  const isTextOrNull = (it: unknown) => it === null || typeof it === 'string';
  return (
    type === 'candidate' &&
    typeof candidate === 'string' &&
    isTextOrNull(sdpMid) &&
    isTextOrNull(usernameFragment)
  );
}
