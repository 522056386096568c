import { assertInRange } from './model-error';
import { segmentsOf } from './slow-start';

/** What a TLS handshake adds on a new connection, in round trips (RFC 5246 §7.3, RFC 8446 §2). */
export const TLS_ROUND_TRIPS = { '1.2': 2, '1.2-resumed': 1, '1.3': 1, '1.3-0rtt': 0 } as const;
/** Which handshake TLS makes on a new connection. */
export type TlsMode = keyof typeof TLS_ROUND_TRIPS;

/** A request and its response. Only `bytes` and `rttMs` have no default. */
export type TransferInput = {
  /** Octets of the response; at most 10 GB. */
  bytes: number;
  /** Propagation there and back. */
  rttMs: number;
  /** Octets a segment; 1,460. */
  mss?: number;
  /** Segments; 10 (RFC 6928). */
  initialCwnd?: number;
  /** The client's receive window in octets, at least one segment; without it none. */
  rwnd?: number;
  /** From request received to response begun; 0. */
  serverTimeMs?: number;
  /** The connection is open and its cwnd is large enough: no handshake, no slow start. */
  reused?: boolean;
  /** The link's rate in bit/s; without it, serialisation takes no time. */
  bandwidthBps?: number;
  /** A TLS handshake on a new connection; without it none. */
  tls?: TlsMode;
};

/** One flight of the response: what the ACKs of the flight before let go. */
export type Burst = {
  segments: number;
  /** cwnd in segments after the last ACK that let go of a segment of this burst; Infinity if reused. */
  cwndSegments: number;
  firstSentMs: number;
  lastArrivesMs: number;
};

/** What happens when, in order; `tls` once for each of its round trips. */
export type TransferEvent = {
  timeMs: number;
  type:
    | 'syn-sent'
    | 'syn-received'
    | 'syn-ack-received'
    | 'tls-flight-answered'
    | 'request-sent'
    | 'request-received'
    | 'burst-sent'
    | 'burst-received';
  /** Index into `bursts`. */
  burst?: number;
};

/** What a response takes, and of what that is made; all times in ms since the first packet. */
export type TransferTime = {
  /** From the first packet sent by the client to the last octet received. */
  totalMs: number;
  /** Flights that the response took; each but the first waits a round trip for its ACKs. */
  rounds: number;
  segments: number;
  /** TCP's handshake and TLS's, before the request leaves. */
  handshakeMs: number;
  tlsMs: number;
  /** When the server begins to send. */
  responseStartMs: number;
  bursts: readonly Burst[];
  events: readonly TransferEvent[];
};

const MAX_BYTES = 10_000_000_000;

/**
 * How long a response takes: the handshake (one round trip; the request rides on its last ACK, RFC 9293 §3.5),
 * TLS, the way there, the server, then slow start by RFC 5681 §3.1 with an ACK for each segment and no loss.
 *
 * Segment j leaves when enough ACKs have come: after k of them cwnd is initialCwnd + k segments and k segments
 * are off the wire. That one rule gives the bursts, whether or not the link's rate is counted.
 */
export function transferTime(input: TransferInput): TransferTime {
  const { bytes, rttMs, mss, initialCwnd, rwnd, bandwidthBps } = resolve(input);
  const start = beginning(input);
  const segments = segmentsOf(bytes, mss);
  const cwndBytes = input.reused === true ? Infinity : initialCwnd * mss;
  const msPerByte = 8000 / bandwidthBps;

  const ackMs = new Float64Array(segments);
  const roundOf = new Int32Array(segments);
  const bursts: Burst[] = [];
  let acks = 0;
  let sentMs = start.responseStartMs;
  let linkFreeMs = 0;
  let lastArrivesMs = start.responseStartMs + rttMs / 2;
  for (let j = 0; j < segments; j++) {
    const size = Math.min(mss, bytes - j * mss);
    while ((j - acks) * mss + size > Math.min(cwndBytes + acks * mss, rwnd)) sentMs = ackMs[acks++]!;
    const round = acks === 0 ? 0 : roundOf[acks - 1]! + 1;
    linkFreeMs = Math.max(sentMs, linkFreeMs) + size * msPerByte;
    lastArrivesMs = linkFreeMs + rttMs / 2;
    ackMs[j] = linkFreeMs + rttMs;
    roundOf[j] = round;
    const burst = (bursts[round] ??= { segments: 0, cwndSegments: 0, firstSentMs: sentMs, lastArrivesMs });
    burst.segments++;
    burst.cwndSegments = cwndBytes / mss + acks;
    burst.lastArrivesMs = lastArrivesMs;
  }
  return {
    ...start,
    totalMs: lastArrivesMs,
    rounds: bursts.length,
    segments,
    bursts,
    events: eventsOf(input, start, bursts),
  };
}

/** Checks an input and fills in its defaults. */
function resolve(input: TransferInput): Required<Omit<TransferInput, 'tls' | 'reused'>> {
  const filled = {
    mss: 1460,
    initialCwnd: 10,
    rwnd: Infinity,
    serverTimeMs: 0,
    bandwidthBps: Infinity,
    ...input,
  };
  assertInRange('bytes', filled.bytes, 0, MAX_BYTES);
  assertInRange('rttMs', filled.rttMs, 0, 3_600_000);
  assertInRange('mss', filled.mss, 1, 65_535);
  assertInRange('initialCwnd', filled.initialCwnd, 1, 1_000_000);
  assertInRange('rwnd', filled.rwnd, filled.mss, Infinity);
  assertInRange('serverTimeMs', filled.serverTimeMs, 0, 3_600_000);
  assertInRange('bandwidthBps', filled.bandwidthBps, 1, Infinity);
  return filled;
}

/** What comes before the response. */
export function beginning(
  input: TransferInput,
): Pick<TransferTime, 'handshakeMs' | 'tlsMs' | 'responseStartMs'> {
  const isNew = input.reused !== true;
  const handshakeMs = isNew ? input.rttMs : 0;
  const tlsMs = isNew && input.tls !== undefined ? TLS_ROUND_TRIPS[input.tls] * input.rttMs : 0;
  const responseStartMs = handshakeMs + tlsMs + input.rttMs / 2 + (input.serverTimeMs ?? 0);
  return { handshakeMs, tlsMs, responseStartMs };
}

function eventsOf(
  input: TransferInput,
  start: ReturnType<typeof beginning>,
  bursts: readonly Burst[],
): TransferEvent[] {
  const { rttMs } = input;
  const events: TransferEvent[] = [];
  if (input.reused !== true) {
    events.push({ timeMs: 0, type: 'syn-sent' }, { timeMs: rttMs / 2, type: 'syn-received' });
    events.push({ timeMs: rttMs, type: 'syn-ack-received' });
    const roundTrips = input.tls === undefined ? 0 : TLS_ROUND_TRIPS[input.tls];
    for (let i = 1; i <= roundTrips; i++)
      events.push({ timeMs: rttMs * (1 + i), type: 'tls-flight-answered' });
  }
  const requestMs = start.handshakeMs + start.tlsMs;
  events.push({ timeMs: requestMs, type: 'request-sent' });
  events.push({ timeMs: requestMs + rttMs / 2, type: 'request-received' });
  bursts.forEach((burst, index) => {
    events.push({ timeMs: burst.firstSentMs, type: 'burst-sent', burst: index });
    events.push({ timeMs: burst.lastArrivesMs, type: 'burst-received', burst: index });
  });
  return events.sort((a, b) => a.timeMs - b.timeMs);
}
