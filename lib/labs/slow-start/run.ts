import {
  segmentsOf,
  simulate,
  slowStartRounds,
  slowStartRoundsByLoop,
  transferTime,
  type TcpEvent,
} from '@/lib/protocols/tcp';
import type { SlowStartParams } from './lab';

/** Segments that leave because of the same window: the nth burst. Times are since the first packet. */
export type Round = {
  round: number;
  /** cwnd in segments when the burst begins. */
  cwnd: number;
  segments: number;
  sentMs: number;
  /** The burst's last segment is at the client. */
  arrivedMs: number;
};

export type Packet = {
  id: string;
  from: 'client' | 'server';
  kind: 'syn' | 'syn-ack' | 'tls' | 'request' | 'data';
  /** Of data: which round, and which segment, from 1. */
  round?: number;
  segment?: number;
  sentMs: number;
  receivedMs: number;
};

export type SlowStartResult = {
  segments: number;
  /** When the server starts to send. */
  responseMs: number;
  rounds: readonly Round[];
  packets: readonly Packet[];
  /** cwnd at the server after each ACK: [ms, segments]. */
  cwnd: readonly (readonly [number, number])[];
  /** Round trips until the window holds the whole response: by the formula, by doubling, as the sender did it. */
  toOpen: { formula: number; doubling: number; measured: number; measuredMs: number };
  /** From the first packet to the last octet. The formula knows neither the line's rate nor the receiver's window. */
  total: { formulaMs: number | undefined; roundsMs: number; measuredMs: number };
};

/** Round trips that TLS adds before the request may leave, on a new connection (RFC 5246, RFC 8446). */
const tlsRounds = { none: 0, '1.3': 1, '1.2': 2 } as const;

/** One request and its response, three ways: by formula, round by round, and segment by segment. */
export function runSlowStart(params: SlowStartParams): SlowStartResult {
  const { bytes, rttMs, mss, rwndBytes, serverTimeMs, bandwidthMbps } = params;
  const segments = segmentsOf(bytes, mss);
  // An open window is one that holds the response; silence closes it again (RFC 5681 §4.1).
  const isOpen = params.reused && !params.idleRestart;
  const initialCwnd = isOpen ? Math.max(segments, params.initialCwnd) : params.initialCwnd;
  const setupRounds = params.reused ? 0 : 1 + tlsRounds[params.tls];
  const responseMs = setupRounds * rttMs + rttMs / 2 + serverTimeMs;
  const rate = bandwidthMbps > 0 ? { rateBps: bandwidthMbps * 1e6 } : {};

  const { events, flows } = simulate({
    algorithm: 'newreno',
    path: { rttMs, mss, ...rate },
    flow: {
      bytes,
      initialCwnd,
      rwnd: rwndBytes,
      durationMs: 3_600_000,
      // RFC 5681 to the letter, so that the window doubles to the end of the response.
      validatesWindow: false,
      // The handshake has measured the round trip; a timeout of one second would strike on the slowest paths.
      minRtoMs: 60_000,
    },
    record: { events: true, samples: 0 },
  });
  const data = dataOf(events, responseMs);
  const opening = openingOf(events, data, segments * mss, initialCwnd * mss);
  const isFormula = bandwidthMbps === 0 && rwndBytes >= bytes;

  return {
    segments,
    responseMs,
    rounds: roundsOf(data, events, mss, initialCwnd),
    packets: [...setupPackets(params, setupRounds), ...data],
    cwnd: cwndOf(events, responseMs, mss, initialCwnd),
    toOpen: {
      formula: slowStartRounds({ segments, initialCwnd }),
      doubling: slowStartRoundsByLoop({ segments, initialCwnd }),
      measured: opening.rounds,
      measuredMs: opening.timeMs,
    },
    total: {
      formulaMs: isFormula ? responseMs - rttMs / 2 + burstsOf(segments, initialCwnd) * rttMs : undefined,
      roundsMs: roundsMs(params, setupRounds, initialCwnd),
      measuredMs: responseMs + (flows[0]?.summary.completedMs ?? 0),
    },
  };
}

/** When the window first holds the response; each ACK arrives whole rounds after the first burst left. */
function openingOf(
  events: readonly TcpEvent[],
  data: readonly Packet[],
  windowBytes: number,
  initialCwndBytes: number,
): { rounds: number; timeMs: number } {
  if (windowBytes <= initialCwndBytes) return { rounds: 0, timeMs: 0 };
  const opened = events.find((event) => event.type === 'acked' && event.cwndBytes >= windowBytes);
  const round = data.find(({ segment }) => segment === (opened?.ack ?? 0) - 1)?.round;
  return { rounds: round ?? Number.NaN, timeMs: opened?.timeMs ?? Number.NaN };
}

