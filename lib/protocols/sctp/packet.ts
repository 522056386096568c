/** A parameter of INIT, or an error cause: type, length, value (RFC 9260 §3.2.1). `value` without its padding. */
export type Parameter = { type: number; value: Uint8Array };

/** A part of a user message, or all of it (RFC 9260 §3.3.1). */
export type DataChunk = {
  kind: 'data';
  /** To be acknowledged at once (RFC 7053). */
  immediate: boolean;
  unordered: boolean;
  /** First part of a message, last part of one; both for a whole message. */
  begin: boolean;
  end: boolean;
  tsn: number;
  streamId: number;
  streamSeq: number;
  /** Payload protocol identifier; SCTP carries it and does not look at it. */
  ppid: number;
  userData: Uint8Array;
};

/** INIT and INIT ACK (RFC 9260 §3.3.2, §3.3.3). */
export type InitChunk = {
  kind: 'init' | 'init-ack';
  initiateTag: number;
  /** Advertised receiver window credit, octets. */
  aRwnd: number;
  outStreams: number;
  inStreams: number;
  initialTsn: number;
  params: Parameter[];
};

/** TSNs that arrived beyond a gap, as distances from the cumulative TSN (RFC 9260 §3.3.4). */
export type GapBlock = { start: number; end: number };

/** What has arrived: up to a TSN, and beyond gaps (RFC 9260 §3.3.4). */
export type SackChunk = {
  kind: 'sack';
  cumulativeTsn: number;
  aRwnd: number;
  gapBlocks: GapBlock[];
  duplicateTsns: number[];
};

/** HEARTBEAT and its answer; `info` goes there and back unread (RFC 9260 §3.3.5, §3.3.6). */
export type HeartbeatChunk = { kind: 'heartbeat' | 'heartbeat-ack'; params: Parameter[] };

/** ABORT and ERROR with their causes (RFC 9260 §3.3.7, §3.3.10). `tagReflected`: the T bit of ABORT. */
export type ErrorChunk = { kind: 'abort' | 'error'; tagReflected: boolean; causes: Parameter[] };

/** The cookie of the INIT ACK, sent back (RFC 9260 §3.3.11). */
export type CookieEchoChunk = { kind: 'cookie-echo'; cookie: Uint8Array };

/** No more data will be sent; what has arrived so far (RFC 9260 §3.3.8). */
export type ShutdownChunk = { kind: 'shutdown'; cumulativeTsn: number };

/** Chunks that say everything by being there. */
export type BareChunk = {
  kind: 'cookie-ack' | 'shutdown-ack' | 'shutdown-complete';
  /** The T bit of SHUTDOWN COMPLETE. */
  tagReflected: boolean;
};

/** Gives messages up: all TSNs up to here count as received (RFC 3758 §3.2). */
export type ForwardTsnChunk = {
  kind: 'forward-tsn';
  newCumulativeTsn: number;
  /** Ordered streams in which something was given up, with the last number given up. */
  streams: { streamId: number; streamSeq: number }[];
};

/** A chunk of any other type, as octets. */
export type UnknownChunk = { kind: 'unknown'; type: number; flags: number; value: Uint8Array };

/** Any chunk; `kind` says which (RFC 9260 §3.3). */
export type Chunk =
  | DataChunk
  | InitChunk
  | SackChunk
  | HeartbeatChunk
  | ErrorChunk
  | CookieEchoChunk
  | ShutdownChunk
  | BareChunk
  | ForwardTsnChunk
  | UnknownChunk;

/** An SCTP packet: the common header and its chunks (RFC 9260 §3). */
export type SctpPacket = {
  sourcePort: number;
  destinationPort: number;
  verificationTag: number;
  chunks: Chunk[];
};

/** Octets of the common header (RFC 9260 §3.1) and of a chunk's (§3.2). */
export const COMMON_HEADER_OCTETS = 12;
export const CHUNK_HEADER_OCTETS = 4;

/** Octets of a packet that is read at most: what UDP and DTLS can carry. */
export const MAX_PACKET_OCTETS = 65_535;
