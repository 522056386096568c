/**
 * What comes back when a lab's octets are sent to a real peer: one of three servers that are not ours to explain
 * away, on the app's own loopback (lib/server/wire). Shared by the server, which fills it in, and by labs, which
 * read it. Plain data: `encodeAnswer` makes JSON of it.
 */

/**
 * `http1`: Node's HTTP/1.1 server (llhttp). `http2`: Node's HTTP/2 server (nghttp2), cleartext with prior knowledge.
 * `websocket`: the package ws behind Node's HTTP/1.1 server; it echoes messages, and speaks WIRE_SUBPROTOCOLS.
 */
export type WirePeer = 'http1' | 'http2' | 'websocket';

export const WIRE_PEERS = ['http1', 'http2', 'websocket'] as const satisfies readonly WirePeer[];

/** Subprotocols that the websocket peer accepts; of an offer without one of them it selects none. */
export const WIRE_SUBPROTOCOLS: readonly string[] = ['chat', 'superchat'];

/** At most so many octets each way. */
export const WIRE_MAX_OCTETS = 65_536;
/** At most so many parts, each of which waits for the answer to the one before. */
export const WIRE_MAX_PARTS = 16;
/** A run ends after this, whatever the peer does. */
export const WIRE_DEADLINE_MS = 2_000;

/** Octets as they arrived; `atMs` counts from the moment that the connection stood. */
export type WireChunk = { atMs: number; octets: Uint8Array };

/** A field of a message's head as the peer's own decoder gave it, in its order. */
export type WireField = { name: string; value: string; sensitive?: true };

/** What the peer's own API reported: not what we think it read. */
export type WireEvent = { atMs: number } & (
  | { type: 'request'; method: string; target: string; version: string; fields: readonly WireField[] }
  /** HTTP/2: a field section that opened a stream; nghttp2 does not report one that it refused. */
  | { type: 'headers'; stream: number; fields: readonly WireField[]; endStream: boolean }
  | { type: 'trailers'; stream: number; fields: readonly WireField[] }
  /** Octets of a body; `stream` in HTTP/2 only. */
  | { type: 'body'; octets: Uint8Array; stream?: number }
  | { type: 'settings'; settings: Readonly<Record<string, number | boolean>> }
  | { type: 'ping' | 'pong'; octets: Uint8Array }
  /** HTTP/2: a stream ended by RST_STREAM with this error code, whoever sent it. */
  | { type: 'stream-reset'; stream: number; code: number }
  /** HTTP/2: the GOAWAY that we sent, as the peer read it. */
  | { type: 'goaway'; code: number; lastStream: number }
  /** WebSocket: the handshake succeeded. */
  | { type: 'open'; protocol: string; extensions: string }
  | { type: 'message'; binary: boolean; octets: Uint8Array }
  | { type: 'close'; code: number; reason: string }
  /** The peer's stable error code: `HPE_INVALID_METHOD`, `WS_ERR_INVALID_UTF8`, `ERR_HTTP2_ERROR` … */
  | { type: 'error'; code: string }
);

export type WireAnswer = {
  peer: WirePeer;
  /** What the peer sent, as it came. */
  received: readonly WireChunk[];
  /** What the peer's API said it understood, in order. */
  understood: readonly WireEvent[];
  /** `wire`: the peer kept the connection open, and we ended the run. */
  closedBy: 'peer' | 'wire';
  /**
   * Peer: it closed in order (`fin`) or cut the connection (`reset`). Wire: nothing more came (`quiet`), two seconds
   * were over (`deadline`), or more came than a run may carry (`limit`).
   */
  closeReason: 'fin' | 'reset' | 'quiet' | 'deadline' | 'limit';
};

/** All octets that the peer sent, in one piece: what a reading's spans point into. */
export function receivedOctets(answer: WireAnswer): Uint8Array {
  const length = answer.received.reduce((sum, { octets }) => sum + octets.length, 0);
  const joined = new Uint8Array(length);
  let at = 0;
  for (const { octets } of answer.received) {
    joined.set(octets, at);
    at += octets.length;
  }
  return joined;
}
