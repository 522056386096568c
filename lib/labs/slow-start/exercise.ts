import { initialWindowRfc6928, slowStartRounds, windowAfterAck } from '@/lib/protocols/tcp';
import type { Exercise, ExerciseCheck } from '../define-lab';

type AckState = { cwnd: number; ssthresh: number; mss: number; acked: number };

const roundsChecks = [
  { segments: 45, initialCwnd: 4 },
  { segments: 45, initialCwnd: 10 },
  { segments: 8, initialCwnd: 4 },
  { segments: 9, initialCwnd: 4 },
  { segments: 4, initialCwnd: 4 },
  { segments: 3, initialCwnd: 10 },
  { segments: 1000, initialCwnd: 1 },
].map((input): ExerciseCheck => ({
  id: `${input.segments}-from-${input.initialCwnd}`,
  fn: 'slowStartRounds',
  args: [input],
  expected: slowStartRounds(input),
}));

const ackStates: Record<string, AckState> = {
  'first-ack': { cwnd: initialWindowRfc6928(1460), ssthresh: 1e9, mss: 1460, acked: 1460 },
  'one-ack-for-two': { cwnd: 14_600, ssthresh: 1e9, mss: 1460, acked: 2920 },
  'small-segment': { cwnd: 14_600, ssthresh: 1e9, mss: 1460, acked: 300 },
  'at-the-threshold': { cwnd: 29_200, ssthresh: 29_200, mss: 1460, acked: 1460 },
  'small-in-avoidance': { cwnd: 58_400, ssthresh: 29_200, mss: 1460, acked: 300 },
  'in-avoidance': { cwnd: 58_400, ssthresh: 29_200, mss: 1460, acked: 1460 },
};

const ackChecks = Object.entries(ackStates).map(([id, state]): ExerciseCheck => ({
  id,
  fn: 'onAck',
  args: [state],
  expected: windowAfterAck(state),
}));

/** The formula first, then the two lines of the sender that the formula sums up. */
export const exercise: Exercise = {
  stages: [
    {
      id: 'rounds',
      starter: `/** How many round trips until a window that starts at initialCwnd segments holds \`segments\`? */
export function slowStartRounds({ segments, initialCwnd }: { segments: number; initialCwnd: number }): number {
  return 0;
}
`,
      solution: `export function slowStartRounds({ segments, initialCwnd }: { segments: number; initialCwnd: number }): number {
  let rounds = 0;
  for (let cwnd = initialCwnd; cwnd < segments; cwnd *= 2) rounds++;
  return rounds;
}
`,
      checks: roundsChecks,
      mistakes: [
        {
          id: 'not-whole',
          fn: 'slowStartRounds',
          wrong: ({ segments, initialCwnd }: { segments: number; initialCwnd: number }) =>
            Math.log2(segments / initialCwnd),
        },
        {
          id: 'rounded-down',
          fn: 'slowStartRounds',
          wrong: ({ segments, initialCwnd }: { segments: number; initialCwnd: number }) =>
            Math.max(0, Math.floor(Math.log2(segments / initialCwnd))),
        },
        {
          id: 'no-initial-window',
          fn: 'slowStartRounds',
          wrong: ({ segments }: { segments: number }) => Math.ceil(Math.log2(segments)),
        },
        {
          id: 'natural-logarithm',
          fn: 'slowStartRounds',
          wrong: ({ segments, initialCwnd }: { segments: number; initialCwnd: number }) =>
            Math.max(0, Math.ceil(Math.log(segments / initialCwnd))),
        },
        {
          id: 'counts-the-first',
          fn: 'slowStartRounds',
          wrong: ({ segments, initialCwnd }: { segments: number; initialCwnd: number }) =>
            slowStartRounds({ segments, initialCwnd }) + 1,
        },
        {
          id: 'below-zero',
          fn: 'slowStartRounds',
          wrong: ({ segments, initialCwnd }: { segments: number; initialCwnd: number }) =>
            Math.ceil(Math.log2(segments / initialCwnd)),
        },
      ],
      hints: 3,
    },
    {
      id: 'on-ack',
      starter: `type SenderState = { cwnd: number; ssthresh: number; mss: number; acked: number };

/**
 * An ACK came that acknowledges \`acked\` new octets. What is cwnd now, in octets?
 * Below ssthresh the sender is in slow start, from there on in congestion avoidance.
 */
export function onAck({ cwnd, ssthresh, mss, acked }: SenderState): number {
  return cwnd;
}
`,
      solution: `type SenderState = { cwnd: number; ssthresh: number; mss: number; acked: number };

export function onAck({ cwnd, ssthresh, mss, acked }: SenderState): number {
  if (cwnd < ssthresh) return cwnd + Math.min(acked, mss);
  return cwnd + (mss * mss) / cwnd;
}
`,
      checks: ackChecks,
      mistakes: [
        {
          id: 'doubles',
          fn: 'onAck',
          wrong: ({ cwnd, ssthresh, mss }: AckState) =>
            cwnd < ssthresh ? cwnd * 2 : cwnd + (mss * mss) / cwnd,
        },
        {
          id: 'counts-octets',
          fn: 'onAck',
          wrong: ({ cwnd, ssthresh, mss, acked }: AckState) =>
            cwnd < ssthresh ? cwnd + acked : cwnd + (mss * mss) / cwnd,
        },
        {
          id: 'always-a-segment',
          fn: 'onAck',
          wrong: ({ cwnd, ssthresh, mss }: AckState) =>
            cwnd < ssthresh ? cwnd + mss : cwnd + (mss * mss) / cwnd,
        },
        {
          id: 'no-avoidance',
          fn: 'onAck',
          wrong: ({ cwnd, mss, acked }: AckState) => cwnd + Math.min(acked, mss),
        },
        {
          id: 'threshold-itself',
          fn: 'onAck',
          wrong: ({ cwnd, ssthresh, mss, acked }: AckState) =>
            cwnd <= ssthresh ? cwnd + Math.min(acked, mss) : cwnd + (mss * mss) / cwnd,
        },
        {
          id: 'segment-a-ack',
          fn: 'onAck',
          wrong: ({ cwnd, ssthresh, mss, acked }: AckState) =>
            cwnd < ssthresh ? cwnd + Math.min(acked, mss) : cwnd + mss,
        },
      ],
      hints: 3,
    },
  ],
};
