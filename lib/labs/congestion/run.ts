import {
  jainFairnessIndex,
  simulateFlows,
  type Algorithm,
  type FlowSummary,
  type Phase,
  type TcpCompetition,
  type TcpEvent,
  type TcpLoss,
  type TcpSample,
  type TcpTrace,
} from '@/lib/protocols/tcp';
import type { CongestionParams } from './params';

/** Octets of data, and of what crosses the bottleneck: 20 of TCP and 20 of IPv4 come on top. */
export const MSS = 1460;
const HEADER_BYTES = 40;
export const PACKET_BYTES = MSS + HEADER_BYTES;
/** Packets that the bottlenecks may pass in one run: as many as can be computed and drawn within a frame. */
export const PACKET_BUDGET = 5000;
/** A transfer of known length is given up after this. */
const MAX_TRANSFER_MS = 60_000;
/** A run draws about this many points, shared among its flows. */
const POINTS = 1500;
const MIN_QUEUE_BYTES = 2 * PACKET_BYTES;
/** Share of the queue beyond which ECN marks. */
const ECN_SHARE = 1 / 3;

/** What a flow was doing, and from when to when. */
export type PhaseSpan = { phase: Phase; fromMs: number; toMs: number };

export type FlowResult = {
  /** Key letter: A, B, C … */
  letter: string;
  algorithm: Algorithm;
  rttMs: number;
  startMs: number;
  times: readonly number[];
  /** In segments, at those times; ssthresh is Infinity before the first loss. */
  cwnd: readonly number[];
  ssthresh: readonly number[];
  /** Octets at the receiver, in order. */
  delivered: readonly number[];
  phases: readonly PhaseSpan[];
  /** What the sender concluded, in order. */
  turns: readonly TcpEvent[];
  /** Every event of every segment, if the transfer is short. */
  events: readonly TcpEvent[];
  /** Rate of new data while fairness is measured. */
  rateBps: number;
  summary: FlowSummary;
};

/** The queue of one bottleneck. */
export type QueueResult = {
  times: readonly number[];
  bytes: readonly number[];
  meanBytes: number;
  maxBytes: number;
  /** Share of the rate that brought new data. */
  utilisation: number;
};

export type CongestionResult = {
  endMs: number;
  /** The run is shorter than asked for: it would be more packets than a frame's time allows. */
  isShortened: boolean;
  bdpBytes: number;
  queueLimitBytes: number;
  flows: readonly FlowResult[];
  /** One, or one a flow. */
  queues: readonly QueueResult[];
  /** Jain's index of the rates from then on: the second half of the time in which all flows send. */
  fairness: { fromMs: number; jain: number };
};

/** Runs all flows over one bottleneck, or each over its own. */
export function runCongestion(params: CongestionParams): CongestionResult {
  const { rateMbps, rttMs, queueBdp, shared } = params;
  const rateBps = rateMbps * 1e6;
  const bdpBytes = (rateBps * rttMs) / 8000;
  const queueLimitBytes = Math.max(queueBdp * bdpBytes, MIN_QUEUE_BYTES);
  const { durationMs, isShortened } = durationOf(params);
  const groups = shared ? [params.flows.map((_, i) => i)] : params.flows.map((_, i) => [i]);
  const traces = groups.map((group) =>
    simulateFlows(competitionOf(params, group, queueLimitBytes, durationMs)),
  );
  const isShort = params.segments > 0;
  const endMs = isShort ? Math.max(...traces.map(({ summary }) => summary.endMs)) : durationMs;
  const fromMs = fairnessFrom(params, endMs);
  const flows = groups.flatMap((group, g) =>
    group.map((index, i) => flowResultOf(params, traces[g]!, index, i, fromMs, endMs)),
  );
  return {
    endMs,
    isShortened,
    bdpBytes,
    queueLimitBytes,
    flows,
    queues: traces.map((trace) => queueResultOf(trace, endMs)),
    fairness: { fromMs, jain: jainOf(flows.filter(({ startMs }) => startMs < endMs)) },
  };
}

function durationOf(params: CongestionParams): { durationMs: number; isShortened: boolean } {
  if (params.segments > 0) return { durationMs: MAX_TRANSFER_MS, isShortened: false };
  const bottlenecks = params.shared ? 1 : params.flows.length;
  const affordableMs = (PACKET_BUDGET * PACKET_BYTES * 8) / (params.rateMbps * 1000) / bottlenecks;
  const askedMs = params.durationS * 1000;
  return askedMs > affordableMs
    ? { durationMs: Math.floor(affordableMs), isShortened: true }
    : { durationMs: askedMs, isShortened: false };
}

