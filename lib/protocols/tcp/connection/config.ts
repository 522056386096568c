/** What can be set at one end of a connection. All of it is plain JSON. */
export type ConnectionConfig = {
  /** F() of RFC 9293 §3.4.1: the first ISS is this, moved on by the clock. */
  initialSequenceNumber: number;
  /** The ISN clock: 250 a millisecond is the RFC's "every 4 microseconds"; 0 stops it. */
  isnTicksPerMs: number;
  /** What this end announces as the largest segment that it takes, in octets. */
  mss: number;
  /** Room for data that has arrived in order and was not read yet, in octets. */
  receiveBufferOctets: number;
  /** Room for data that was sent or waits; a SEND beyond it is refused. */
  sendBufferOctets: number;
  /** The shift to announce, 0 to 14; null: do not offer window scaling (RFC 7323). */
  windowScale: number | null;
  nagle: boolean;
  delayedAck: boolean;
  delayedAckMs: number;
  senderSillyWindowAvoidance: boolean;
  receiverSillyWindowAvoidance: boolean;
  fastRetransmit: boolean;
  /** How long the sender waits before it sends a small segment after all (RFC 9293: 0.1 to 1 s). */
  overrideTimeoutMs: number;
  initialRtoMs: number;
  minRtoMs: number;
  maxRtoMs: number;
  /** Retransmissions of a SYN, and of anything else, before the connection is given up. */
  synRetries: number;
  dataRetries: number;
  /** TIME-WAIT lasts twice this. */
  mslMs: number;
  /** Put what is there to send into the SYN, also without a cookie: it is queued until ESTABLISHED. */
  dataInSyn: boolean;
  /** Client: the cookie to present ('' asks for one); null: no Fast Open. In hex. */
  fastOpenCookie: string | null;
  /** Server: the cookie that it gives this peer and takes from it; null: no Fast Open. In hex. */
  fastOpenCookieForPeer: string | null;
};

/** RFC 9293's and RFC 6298's own values. */
export const DEFAULT_CONNECTION_CONFIG: ConnectionConfig = {
  initialSequenceNumber: 0,
  isnTicksPerMs: 250,
  mss: 1460,
  receiveBufferOctets: 65_535,
  sendBufferOctets: 1_048_576,
  windowScale: null,
  nagle: true,
  delayedAck: true,
  delayedAckMs: 200,
  senderSillyWindowAvoidance: true,
  receiverSillyWindowAvoidance: true,
  fastRetransmit: true,
  overrideTimeoutMs: 500,
  initialRtoMs: 1000,
  minRtoMs: 1000,
  maxRtoMs: 60_000,
  synRetries: 5,
  dataRetries: 8,
  mslMs: 120_000,
  dataInSyn: false,
  fastOpenCookie: null,
  fastOpenCookieForPeer: null,
};
