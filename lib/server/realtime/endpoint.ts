import type { WebSocket } from 'ws';

/** Who is at the other end; there is no learner here, for the door reads no cookie. */
export type LivePeer = {
  /** The peer's IP address, for limits; behind a trusted proxy the one that it names. */
  address: string;
  /** The query of the address that was asked for. */
  query: URLSearchParams;
};

/** What answers at `/live/<name>` on the app's own port, by WebSocket. */
export type LiveEndpoint = {
  /** Longest message in octets; a longer one ends the connection with 1009. */
  maxMessageBytes: number;
  /** Messages that a connection may send at once, and each second after that; more ends it with 1008. */
  messages: { burst: number; perSecond: number };
  /** A connection is closed (1000) after this, however busy. */
  lifetimeMs: number;
  /** At a time; a class of two hundred may sit behind one address. */
  connectionsPerAddress: number;
  /**
   * A connection that passed the door stands. The limits above hold already, and so do ping, error and the close at
   * the server's end: listen to `message` and `close`.
   */
  open(socket: WebSocket, peer: LivePeer): void;
};
