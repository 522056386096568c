import type { Algorithm } from '@/lib/protocols/tcp';
import { schema, type CongestionParams, type FlowParams } from './params';

const defaults = schema.parse({});

/** Params that say everything, so that what was set before does not leak into a prediction. */
export function sceneOf(change: Partial<CongestionParams>): CongestionParams {
  return { ...defaults, ...change };
}

/** Flows that differ in nothing but their algorithms. */
export const flowsOf = (...algorithms: readonly Algorithm[]): FlowParams[] =>
  algorithms.map((algorithm) => ({ algorithm, startMs: 0, extraRttMs: 0 }));

/** A transfer short enough to look at each segment; slow enough that they stand apart. */
export const ANATOMY = {
  shared: false,
  rateMbps: 1,
  rttMs: 100,
  queueBdp: 4,
  segments: 28,
  initialCwnd: 4,
  losses: 'scripted',
} as const;
