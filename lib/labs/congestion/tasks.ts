import type { Task, Verdict } from '../define-lab';
import type { CongestionParams } from './params';
import { type CongestionResult, type FlowResult } from './run';

type CongestionTask = Task<CongestionParams, CongestionResult>;

const TARGET_SSTHRESH = 5;
const FAIR_FLOWS = 5;
const FAIR_JAIN = 0.95;
const FAIR_UTILISATION = 0.85;
const MIN_WINDOW_FOR_TAIL = 4;
/** Longer than in the prediction, whose losses Reno survives here. */
const LONG_TRANSFER = 60;

const PASSED: Verdict = { passed: true };
const no = (key: string, values?: Record<string, string | number>): Verdict => ({
  passed: false,
  hint: values === undefined ? { key: `tasks.${key}` } : { key: `tasks.${key}`, values },
});
const find = (flows: readonly FlowResult[], ...algorithms: readonly string[]) =>
  flows.find(({ algorithm }) => algorithms.includes(algorithm));
const droppedBy = ({ summary }: FlowResult) => summary.lostSegments + summary.queueDrops;

export const tasks: readonly CongestionTask[] = [
  {
    id: 'half',
    prompt: 'tasks.half.prompt',
    check: ({ flows }) => {
      const flow = find(flows, 'reno', 'newreno');
      if (!flow) return no('half.algorithm');
      const { summary, turns, ssthresh } = flow;
      const loss = turns.find(({ type }) => type === 'fast-retransmit');
      if (droppedBy(flow) !== 1) return no('half.one', { lost: droppedBy(flow) });
      if (summary.timeouts > 0 || !loss) return no('half.timeout');
      const ended = ssthresh.at(-1) ?? Infinity;
      return ended === TARGET_SSTHRESH
        ? PASSED
        : no('half.other', { ssthresh: ended, flight: Math.round(2 * ended) });
    },
  },
  {
    id: 'reno-times-out',
    prompt: 'tasks.reno-times-out.prompt',
    check: ({ flows }, { losses, segments }) => {
      const reno = find(flows, 'reno');
      const newReno = find(flows, 'newreno');
      if (!reno || !newReno) return no('reno-times-out.both');
      if (segments < LONG_TRANSFER) return no('reno-times-out.short', { segments });
      if (losses !== 'scripted') return no('reno-times-out.script');
      if (droppedBy(reno) < 2) return no('reno-times-out.more', { lost: droppedBy(reno) });
      if (newReno.summary.timeouts > 0) return no('reno-times-out.newreno');
      return reno.summary.timeouts > 0
        ? PASSED
        : no('reno-times-out.survived', { twice: reno.summary.fastRetransmits });
    },
  },
  {
    id: 'tail-loss',
    prompt: 'tasks.tail-loss.prompt',
    check: ({ flows }, { segments, losses, initialCwnd }) => {
      const [flow] = flows;
      if (segments === 0) return no('tail-loss.endless');
      if (!flow || losses !== 'scripted' || droppedBy(flow) !== 1) return no('tail-loss.one');
      if (initialCwnd < MIN_WINDOW_FOR_TAIL) return no('tail-loss.window');
      if (flow.summary.fastRetransmits > 0) return no('tail-loss.fast', { after: laterThanLoss(flow) });
      return flow.summary.timeouts > 0 ? PASSED : no('tail-loss.one');
    },
  },
  {
    id: 'no-loss',
    prompt: 'tasks.no-loss.prompt',
    check: ({ flows }, { ecn }) => {
      const lost = flows.reduce((sum, flow) => sum + droppedBy(flow), 0);
      if (!ecn) return no('no-loss.ecn', { lost });
      if (lost > 0) return no('no-loss.lost', { lost });
      return flows.some(({ summary }) => summary.ecnReductions > 0) ? PASSED : no('no-loss.unmarked');
    },
  },
  {
    id: 'fair-five',
    prompt: 'tasks.fair-five.prompt',
    check: ({ flows, fairness, queues }, { shared, segments }) => {
      const renos = flows.filter(({ algorithm }) => algorithm === 'reno').length;
      if (renos !== FAIR_FLOWS || flows.length !== FAIR_FLOWS) return no('fair-five.five', { renos });
      if (!shared || segments > 0) return no('fair-five.shared');
      const rtts = flows.map(({ rttMs }) => rttMs);
      if (new Set(rtts).size > 1) return no('fair-five.rtt');
      if (fairness.jain < FAIR_JAIN) return no('fair-five.jain', { jain: fairness.jain });
      const used = queues[0]?.utilisation ?? 0;
      return used >= FAIR_UTILISATION ? PASSED : no('fair-five.idle', { used });
    },
  },
  {
    id: 'short-queue',
    prompt: 'tasks.short-queue.prompt',
    check: ({ flows, queues }, { shared }) => {
      if (shared) return no('short-queue.own');
      const bbr = flows.findIndex(({ algorithm }) => algorithm === 'bbr');
      const cubic = flows.findIndex(({ algorithm }) => algorithm === 'cubic');
      const [of, against] = [queues[bbr], queues[cubic]];
      if (!of || !against) return no('short-queue.both');
      if ((flows[bbr]?.rateBps ?? 0) < 0.9 * (flows[cubic]?.rateBps ?? 0)) return no('short-queue.slow');
      return of.meanBytes < against.meanBytes / 4
        ? PASSED
        : no('short-queue.long', { share: of.meanBytes / Math.max(1, against.meanBytes) });
    },
  },
];

/** Segments first sent after the one that was lost. */
function laterThanLoss({ events }: FlowResult): number {
  const lost = events.find(({ type }) => type === 'dropped')?.segment ?? 0;
  return Math.max(0, ...events.map(({ type, segment }) => (type === 'sent' ? (segment ?? 0) - lost : 0)));
}
