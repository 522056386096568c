import type { Prediction } from '../define-lab';
import type { HpackParams } from './lab';
import type { HpackResult } from './run';

const lastBlock = ({ blocks }: HpackResult) => blocks.at(-1);

export const predictions: readonly Prediction<HpackParams, HpackResult>[] = [
  {
    id: 'same-again',
    set: { source: 'polling', count: 3, skipped: 0 },
    kind: 'number',
    unit: 'B',
    tolerance: 0.3,
    answer: (result) => lastBlock(result)?.octets.length ?? 0,
  },
  {
    id: 'indexed-field',
    set: {
      source: 'own',
      lists:
        ':method: GET\n:scheme: https\n:authority: www.example.com\n:path: /\n\n:method: GET\n:scheme: https\n:authority: www.example.com\n:path: /',
    },
    kind: 'choice',
    options: ['nothing', 'one-octet-a-field', 'one-octet'],
    answer: (result) => {
      const last = lastBlock(result);
      const octets = last?.octets.length ?? 0;
      return octets === 0
        ? 'nothing'
        : octets === 1
          ? 'one-octet'
          : octets === last?.sent.length
            ? 'one-octet-a-field'
            : '';
    },
  },
  {
    id: 'small-table',
    set: { source: 'polling', count: 3, tableSize: 256, skipped: 0 },
    kind: 'choice',
    options: ['as-small', 'larger', 'error'],
    answer: (result) => {
      const [, second, third] = result.blocks;
      if (result.blocks.some(({ problem }) => problem)) return 'error';
      return (third?.octets.length ?? 0) * 3 < (second?.octets.length ?? 0) ? 'as-small' : 'larger';
    },
  },
  {
    id: 'thrown-away',
    set: { source: 'polling', count: 3, skipped: 2 },
    kind: 'choice',
    options: ['fine', 'error', 'wrong-values'],
    answer: ({ blocks, showsIn }) => {
      if (showsIn === undefined) return 'fine';
      return blocks[showsIn]?.problem ? 'error' : 'wrong-values';
    },
  },
];
