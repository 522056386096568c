import type { Task } from '../define-lab';
import type { TcpTuningParams } from './lab';
import type { TcpTuningResult } from './run';

type TcpTuningTask = Task<TcpTuningParams, TcpTuningResult>;

const PAGE_BUDGET_MS = 300;

export const tasks: readonly TcpTuningTask[] = [
  {
    id: 'two-switches',
    prompt: 'tasks.two-switches.prompt',
    check: ({ now, used }, { site, rttMs, rateMbps }) => {
      if (site !== 'shop' || rttMs < 60 || rateMbps > 50)
        return { passed: false, hint: { key: 'tasks.two-switches.path', values: { rttMs, rateMbps } } };
      if (used > 2) return { passed: false, hint: { key: 'tasks.two-switches.many', values: { used } } };
      if (now.pageMs < PAGE_BUDGET_MS) return { passed: true };
      return {
        passed: false,
        hint: { key: 'tasks.two-switches.slow', values: { pageMs: Math.ceil(now.pageMs), used } },
      };
    },
  },
  {
    id: 'same-place',
    prompt: 'tasks.same-place.prompt',
    check: ({ before, now }, { near, rttMs }) => {
      if (near) return { passed: false, hint: { key: 'tasks.same-place.moved' } };
      if (rttMs < 100) return { passed: false, hint: { key: 'tasks.same-place.path', values: { rttMs } } };
      const share = now.pageMs / before.pageMs;
      if (share <= 0.4) return { passed: true };
      return {
        passed: false,
        hint: { key: 'tasks.same-place.slow', values: { percent: Math.ceil(share * 100) } },
      };
    },
  },
  {
    id: 'silence',
    prompt: 'tasks.silence.prompt',
    check: ({ items }, { keepWindow, reuse, rttMs }) => {
      if (!keepWindow) return { passed: false, hint: { key: 'tasks.silence.off' } };
      if (!reuse) return { passed: false, hint: { key: 'tasks.silence.new' } };
      const saved = items.find(({ id }) => id === 'keepWindow')?.hereMs ?? 0;
      if (saved >= 1.5 * rttMs) return { passed: true };
      return { passed: false, hint: { key: 'tasks.silence.little', values: { savedMs: Math.floor(saved) } } };
    },
  },
  {
    id: 'field',
    prompt: 'tasks.field.prompt',
    check: ({ items }, { scaling }) => {
      if (!scaling) return { passed: false, hint: { key: 'tasks.field.off' } };
      const saved = items.find(({ id }) => id === 'scaling')?.hereMs ?? 0;
      if (saved >= 500) return { passed: true };
      return { passed: false, hint: { key: 'tasks.field.little', values: { savedMs: Math.floor(saved) } } };
    },
  },
  {
    id: 'worse',
    prompt: 'tasks.worse.prompt',
    check: ({ items, used }) => {
      if (used === 0) return { passed: false, hint: { key: 'tasks.worse.none' } };
      const worst = Math.min(...items.filter(({ on }) => on).map(({ hereMs }) => hereMs));
      if (worst <= -50) return { passed: true };
      return { passed: false, hint: { key: 'tasks.worse.good', values: { savedMs: Math.round(worst) } } };
    },
  },
];
