import type { Prediction } from '../define-lab';
import type { LiveParams } from './lab';
import type { LiveResult } from './run';

/** Cut after the third event, on a link that is fine again at once. */
const cut = {
  everyMs: 1000,
  retryMs: 3000,
  cutAtMs: 3500,
  outageMs: 0,
  delayMs: 100,
  answer: 'stream',
  proxyOctets: 0,
} as const;

export const predictions: readonly Prediction<LiveParams, LiveResult>[] = [
  {
    id: 'without-ids',
    set: { ...cut, ids: false, keep: 50 },
    kind: 'number',
    unit: 'events',
    answer: ({ missed }) => missed,
  },
  {
    id: 'short-log',
    set: { ...cut, ids: true, keep: 2 },
    kind: 'number',
    unit: 'events',
    answer: ({ missed }) => missed,
  },
  {
    id: 'no-content',
    set: { ...cut, ids: true, keep: 50, answer: '204' },
    kind: 'choice',
    options: ['at-once', 'after-retry', 'never'],
    answer: ({ client, messages }) => {
      const [, second, third] = messages.filter(({ kind }) => kind === 'request');
      if (client.readyState === 'closed' && !third) return 'never';
      return third && second && third.sentMs - second.sentMs >= client.reconnectionTimeMs
        ? 'after-retry'
        : 'at-once';
    },
  },
  {
    id: 'proxy',
    set: { ...cut, ids: true, keep: 50, cutAtMs: 0, proxyOctets: 1024 },
    kind: 'choice',
    options: ['one-second', 'some-seconds', 'not-at-all'],
    answer: ({ received, endMs }) => {
      const firstMs = received[0]?.atMs ?? Infinity;
      return firstMs <= 1200 ? 'one-second' : firstMs <= endMs ? 'some-seconds' : 'not-at-all';
    },
  },
];
