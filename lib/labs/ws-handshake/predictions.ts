import type { Prediction } from '../define-lab';
import { defaults, type WsHandshakeParams } from './params';
import type { WsHandshakeResult } from './run';

export const predictions: readonly Prediction<WsHandshakeParams, WsHandshakeResult>[] = [
  {
    id: 'nothing-in-common',
    set: { ...defaults, known: 'graphql-transport-ws' },
    kind: 'choice',
    options: ['refused', 'failed', 'open'],
    answer: ({ outcome }) => outcome,
  },
  {
    id: 'not-offered',
    set: { ...defaults, protocol: 'invented' },
    kind: 'choice',
    options: ['refused', 'failed', 'open'],
    answer: ({ outcome }) => outcome,
  },
  {
    id: 'proxy',
    set: { ...defaults, connection: 'lost' },
    kind: 'choice',
    options: ['refused', 'failed', 'open'],
    answer: ({ outcome }) => outcome,
  },
  {
    id: 'digest',
    set: defaults,
    kind: 'number',
    unit: 'B',
    answer: ({ acceptSteps }) => acceptSteps.accept.length,
  },
];
