import type { Prediction } from '../define-lab';
import type { BdpParams } from './lab';
import { runBdp, type BdpResult } from './run';

/** Each answer is read from the run, two of them against the run before the change. */
export const predictions: readonly Prediction<BdpParams, BdpResult>[] = [
  {
    id: 'gigabit',
    set: {
      rateMbps: 1000,
      rttMs: 80,
      bufferBytes: 65_535,
      windowScaling: false,
      cwndBytes: 4_194_304,
      mss: 1460,
    },
    kind: 'choice',
    options: ['ten', 'twice', 'nothing'],
    answer: (result, params) => {
      const times = result.measuredBps / runBdp({ ...params, rateMbps: 100 }).measuredBps;
      return times > 5 ? 'ten' : times > 1.3 ? 'twice' : 'nothing';
    },
  },
  {
    id: 'fill',
    set: {
      rateMbps: 10,
      rttMs: 100,
      bufferBytes: 1_048_576,
      windowScaling: true,
      cwndBytes: 125_000,
      mss: 1000,
    },
    kind: 'number',
    unit: 'kB',
    tolerance: 0.05,
    answer: (result) => result.bdpBytes / 1000,
  },
  {
    id: 'twice-the-bdp',
    set: {
      rateMbps: 10,
      rttMs: 100,
      bufferBytes: 1_048_576,
      windowScaling: true,
      cwndBytes: 250_000,
      mss: 1000,
    },
    kind: 'choice',
    options: ['twice-as-fast', 'little-faster', 'later'],
    answer: (result, params) => {
      const before = runBdp({ ...params, cwndBytes: params.cwndBytes / 2 });
      const times = result.measuredBps / before.measuredBps;
      return times > 1.5 ? 'twice-as-fast' : times > 1.05 ? 'little-faster' : 'later';
    },
  },
];