/** Bursts for N segments: the sums iw, 3 iw, 7 iw … reach N after ⌈log2(N / iw + 1)⌉. */
function burstsOf(segments: number, initialCwnd: number): number {
  return Math.ceil(Math.log2(segments / initialCwnd + 1) - 1e-12);
}

/** The engine's round-by-round arithmetic; it knows a reused connection only with an open window, so a restarted one is a new one without its handshake. */
function roundsMs(params: SlowStartParams, setupRounds: number, initialCwnd: number): number {
  const { bytes, rttMs, mss, serverTimeMs, bandwidthMbps } = params;
  const rate = bandwidthMbps > 0 ? { bandwidthBps: bandwidthMbps * 1e6 } : {};
  const cold = transferTime({
    bytes,
    rttMs,
    mss,
    initialCwnd,
    rwnd: params.rwndBytes,
    serverTimeMs,
    ...rate,
  });
  return cold.totalMs - cold.handshakeMs + setupRounds * rttMs;
}

function setupPackets({ rttMs, reused }: SlowStartParams, setupRounds: number): Packet[] {
  const half = rttMs / 2;
  const packets: Packet[] = [];
  if (!reused) {
    packets.push({ id: 'syn', from: 'client', kind: 'syn', sentMs: 0, receivedMs: half });
    packets.push({ id: 'syn-ack', from: 'server', kind: 'syn-ack', sentMs: half, receivedMs: rttMs });
    for (let round = 1; round < setupRounds; round++) {
      const sentMs = round * rttMs;
      packets.push({
        id: `tls-${round}-out`,
        from: 'client',
        kind: 'tls',
        sentMs,
        receivedMs: sentMs + half,
      });
      packets.push({
        id: `tls-${round}-back`,
        from: 'server',
        kind: 'tls',
        sentMs: sentMs + half,
        receivedMs: sentMs + rttMs,
      });
    }
  }
  const sentMs = setupRounds * rttMs;
  packets.push({ id: 'request', from: 'client', kind: 'request', sentMs, receivedMs: sentMs + half });
  return packets;
}

/** Data packets with their round: one more than that of the segment whose ACK let them go. */
function dataOf(events: readonly TcpEvent[], responseMs: number): Packet[] {
  const packets: Packet[] = [];
  const roundOfSegment = [0];
  let acknowledged = 0;
  for (const event of events) {
    if (event.type === 'acked') acknowledged = (event.ack ?? 1) - 1;
    if (event.type !== 'sent' || event.segment === undefined || event.arrivesMs === undefined) continue;
    const round = (roundOfSegment[acknowledged] ?? 0) + 1;
    roundOfSegment[event.segment] = round;
    packets.push({
      id: `data-${event.segment}`,
      from: 'server',
      kind: 'data',
      round,
      segment: event.segment,
      sentMs: responseMs + event.timeMs,
      receivedMs: responseMs + event.arrivesMs,
    });
  }
  return packets;
}

function roundsOf(
  data: readonly Packet[],
  events: readonly TcpEvent[],
  mss: number,
  initialCwnd: number,
): Round[] {
  const cwndAt = new Map<number, number>();
  for (const event of events)
    if (event.type === 'acked' && event.ack) cwndAt.set(event.ack - 1, event.cwndBytes / mss);
  const rounds: Round[] = [];
  for (const packet of data) {
    const index = (packet.round ?? 1) - 1;
    const current = rounds[index];
    if (current) {
      current.segments++;
      current.arrivedMs = Math.max(current.arrivedMs, packet.receivedMs);
    } else {
      rounds[index] = {
        round: index + 1,
        cwnd: initialCwnd,
        segments: 1,
        sentMs: packet.sentMs,
        arrivedMs: packet.receivedMs,
      };
    }
  }
  // The window of a burst is the one that the whole burst before has opened.
  let sent = 0;
  for (const round of rounds) {
    round.cwnd = sent === 0 ? initialCwnd : (cwndAt.get(sent) ?? initialCwnd);
    sent += round.segments;
  }
  return rounds;
}

function cwndOf(
  events: readonly TcpEvent[],
  responseMs: number,
  mss: number,
  initialCwnd: number,
): (readonly [number, number])[] {
  const points: (readonly [number, number])[] = [[responseMs, initialCwnd]];
  for (const { type, timeMs, cwndBytes } of events) {
    if (type !== 'acked') continue;
    const point = [responseMs + timeMs, cwndBytes / mss] as const;
    if (points.at(-1)?.[0] === point[0]) points[points.length - 1] = point;
    else points.push(point);
  }
  return points;
}
