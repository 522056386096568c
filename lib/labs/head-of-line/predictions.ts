import type { Prediction } from '../define-lab';
import type { HeadOfLineParams } from './lab';
import { runHeadOfLine, type HeadOfLineResult } from './run';

const responses = {
  messages: 6,
  segmentsPerMessage: 2,
  bytesPerSegment: 1460,
  intervalMs: 0,
  interleaved: true,
  rttMs: 80,
  rateMbps: 5,
  lostTwice: false,
  minRtoMs: '1000',
} as const;

const updates = {
  ...responses,
  messages: 12,
  segmentsPerMessage: 1,
  bytesPerSegment: 200,
  interleaved: false,
} as const;

/** Each answer is read from the run, three of them against the run before the change. */
export const predictions: readonly Prediction<HeadOfLineParams, HeadOfLineResult>[] = [
  {
    id: 'who-waits',
    set: { ...responses, lostSegment: 3 },
    kind: 'number',
    unit: '',
    answer: (result) =>
      result.messages.filter(({ wasHit, deliveredMs, completeMs }) => !wasHit && deliveredMs > completeMs)
        .length,
  },
  {
    id: 'last-one',
    set: { ...responses, lostSegment: 12 },
    kind: 'choice',
    options: ['harmless', 'same', 'longest'],
    answer: (result, params) => {
      const before = runHeadOfLine({ ...params, lostSegment: 3 });
      const times = result.endMs / before.endMs;
      return times > 1.5 ? 'longest' : times > 0.9 ? 'same' : 'harmless';
    },
  },
  {
    id: 'faster-line',
    set: { ...responses, lostSegment: 3, rateMbps: 500 },
    kind: 'choice',
    options: ['vanishes', 'half', 'stays'],
    answer: (result, params) => {
      const before = runHeadOfLine({ ...params, rateMbps: 5 });
      const share = result.worstWaitMs / before.worstWaitMs;
      return share < 0.2 ? 'vanishes' : share < 0.7 ? 'half' : 'stays';
    },
  },
  {
    id: 'fewer-updates',
    set: { ...updates, lostSegment: 4, intervalMs: 100 },
    kind: 'choice',
    options: ['shorter', 'same', 'longer'],
    answer: (result, params) => {
      const before = runHeadOfLine({ ...params, intervalMs: 20 });
      const stall = ({ messages }: HeadOfLineResult) => {
        const hit = messages.find(({ wasHit }) => wasHit);
        return hit ? hit.deliveredMs - hit.writtenMs : 0;
      };
      const times = stall(result) / stall(before);
      return times > 1.2 ? 'longer' : times > 0.8 ? 'same' : 'shorter';
    },
  },
];