function competitionOf(
  params: CongestionParams,
  group: readonly number[],
  queueBytes: number,
  endMs: number,
): TcpCompetition {
  const { rttMs, segments, repair, initialSsthresh } = params;
  return {
    path: {
      rttMs,
      rateBps: params.rateMbps * 1e6,
      queueBytes,
      mss: MSS,
      headerBytes: HEADER_BYTES,
      ...(params.ecn ? { ecnThresholdBytes: queueBytes * ECN_SHARE } : {}),
    },
    flows: group.map((index) => {
      const flow = params.flows[index]!;
      const startMs = Math.min(flow.startMs, endMs);
      return {
        algorithm: flow.algorithm,
        startMs,
        durationMs: endMs - startMs,
        rttMs: rttMs + flow.extraRttMs,
        initialCwnd: params.initialCwnd,
        ecn: params.ecn,
        loss: lossOf(params),
        ...(segments > 0 ? { bytes: segments * MSS } : {}),
        ...(initialSsthresh > 0 ? { initialSsthresh: initialSsthresh * MSS } : {}),
        ...(repair === 'own' ? {} : { sack: true, prr: repair === 'prr' }),
      };
    }),
    seed: params.seed,
    record: {
      events: segments > 0 ? true : 'turns',
      samples: Math.floor(POINTS / params.flows.length),
    },
  };
}

function lossOf({ losses, lose, lossPercent }: CongestionParams): TcpLoss {
  if (losses === 'random') return { kind: 'random', rate: lossPercent / 100 };
  return losses === 'scripted' ? { kind: 'scripted', segments: lose } : { kind: 'none' };
}

/** Of flows that all got nothing, each got the same. */
function jainOf(flows: readonly FlowResult[]): number {
  return flows.some(({ rateBps }) => rateBps > 0)
    ? jainFairnessIndex(flows.map(({ rateBps }) => rateBps))
    : 1;
}

function fairnessFrom({ flows }: CongestionParams, endMs: number): number {
  const lastStartMs = Math.max(
    0,
    ...flows.map(({ startMs }) => startMs).filter((startMs) => startMs < endMs),
  );
  return lastStartMs + (endMs - lastStartMs) / 2;
}

function flowResultOf(
  params: CongestionParams,
  trace: TcpTrace,
  index: number,
  inTrace: number,
  fromMs: number,
  endMs: number,
): FlowResult {
  const { algorithm, startMs, extraRttMs } = params.flows[index]!;
  const { samples, summary } = trace.flows[inTrace]!;
  const events = trace.events.filter((event) => event.flow === inTrace);
  const turns = params.segments > 0 ? events.filter(({ type }) => TURNS.has(type)) : events;
  return {
    letter: String.fromCharCode(65 + index),
    algorithm,
    rttMs: params.rttMs + extraRttMs,
    startMs,
    times: samples.map(({ timeMs }) => timeMs),
    cwnd: samples.map(({ cwndBytes }) => cwndBytes / MSS),
    ssthresh: samples.map(({ ssthreshBytes }) => ssthreshBytes / MSS),
    delivered: samples.map(({ deliveredBytes }) => deliveredBytes),
    phases: phasesOf(samples),
    turns,
    events: params.segments > 0 ? events : [],
    rateBps: rateOf(samples, params.segments > 0 ? startMs : fromMs, summary.completedMs ?? endMs),
    summary,
  };
}

const TURNS: ReadonlySet<string> = new Set([
  'fast-retransmit',
  'rto',
  'ecn',
  'recovery-begin',
  'recovery-end',
  'idle-restart',
]);

/** Octets delivered between two times, in bits a second. */
function rateOf(samples: readonly TcpSample[], fromMs: number, toMs: number): number {
  if (toMs <= fromMs) return 0;
  let before = 0;
  let last = 0;
  for (const { timeMs, deliveredBytes } of samples) {
    if (timeMs <= fromMs) before = deliveredBytes;
    last = deliveredBytes;
  }
  return ((last - before) * 8000) / (toMs - fromMs);
}

function phasesOf(samples: readonly TcpSample[]): PhaseSpan[] {
  const spans: PhaseSpan[] = [];
  for (const { timeMs, phase } of samples) {
    const last = spans.at(-1);
    if (last) last.toMs = timeMs;
    if (last?.phase !== phase) spans.push({ phase, fromMs: timeMs, toMs: timeMs });
  }
  return spans;
}

function queueResultOf({ queue, summary }: TcpTrace, endMs: number): QueueResult {
  // The mean is over the whole run, even if this bottleneck had less to do.
  return {
    times: queue.map(({ timeMs }) => timeMs),
    bytes: queue.map(({ bytes }) => bytes),
    meanBytes: endMs > 0 ? (summary.meanQueueBytes * summary.endMs) / endMs : 0,
    maxBytes: summary.maxQueueBytes,
    utilisation: summary.utilisation ?? 0,
  };
}
