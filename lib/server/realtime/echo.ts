import type { LiveEndpoint } from './endpoint';

/** Sends every message back as it came: for labs that show a real WebSocket. */
export const echo: LiveEndpoint = {
  maxMessageBytes: 65_536,
  messages: { burst: 40, perSecond: 20 },
  lifetimeMs: 10 * 60_000,
  connectionsPerAddress: 400,
  open(socket) {
    socket.on('message', (data, binary) => socket.send(data, { binary }, () => undefined));
  },
};
