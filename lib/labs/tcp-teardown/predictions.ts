import type { Prediction } from '../define-lab';
import type { TeardownParams } from './lab';
import type { TeardownResult } from './run';

const QUIET = {
  closer: 'client',
  ending: 'close',
  peer: 'closes',
  stillToSend: 0,
  delayMs: 50,
  mslSeconds: 120,
  faults: '',
  oldCopyMs: 0,
  reopenMs: 0,
} as const;

export const predictions: readonly Prediction<TeardownParams, TeardownResult>[] = [
  {
    id: 'both-wait',
    set: { ...QUIET, closer: 'both' },
    kind: 'choice',
    options: ['client', 'server', 'both', 'neither'],
    answer: ({ trace }) => {
      const waited = new Set(
        trace.states.filter(({ state }) => state === 'TIME-WAIT').map(({ endpoint }) => endpoint),
      );
      if (waited.size === 2) return 'both';
      return waited.has('client') ? 'client' : waited.has('server') ? 'server' : 'neither';
    },
  },
  {
    id: 'how-long',
    set: QUIET,
    kind: 'number',
    unit: 's',
    answer: ({ trace }) => {
      const wait = trace.states.find(({ state }) => state === 'TIME-WAIT');
      return wait ? (wait.toMs - wait.fromMs) / 1000 : 0;
    },
  },
  {
    id: 'crash',
    set: { ...QUIET, ending: 'crash' },
    kind: 'choice',
    options: ['at-once', 'minutes', 'never'],
    answer: ({ trace, fromMs }) => {
      if (trace.final.server.state === 'ESTABLISHED') return 'never';
      const end = trace.states.find(({ endpoint, state }) => endpoint === 'server' && state === 'CLOSED');
      return end && end.fromMs - fromMs < 1000 ? 'at-once' : 'minutes';
    },
  },
  {
    id: 'lost-last-ack',
    set: { ...QUIET, faults: 'client ACK #2 drop' },
    kind: 'choice',
    options: ['stuck', 'gives-up', 'again'],
    answer: ({ trace }) => {
      if (trace.final.server.state !== 'CLOSED') return 'stuck';
      return trace.rules.some(({ rule }) => rule === 'time-wait.fin-again') ? 'again' : 'gives-up';
    },
  },
];
