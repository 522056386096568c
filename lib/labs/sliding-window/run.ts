import type { ExchangePacket, ExchangeTrace } from '@/lib/protocols/tcp';
import type { WindowParams } from './lab';
import { momentsOf, type Moment } from './moments';
import { exchangeOf, startMsOf, writesOf } from './script';
import { startSnapshot } from './snapshot';

/** A packet between sender and receiver. Times in ms since the first write, numbers in octets of the stream. */
export type WindowPacket = {
  name: string;
  from: 'sender' | 'receiver';
  sentMs: number;
  /** null: lost, or still on its way at the end of the run. */
  arrivedMs: number | null;
  lost: boolean;
  /** What it carries: [from, to). Empty for a bare ACK. */
  start: number;
  end: number;
  isProbe: boolean;
  isRepeat: boolean;
  /** Everything before this octet has arrived; and how much more may come (scaled). */
  ack: number;
  windowBytes: number;
};

export type WindowResult = {
  /** Octets that the sending application wrote. */
  totalBytes: number;
  /** Octets that the receiving application read. */
  readBytes: number;
  /** The last octet was read; undefined if not all was. */
  doneMs: number | undefined;
  /** From the first write until the last octet has come and an ACK could be back: what the windows let through. */
  rateBps: number | undefined;
  /** Agreed in the handshake: how many bits the receiver's window field is shifted, or that nobody shifts. */
  shift: number;
  packets: readonly WindowPacket[];
  /** The run told: one position of the lab each. */
  moments: readonly Moment[];
  /** Most octets on their way at once. */
  widestFlight: number;
  /** When each zero-window probe left. */
  probesMs: readonly number[];
  /** The longest that Nagle's algorithm held data until a delayed ACK let it go; 0: that did not happen. */
  stallMs: number;
  /** The name of the window update that was lost. */
  lostUpdate: string | undefined;
  /** The sender gave the connection up. */
  aborted: boolean;
  /** Why the run ended. */
  ended: ExchangeTrace['ended'];
  endMs: number;
};

/** One stream of data from a sender to a receiver, over two connections of our engine. */
export function runWindow(params: WindowParams): WindowResult {
  const { trace, lostUpdate } = exchangeOf(params);
  const startMs = startMsOf(params);
  const origin = startSnapshot(trace, startMs);
  const totalBytes = trace.sent.client.length;
  const readBytes = trace.read.server.length;
  const allWritten = totalBytes === writesOf(params).reduce((sum, { octets }) => sum + octets, 0);
  const lastReadMs = trace.effects.findLast(
    ({ type, endpoint }) => type === 'read' && endpoint === 'server',
  )?.timeMs;
  const isDone = allWritten && readBytes === totalBytes && lastReadMs !== undefined;
  const samples = trace.windows.filter(({ endpoint, timeMs }) => endpoint === 'client' && timeMs >= startMs);
  const probes = new Set(probeTimes(trace));
  const packets = trace.packets
    .filter(({ sentAtMs }) => sentAtMs >= startMs)
    .map((packet) => packetOf(packet, origin.firstSeq, startMs, probes));
  const arrivedMs = packets.findLast(
    ({ end, arrivedMs }) => end >= totalBytes && arrivedMs !== null,
  )?.arrivedMs;
  const isAllThere =
    allWritten && totalBytes > 0 && trace.final.server.rcvNxt - origin.firstSeq >= totalBytes;
  const result = {
    totalBytes,
    readBytes,
    doneMs: isDone ? lastReadMs - startMs : undefined,
    rateBps: isAllThere && arrivedMs ? (totalBytes * 8000) / (arrivedMs + params.oneWayMs) : undefined,
    shift: trace.final.server.rcvScale,
    packets,
    widestFlight: Math.max(0, ...samples.map(({ sndUna, sndNxt }) => sndNxt - sndUna)),
    probesMs: [...probes].map((timeMs) => timeMs - startMs),
    stallMs: longestStall(trace, startMs),
    lostUpdate,
    aborted: trace.final.client.state === 'CLOSED',
    ended: trace.ended,
    endMs: Math.max(0, trace.endMs - startMs),
  };
  return { ...result, moments: momentsOf(trace, params, origin, result) };
}

const probeTimes = ({ rules }: ExchangeTrace): number[] =>
  rules
    .filter(({ rule, endpoint }) => rule === 'persist.probe' && endpoint === 'client')
    .map(({ timeMs }) => timeMs);

function packetOf(
  packet: ExchangePacket,
  firstSeq: number,
  startMs: number,
  probes: ReadonlySet<number>,
): WindowPacket {
  const { name, from, segment, sentAtMs, arrivedAtMs, fate, isRepeat, windowOctets } = packet;
  const isData = from === 'client';
  const start = isData ? segment.seq - firstSeq : 0;
  const arrived = arrivedAtMs[0];
  return {
    name,
    from: isData ? 'sender' : 'receiver',
    sentMs: sentAtMs - startMs,
    arrivedMs: arrived === undefined ? null : arrived - startMs,
    lost: fate === 'lost',
    start,
    end: start + segment.data.length,
    isProbe: isData && segment.data.length === 1 && probes.has(sentAtMs),
    isRepeat,
    ack: isData ? 0 : (segment.ack ?? firstSeq) - firstSeq,
    windowBytes: windowOctets,
  };
}

/** Data that Nagle's algorithm holds, and that goes at last because the receiver's delayed ACK came. */
function longestStall(trace: ExchangeTrace, startMs: number): number {
  const late = trace.rules.filter(
    ({ rule, endpoint }) => rule === 'delayed-ack.timeout' && endpoint === 'server',
  );
  const sent = trace.packets.filter(({ from, sentAtMs }) => from === 'client' && sentAtMs >= startMs);
  let longest = 0;
  for (const { rule, endpoint, timeMs } of trace.rules) {
    if (rule !== 'nagle.hold' || endpoint !== 'client') continue;
    const next = sent.find(({ sentAtMs }) => sentAtMs > timeMs);
    if (!next || !late.some((each) => each.timeMs > timeMs && each.timeMs < next.sentAtMs)) continue;
    longest = Math.max(longest, next.sentAtMs - timeMs);
  }
  return longest;
}
