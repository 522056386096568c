import type { Prediction } from '../define-lab';
import type { CongestionParams } from './params';
import type { CongestionResult } from './run';
import { ANATOMY, flowsOf, sceneOf } from './scenes';

type CongestionPrediction = Prediction<CongestionParams, CongestionResult>;

const summaryOf = (result: CongestionResult, index: number) => {
  const flow = result.flows[index];
  if (!flow) throw new RangeError(`no flow ${index}`);
  return flow.summary;
};

export const predictions: readonly CongestionPrediction[] = [
  {
    id: 'sent-again',
    set: sceneOf({ ...ANATOMY, flows: flowsOf('reno'), lose: [9] }),
    kind: 'choice',
    options: ['one', 'later', 'window'],
    answer: (result) => {
      const { retransmittedSegments } = summaryOf(result, 0);
      return retransmittedSegments === 1 ? 'one' : retransmittedSegments < 8 ? 'later' : 'window';
    },
  },
  {
    id: 'two-lost',
    set: sceneOf({ ...ANATOMY, flows: flowsOf('reno', 'newreno'), lose: [17, 19] }),
    kind: 'choice',
    options: ['same', 'round-trip', 'second'],
    answer: (result, { rttMs }) => {
      const laterMs =
        (summaryOf(result, 0).completedMs ?? Infinity) - (summaryOf(result, 1).completedMs ?? Infinity);
      return laterMs < rttMs / 4 ? 'same' : laterMs < 3 * rttMs ? 'round-trip' : 'second';
    },
  },
  {
    id: 'large-queue',
    set: sceneOf({ flows: flowsOf('cubic'), queueBdp: 8 }),
    kind: 'number',
    unit: 'ms',
    tolerance: 0.25,
    answer: (result) => Math.round(summaryOf(result, 0).meanRttMs ?? 0),
  },
  {
    id: 'late-joiner',
    set: sceneOf({
      flows: [
        { algorithm: 'newreno', startMs: 0, extraRttMs: 0 },
        { algorithm: 'newreno', startMs: 3000, extraRttMs: 0 },
      ],
      repair: 'sack',
      queueBdp: 1,
    }),
    kind: 'choice',
    options: ['crumbs', 'quarter', 'half'],
    answer: ({ flows }) => {
      const rates = flows.map(({ rateBps }) => rateBps);
      const share = (rates[1] ?? 0) / rates.reduce((sum, rate) => sum + rate, 0);
      return share < 0.15 ? 'crumbs' : share < 0.38 ? 'quarter' : 'half';
    },
  },
];
