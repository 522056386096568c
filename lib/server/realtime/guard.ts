import type { WebSocket } from 'ws';
import { createTokenBuckets } from '../rate-limit/token-bucket';
import type { LiveEndpoint } from './endpoint';

/** A peer that has not answered the last ping when the next is due is gone. */
const PING_EVERY_MS = 30_000;
/** A peer that does not read what it asked for is cut off. */
const MAX_BUFFERED_BYTES = 1_048_576;

/** Holds a connection to its endpoint's limits. */
export function guardConnection(socket: WebSocket, endpoint: LiveEndpoint): void {
  const bucket = createTokenBuckets({ ...endpoint.messages, maxKeys: 1 });
  let heard = true;
  const heartbeat = setInterval(() => {
    if (!heard) return socket.terminate();
    heard = false;
    socket.ping();
  }, PING_EVERY_MS);
  const lifetime = setTimeout(() => socket.close(1000, 'the time is over'), endpoint.lifetimeMs);
  const count = () => {
    heard = true;
    if (bucket.take('', performance.now()) > 0) socket.close(1008, 'too many messages');
    if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate();
  };
  // Pings count: each makes us answer.
  socket.on('message', count).on('ping', count);
  socket.on('pong', () => (heard = true));
  // What it broke is in the Close frame that ws has sent; there is nothing more to do about it.
  socket.on('error', () => undefined);
  socket.once('close', () => {
    clearInterval(heartbeat);
    clearTimeout(lifetime);
  });
}
