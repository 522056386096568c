import type { ConnectionConfig } from './config';
import { DEFAULT_CONNECTION_CONFIG } from './config';
import type { TcpState } from './states';

/** The timers of a connection (RFC 9293 §3.8, §3.10.8). */
export const TIMER_NAMES = ['retransmission', 'persist', 'override', 'delayed-ack', 'time-wait'] as const;
/** One of a connection’s timers. */
export type TimerName = (typeof TIMER_NAMES)[number];

/** Data that arrived beyond a gap. */
export type HeldText = { seq: number; data: string; fin: boolean };

/**
 * A connection's control block (TCB, RFC 9293 §3.3.1) as plain JSON: `stepConnection` never changes one, it
 * answers the next. Names are the RFC's: `sndUna` is SND.UNA. Times are milliseconds of the virtual clock.
 */
export type Connection = {
  config: ConnectionConfig;
  state: TcpState;
  /** Opened by a passive OPEN: a reset in SYN-RECEIVED leads back to LISTEN. */
  passive: boolean;

  iss: number;
  sndUna: number;
  sndNxt: number;
  /** The end of all that was ever sent; SND.NXT steps back from it after a zero-window probe. */
  sndMax: number;
  /** In octets, scaled already. */
  sndWnd: number;
  /** MAX.SND.WND: the largest window that the peer ever offered. */
  maxSndWnd: number;
  sndWl1: number;
  sndWl2: number;
  sndScale: number;
  /** Eff.snd.MSS: octets of data that fit into one segment to this peer. */
  sendMss: number;
  /** What is not acknowledged, sent or not; `sendBufferSeq` is its first octet's number. */
  sendBuffer: string;
  sendBufferSeq: number;
  /** CLOSE was called: a FIN follows the send buffer. */
  closeRequested: boolean;
  /** Why nothing is being sent although there is data. */
  holding: 'nagle' | 'silly-window' | 'zero-window' | null;

  /** null: the peer's SYN has not come. */
  irs: number | null;
  rcvNxt: number;
  /** To the right edge that was announced; it never moves back. */
  rcvWnd: number;
  rcvScale: number;
  /** In order and not read. */
  receiveBuffer: string;
  outOfOrder: readonly HeldText[];
  finReceived: boolean;
  /** Octets that arrived since the last ACK was sent. */
  unacknowledgedOctets: number;

  rtt: { srttMs: number | null; rttvarMs: number; rtoMs: number };
  /** The segment under measurement (Karn: never one that was sent twice). */
  timed: { end: number; sentAtMs: number } | null;
  retries: number;
  /** The wait before the next zero-window probe. */
  persistMs: number;
  duplicateAcks: number;
  /** While SND.UNA is before it, each ACK is followed by the next segment once more. */
  recover: number | null;
  synTimedOut: boolean;

  /** Data of the SYN is delivered before the handshake ends (RFC 7413). */
  fastOpenAccepted: boolean;
  /** Server: the cookie that the SYN-ACK carries. Client: the cookie that came, for next time. */
  fastOpenCookie: string | null;

  /** When each running timer goes off. */
  timers: Partial<Record<TimerName, number>>;
};

/** A connection in CLOSED, with the defaults of RFC 9293 and RFC 6298 where `config` says nothing. */
export function createConnection(config: Partial<ConnectionConfig> = {}): Connection {
  const settings = { ...DEFAULT_CONNECTION_CONFIG, ...config };
  return {
    config: settings,
    state: 'CLOSED',
    passive: false,
    iss: 0,
    sndUna: 0,
    sndNxt: 0,
    sndMax: 0,
    sndWnd: 0,
    maxSndWnd: 0,
    sndWl1: 0,
    sndWl2: 0,
    sndScale: 0,
    sendMss: Math.min(536, settings.mss), // until the peer says otherwise (RFC 9293 §3.7.1)
    sendBuffer: '',
    sendBufferSeq: 0,
    closeRequested: false,
    holding: null,
    irs: null,
    rcvNxt: 0,
    rcvWnd: Math.min(settings.receiveBufferOctets, 0xffff), // larger ones once scaling is agreed on
    rcvScale: 0,
    receiveBuffer: '',
    outOfOrder: [],
    finReceived: false,
    unacknowledgedOctets: 0,
    rtt: { srttMs: null, rttvarMs: 0, rtoMs: settings.initialRtoMs },
    timed: null,
    retries: 0,
    persistMs: settings.initialRtoMs,
    duplicateAcks: 0,
    recover: null,
    synTimedOut: false,
    fastOpenAccepted: false,
    fastOpenCookie: null,
    timers: {},
  };
}

/** The timer that goes off first; of two at the same time, the one named first in TIMER_NAMES. */
export function nextTimer(connection: Readonly<Connection>): { timer: TimerName; atMs: number } | undefined {
  let first: { timer: TimerName; atMs: number } | undefined;
  for (const timer of TIMER_NAMES) {
    const atMs = connection.timers[timer];
    if (atMs !== undefined && (!first || atMs < first.atMs)) first = { timer, atMs };
  }
  return first;
}
