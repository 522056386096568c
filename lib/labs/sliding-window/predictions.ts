import type { Prediction } from '../define-lab';
import type { WindowParams } from './lab';
import type { WindowResult } from './run';
import { scenarios } from './scenarios';

/** 16 kB, a buffer that was once an ordinary default. */
const SMALL_BUFFER = 16_384;

export const predictions: readonly Prediction<WindowParams, WindowResult>[] = [
  {
    id: 'stall',
    set: scenarios['small-writes'],
    kind: 'number',
    unit: 'ms',
    tolerance: 0.1,
    answer: ({ doneMs }) => doneMs ?? Number.NaN,
  },
  {
    id: 'third-probe',
    set: scenarios['never-read'],
    kind: 'choice',
    options: ['reset', 'silent', 'slower', 'same'],
    answer: ({ probesMs, aborted }) => {
      if (aborted) return 'reset';
      const [third, fourth, fifth] = probesMs.slice(2);
      if (third === undefined || fourth === undefined || fifth === undefined) return 'silent';
      return fifth - fourth > fourth - third ? 'slower' : 'same';
    },
  },
  {
    id: 'lost-update',
    set: scenarios['lost-update'],
    kind: 'choice',
    options: ['hangs', 'receiver', 'sender'],
    answer: ({ doneMs, probesMs }) =>
      doneMs === undefined ? 'hangs' : probesMs.length > 0 ? 'sender' : 'receiver',
  },
  {
    id: 'rate',
    set: { ...scenarios['long-path'], writeBytes: 289_080, bufferBytes: SMALL_BUFFER },
    kind: 'number',
    unit: 'Mbit/s',
    tolerance: 0.1,
    answer: ({ rateBps }) => Math.round((rateBps ?? 0) / 1e4) / 100,
  },
];
