import type { Task } from '../define-lab';
import type { HeadOfLineParams } from './lab';
import type { HeadOfLineResult } from './run';

type HeadOfLineTask = Task<HeadOfLineParams, HeadOfLineResult>;

const nothingLost = (id: string) => ({ passed: false, hint: { key: `tasks.${id}.none` } });
const isLoss = ({ segments }: HeadOfLineResult) => segments.some(({ losses }) => losses > 0);

export const tasks: readonly HeadOfLineTask[] = [
  {
    id: 'everyone',
    prompt: 'tasks.everyone.prompt',
    check: (result) => {
      if (!isLoss(result)) return nothingLost('everyone');
      const whole = result.messages.filter(({ wasHit }) => !wasHit);
      const waited = whole.filter(({ completeMs, deliveredMs }) => deliveredMs > completeMs);
      if (whole.length >= 8 && waited.length === whole.length) return { passed: true };
      return {
        passed: false,
        hint: { key: 'tasks.everyone.some', values: { waited: waited.length, whole: whole.length } },
      };
    },
  },
  {
    id: 'nobody',
    prompt: 'tasks.nobody.prompt',
    check: (result) => {
      if (!isLoss(result)) return nothingLost('nobody');
      if (result.waiting === 0) return { passed: true };
      return { passed: false, hint: { key: 'tasks.nobody.waiting', values: { waiting: result.waiting } } };
    },
  },
  {
    id: 'timer',
    prompt: 'tasks.timer.prompt',
    check: (result) => {
      if (!isLoss(result)) return nothingLost('timer');
      const [repair] = result.repairs;
      const hit = result.segments.find(({ losses }) => losses > 0);
      if (repair?.kind === 'rto' && hit && hit.segment < result.segments.length) return { passed: true };
      if (repair?.kind === 'rto') return { passed: false, hint: { key: 'tasks.timer.last' } };
      return {
        passed: false,
        hint: {
          key: 'tasks.timer.duplicates',
          values: { after: result.segments.length - (hit?.segment ?? 0) },
        },
      };
    },
  },
  {
    id: 'game',
    prompt: 'tasks.game.prompt',
    check: (result, { intervalMs, rttMs }) => {
      if (!isLoss(result)) return nothingLost('game');
      if (intervalMs === 0 || intervalMs > 50)
        return { passed: false, hint: { key: 'tasks.game.interval', values: { intervalMs } } };
      if (rttMs < 60) return { passed: false, hint: { key: 'tasks.game.near', values: { rttMs } } };
      if (result.waiting >= 4) return { passed: true };
      return { passed: false, hint: { key: 'tasks.game.few', values: { waiting: result.waiting } } };
    },
  },
  {
    id: 'nearer',
    prompt: 'tasks.nearer.prompt',
    check: (result) => {
      if (!isLoss(result)) return nothingLost('nearer');
      if (result.waiting < 3)
        return { passed: false, hint: { key: 'tasks.nearer.few', values: { waiting: result.waiting } } };
      if (result.worstWaitMs < 25) return { passed: true };
      return {
        passed: false,
        hint: { key: 'tasks.nearer.long', values: { worstWaitMs: Math.round(result.worstWaitMs) } },
      };
    },
  },
];
