import * as z from 'zod/mini';
import { ALGORITHMS } from '@/lib/protocols/tcp';
import { choice, flag, integer, number, params, type ParamsOf } from '../params';

export const MAX_FLOWS_HERE = 6;
/** Segments of each flow that a script may lose. */
export const MAX_LOST = 12;
/** Longest transfer of a known length: it is drawn segment by segment. */
export const MAX_TRANSFER_SEGMENTS = 200;

const flow = params({
  algorithm: choice(ALGORITHMS, 'cubic'),
  startMs: integer({ min: 0, max: 20_000, default: 0 }),
  /** Propagation there and back beyond the path's own. */
  extraRttMs: integer({ min: 0, max: 400, default: 0 }),
});

export type FlowParams = ParamsOf<typeof flow>;

const five: FlowParams[] = ALGORITHMS.map((algorithm) => ({ algorithm, startMs: 0, extraRttMs: 0 }));

export const schema = params({
  flows: z._default(z.array(flow).check(z.minLength(1), z.maxLength(MAX_FLOWS_HERE)), five),
  /** All flows through one bottleneck, or each through its own of the same make. */
  shared: flag(true),
  rateMbps: number({ min: 0.5, max: 20, default: 4 }),
  rttMs: integer({ min: 5, max: 400, default: 60 }),
  /** Octets that the bottleneck's queue holds, in bandwidth-delay products of the path. */
  queueBdp: number({ min: 0.05, max: 10, default: 2 }),
  /** Packets that find more than a third of the queue taken are marked, and the flows heed it (RFC 3168). */
  ecn: flag(false),
  /** What is lost beside what the queue drops. */
  losses: choice(['none', 'scripted', 'random']),
  /** Of each flow, by number from 1; one that stands twice is lost twice. */
  lose: z._default(z.array(z.int().check(z.minimum(1), z.maximum(20_000))).check(z.maxLength(MAX_LOST)), []),
  lossPercent: number({ min: 0, max: 10, default: 1 }),
  seed: integer({ min: 1, max: 999, default: 1 }),
  /** Each flow's length; 0: it sends until the run is over. */
  segments: integer({ min: 0, max: MAX_TRANSFER_SEGMENTS, default: 0 }),
  durationS: integer({ min: 2, max: 60, default: 15 }),
  initialCwnd: integer({ min: 1, max: 40, default: 10 }),
  /** Where slow start ends at first, in segments; 0: as high as can be (RFC 5681 §3.1). */
  initialSsthresh: integer({ min: 0, max: 1000, default: 0 }),
  /** What each algorithm's own RFC says, or selective acknowledgements for all, or PRR on top of them. */
  repair: choice(['own', 'sack', 'prr']),
});

export type CongestionParams = ParamsOf<typeof schema>;
