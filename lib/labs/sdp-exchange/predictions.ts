import type { Prediction } from '../define-lab';
import type { ExchangeParams } from './params';
import type { ExchangeResult } from './run';

type ExchangePrediction = Prediction<ExchangeParams, ExchangeResult>;

/** A quiet call, so that a prediction is about what it sets and nothing else. */
const QUIET: Partial<ExchangeParams> = {
  scene: 'call',
  media: 'audio-data',
  trickle: true,
  fault: 'none',
  strategy: 'perfect',
  signalingDelayMs: 40,
  pathDelayMs: 20,
  gatheringMs: 150,
  secondAfterMs: 20,
  lost: '',
};

export const predictions: readonly ExchangePrediction[] = [
  {
    id: 'lost-answer',
    set: { ...QUIET, fault: 'drop-answer' },
    kind: 'choice',
    options: ['waits', 'stable-alone', 'stable-reached'],
    answer: ({ trace: { final } }) => {
      if (final.ben.signalingState !== 'stable') return 'waits';
      return final.ben.iceConnectionState === 'connected' ? 'stable-reached' : 'stable-alone';
    },
  },
  {
    id: 'half-candidates',
    set: { ...QUIET, fault: 'strip-ada' },
    kind: 'choice',
    options: ['no', 'one-way', 'yes'],
    answer: ({ trace: { final } }) => {
      const reached = [final.ada, final.ben].filter(({ connectionState }) => connectionState === 'connected');
      return reached.length === 2 ? 'yes' : reached.length === 1 ? 'one-way' : 'no';
    },
  },
  {
    id: 'other-fingerprint',
    set: { ...QUIET, fault: 'fingerprint' },
    kind: 'choice',
    options: ['refused', 'ice', 'dtls', 'nowhere'],
    answer: ({ trace: { final, rules } }) => {
      if (rules.some(({ rule }) => rule === 'remote.refused')) return 'refused';
      if (final.ada.iceConnectionState !== 'connected') return 'ice';
      return final.ada.dtlsState === 'failed' ? 'dtls' : 'nowhere';
    },
  },
  {
    id: 'both-polite',
    set: { ...QUIET, scene: 'glare', strategy: 'both-polite' },
    kind: 'choice',
    options: ['connects', 'waits', 'stable-apart'],
    answer: ({ trace: { final }, connectedAtMs }) => {
      if (connectedAtMs !== null) return 'connects';
      return final.ada.signalingState === 'stable' && final.ben.signalingState === 'stable'
        ? 'stable-apart'
        : 'waits';
    },
  },
  {
    id: 'without-trickle',
    set: { ...QUIET, trickle: false },
    kind: 'number',
    unit: 'ms',
    tolerance: 0.12,
    answer: ({ connectedAtMs }) => connectedAtMs ?? 0,
  },
];
