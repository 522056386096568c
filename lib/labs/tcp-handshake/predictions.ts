import type { Prediction } from '../define-lab';
import { firstTimeIn, hasRule } from '../exchange-view';
import type { HandshakeParams } from './lab';
import type { HandshakeResult } from './run';

type HandshakePrediction = Prediction<HandshakeParams, HandshakeResult>;

/** Back to a quiet link, so that a prediction is about what it sets and nothing else. */
const QUIET = {
  scene: 'link',
  opening: 'client',
  delayMs: 50,
  faults: '',
  oldSyn: false,
  request: 'none',
  cookie: 'none',
} as const;

export const predictions: readonly HandshakePrediction[] = [
  {
    id: 'lost-syn',
    set: { ...QUIET, faults: 'client SYN #1 drop' },
    kind: 'number',
    unit: 'ms',
    answer: (result) =>
      result.scene === 'link'
        ? (result.trace.packets.find(({ name }) => name === 'client SYN #2')?.sentAtMs ?? 0)
        : 0,
  },
  {
    id: 'lost-ack',
    set: { ...QUIET, faults: 'client ACK #1 drop' },
    kind: 'choice',
    options: ['never', 'client-only', 'second-later'],
    answer: (result) => {
      if (result.scene !== 'link') return 'never';
      const client = firstTimeIn(result.trace, 'client', 'ESTABLISHED');
      const server = firstTimeIn(result.trace, 'server', 'ESTABLISHED');
      if (client === undefined) return 'never';
      return server === undefined ? 'client-only' : 'second-later';
    },
  },
  {
    id: 'ghost',
    set: { ...QUIET, opening: 'nobody', oldSyn: true, oldSynSeq: 60, oldSynAtMs: 60 },
    kind: 'choice',
    options: ['ignores', 'opens', 'asks'],
    answer: (result) => {
      if (result.scene !== 'link') return 'ignores';
      if (firstTimeIn(result.trace, 'server', 'ESTABLISHED') !== undefined) return 'opens';
      return hasRule(result.trace, 'rst.to-listen', 'server') ? 'asks' : 'ignores';
    },
  },
  {
    id: 'syn-data',
    set: { ...QUIET, request: 'in-syn' },
    kind: 'choice',
    options: ['refused', 'at-once', 'kept'],
    answer: (result, { delayMs }) => {
      if (result.scene !== 'link') return 'refused';
      const read = result.trace.effects.find(
        ({ type, endpoint }) => type === 'read' && endpoint === 'server',
      );
      if (!read) return 'refused';
      return read.timeMs === delayMs ? 'at-once' : 'kept';
    },
  },
];
