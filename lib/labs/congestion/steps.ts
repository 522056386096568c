import type { TcpEvent } from '@/lib/protocols/tcp';
import type { Step } from '../define-lab';
import type { CongestionParams } from './params';
import { MSS, type CongestionResult, type FlowResult } from './run';

/** More turns than this are told by the interval instead of one by one. */
const MAX_TURNS = 48;
const INTERVALS = 8;
/** Losses of one flow that are told one by one. */
const MAX_LOSSES_TOLD = 12;

type TimedStep = Step & { timeMs: number };

const segmentsOf = (bytes: number) => Math.round((bytes / MSS) * 10) / 10;

/** The run told in sentences: who starts, what each sender concludes and does, and what came of it. */
export function stepsOf(result: CongestionResult, params: CongestionParams): Step[] {
  const { flows, endMs } = result;
  const starts = flows.map((flow): TimedStep => {
    const { letter, algorithm, rttMs, startMs } = flow;
    return {
      timeMs: Math.min(startMs, endMs),
      text: {
        key: 'steps.start',
        values: { flow: letter, algorithm, rttMs, window: params.initialCwnd, startMs },
      },
    };
  });
  const told = flows.flatMap((flow) => [...lossesOf(flow), ...turnsOf(flow, params)]);
  const middle = told.length > MAX_TURNS ? intervalsOf(result) : told;
  const inOrder = [...starts, ...middle, ...completionsOf(result, params)].sort(
    (a, b) => a.timeMs - b.timeMs,
  );
  return [...inOrder, ...outcomesOf(result, params), summaryOf(result, params)];
}

/** In a short transfer: each segment that is lost, and the first duplicate ACK that shows it. */
function lossesOf({ letter, events }: FlowResult): TimedStep[] {
  const steps: TimedStep[] = [];
  let duplicated = 0;
  for (const { type, timeMs, segment, ack, reason, isDuplicate } of events) {
    if (type === 'dropped' && segment !== undefined) {
      const key = reason === 'queue' ? 'steps.overflow' : 'steps.lost';
      steps.push({ timeMs, text: { key, values: { flow: letter, segment } } });
    }
    if (type === 'acked' && isDuplicate && ack !== undefined && ack !== duplicated) {
      duplicated = ack;
      steps.push({ timeMs, text: { key: 'steps.duplicate', values: { flow: letter, segment: ack } } });
    }
  }
  return steps.length > 2 * MAX_LOSSES_TOLD ? [] : steps;
}

function turnsOf(flow: FlowResult, params: CongestionParams): TimedStep[] {
  return flow.turns.flatMap((turn): TimedStep[] => {
    const key = keyOf(turn, flow, params);
    if (key === undefined) return [];
    const values = {
      flow: flow.letter,
      segment: turn.segment ?? 0,
      cwnd: segmentsOf(turn.cwndBytes),
      ssthresh: Number.isFinite(turn.ssthreshBytes) ? segmentsOf(turn.ssthreshBytes) : 0,
    };
    return [{ timeMs: turn.timeMs, text: { key, values } }];
  });
}

function keyOf(
  { type }: TcpEvent,
  { algorithm }: FlowResult,
  { repair }: CongestionParams,
): string | undefined {
  const isBbr = algorithm === 'bbr';
  switch (type) {
    case 'fast-retransmit':
      if (isBbr) return 'steps.bbr-loss';
      if (algorithm === 'tahoe') return 'steps.tahoe';
      return algorithm === 'cubic' || repair !== 'own' ? 'steps.sack-loss' : 'steps.third-duplicate';
    case 'recovery-end':
      return isBbr ? 'steps.bbr-recovered' : 'steps.recovered';
    case 'rto':
      return isBbr ? 'steps.bbr-rto' : 'steps.rto';
    case 'ecn':
      return 'steps.ecn';
    default:
      return undefined;
  }
}

/** Many turns, by flow and interval. */
function intervalsOf({ flows, endMs }: CongestionResult): TimedStep[] {
  const lengthMs = endMs / INTERVALS;
  const steps: TimedStep[] = [];
  for (const { letter, turns, times, cwnd } of flows) {
    for (let i = 0; i < INTERVALS; i++) {
      const fromMs = i * lengthMs;
      const toMs = fromMs + lengthMs;
      const own = turns.filter(({ timeMs }) => timeMs >= fromMs && timeMs < toMs);
      const count = (type: TcpEvent['type']) => own.filter((turn) => turn.type === type).length;
      const [losses, timeouts, marks] = [count('fast-retransmit'), count('rto'), count('ecn')];
      if (losses + timeouts + marks === 0) continue;
      const window = cwnd[times.findLastIndex((timeMs) => timeMs <= toMs)] ?? 0;
      steps.push({
        timeMs: toMs,
        text: {
          key: 'steps.interval',
          values: {
            flow: letter,
            fromMs: Math.round(fromMs),
            toMs: Math.round(toMs),
            losses,
            timeouts,
            marks,
            cwnd: Math.round(window),
          },
        },
      });
    }
  }
  return steps;
}

function completionsOf({ flows }: CongestionResult, { segments }: CongestionParams): TimedStep[] {
  if (segments === 0) return [];
  return flows.flatMap(({ letter, summary }) => {
    const timeMs = summary.completedMs;
    if (timeMs === undefined) return [];
    const values = { flow: letter, timeMs, segments, resent: summary.retransmittedSegments };
    return [{ timeMs, text: { key: 'steps.completed', values } }];
  });
}

function outcomesOf({ flows, endMs }: CongestionResult, { segments, rateMbps }: CongestionParams): Step[] {
  if (segments > 0) return [];
  return flows.map(({ letter, algorithm, rateBps, summary }) => ({
    timeMs: endMs,
    text: {
      key: 'steps.outcome',
      values: {
        flow: letter,
        algorithm,
        mbps: rateBps / 1e6,
        share: rateBps / (rateMbps * 1e6),
        losses: summary.fastRetransmits,
        timeouts: summary.timeouts,
        rttMs: Math.round(summary.meanRttMs ?? 0),
      },
    },
  }));
}

function summaryOf({ flows, endMs, fairness, queues }: CongestionResult, params: CongestionParams): Step {
  const queueBytes = queues.reduce((sum, queue) => sum + queue.meanBytes, 0) / queues.length;
  const values = {
    flows: flows.length,
    jain: fairness.jain,
    fromMs: Math.round(fairness.fromMs),
    queueKb: queueBytes / 1000,
    delayMs: (queueBytes * 8) / (params.rateMbps * 1000),
  };
  const key =
    params.segments > 0 ? 'steps.end-transfer' : params.shared ? 'steps.end-shared' : 'steps.end-own';
  return { timeMs: endMs, text: { key, values } };
}
