import type { Task } from '../define-lab';
import type { BdpParams } from './lab';
import type { BdpResult } from './run';

type BdpTask = Task<BdpParams, BdpResult>;

const percent = (share: number) => Math.floor(share * 100);
const FULL = 0.95;

export const tasks: readonly BdpTask[] = [
  {
    id: 'fill',
    prompt: 'tasks.fill.prompt',
    check: (result, { rateMbps, rttMs }) => {
      if (rateMbps < 50 || rttMs < 50)
        return { passed: false, hint: { key: 'tasks.fill.smaller', values: { rateMbps, rttMs } } };
      if (result.utilisation < FULL)
        return {
          passed: false,
          hint: {
            key: 'tasks.fill.idle',
            values: {
              percent: percent(result.utilisation),
              window: result.windowBytes,
              bdp: Math.ceil(result.bdpBytes),
            },
          },
        };
      if (result.queueMs > rttMs / 10)
        return {
          passed: false,
          hint: { key: 'tasks.fill.queue', values: { queueMs: Math.round(result.queueMs) } },
        };
      return { passed: true };
    },
  },
  {
    id: 'sixteen-bits',
    prompt: 'tasks.sixteen-bits.prompt',
    check: (result, { bufferBytes, windowScaling }) => {
      if (bufferBytes < 1_000_000)
        return { passed: false, hint: { key: 'tasks.sixteen-bits.buffer', values: { bufferBytes } } };
      if (windowScaling)
        return { passed: false, hint: { key: 'tasks.sixteen-bits.scaled', values: { shift: result.shift } } };
      if (result.limitedBy !== 'field')
        return { passed: false, hint: { key: `tasks.sixteen-bits.by.${result.limitedBy}` } };
      const idle = 1 - result.utilisation;
      return idle >= 0.9
        ? { passed: true }
        : { passed: false, hint: { key: 'tasks.sixteen-bits.idle', values: { percent: percent(idle) } } };
    },
  },
  {
    id: 'nearer',
    prompt: 'tasks.nearer.prompt',
    check: (result, { windowScaling, rateMbps }) => {
      if (windowScaling) return { passed: false, hint: { key: 'tasks.nearer.scaled' } };
      if (rateMbps < 100) return { passed: false, hint: { key: 'tasks.nearer.slow', values: { rateMbps } } };
      if (result.utilisation >= FULL) return { passed: true };
      return {
        passed: false,
        hint: {
          key: 'tasks.nearer.far',
          values: {
            percent: percent(result.utilisation),
            roundMs: result.roundMs,
            window: result.windowBytes,
          },
        },
      };
    },
  },
  {
    id: 'own-caution',
    prompt: 'tasks.own-caution.prompt',
    check: (result) => {
      if (result.announcedBytes < result.bdpBytes)
        return {
          passed: false,
          hint: {
            key: 'tasks.own-caution.receiver',
            values: { announced: result.announcedBytes, bdp: Math.ceil(result.bdpBytes) },
          },
        };
      if (result.limitedBy === 'cwnd' && result.utilisation <= 0.5) return { passed: true };
      return {
        passed: false,
        hint: { key: 'tasks.own-caution.full', values: { percent: percent(result.utilisation) } },
      };
    },
  },
  {
    id: 'bufferbloat',
    prompt: 'tasks.bufferbloat.prompt',
    check: (result, { rttMs }) => {
      if (rttMs < 20) return { passed: false, hint: { key: 'tasks.bufferbloat.near', values: { rttMs } } };
      if (result.queueMs >= 2 * rttMs) return { passed: true };
      return {
        passed: false,
        hint: {
          key: 'tasks.bufferbloat.little',
          values: {
            queueMs: Math.round(result.queueMs),
            rttMs,
            times: Math.round((result.windowBytes / result.bdpBytes) * 100) / 100,
          },
        },
      };
    },
  },
];
