import type { Task } from '../define-lab';
import type { SlowStartParams } from './lab';
import type { SlowStartResult } from './run';

type SlowStartTask = Task<SlowStartParams, SlowStartResult>;

/** 40 kB: a script that the learner must get through in two bursts. */
const SCRIPT_BYTES = 40_000;

export const tasks: readonly SlowStartTask[] = [
  {
    id: 'two-bursts',
    prompt: 'tasks.two-bursts.prompt',
    check: ({ rounds }, { bytes, reused }) => {
      if (bytes < SCRIPT_BYTES)
        return { passed: false, hint: { key: 'tasks.two-bursts.smaller', values: { bytes } } };
      if (reused) return { passed: false, hint: { key: 'tasks.two-bursts.reused' } };
      if (rounds.length <= 2) return { passed: true };
      const third = rounds[2]?.segments ?? 0;
      return {
        passed: false,
        hint: { key: 'tasks.two-bursts.left', values: { bursts: rounds.length, third } },
      };
    },
  },
  {
    id: 'same-as-warm',
    prompt: 'tasks.same-as-warm.prompt',
    check: ({ rounds, segments }, { reused, initialCwnd }) => {
      if (reused) return { passed: false, hint: { key: 'tasks.same-as-warm.reused' } };
      if (segments < 30)
        return { passed: false, hint: { key: 'tasks.same-as-warm.smaller', values: { segments } } };
      return rounds.length === 1
        ? { passed: true }
        : { passed: false, hint: { key: 'tasks.same-as-warm.window', values: { initialCwnd, segments } } };
    },
  },
  {
    id: 'receiver-limits',
    prompt: 'tasks.receiver-limits.prompt',
    check: ({ rounds }, { rwndBytes, mss }) => {
      const windowSegments = Math.floor(rwndBytes / mss);
      const held = rounds.find(({ cwnd, segments }) => cwnd > windowSegments && segments >= windowSegments);
      if (held) return { passed: true };
      const widest = Math.max(...rounds.map(({ cwnd }) => Math.floor(cwnd)));
      return {
        passed: false,
        hint: { key: 'tasks.receiver-limits.open', values: { widest, windowSegments } },
      };
    },
  },
  {
    id: 'line-limits',
    prompt: 'tasks.line-limits.prompt',
    check: ({ segments, total }, { bandwidthMbps, mss, serverTimeMs }) => {
      if (bandwidthMbps === 0) return { passed: false, hint: { key: 'tasks.line-limits.unlimited' } };
      const serialisationMs = (segments * mss * 8) / (bandwidthMbps * 1000);
      const share = serialisationMs / (total.measuredMs - serverTimeMs);
      if (share > 0.5) return { passed: true };
      return {
        passed: false,
        hint: { key: 'tasks.line-limits.share', values: { percent: Math.floor(share * 100) } },
      };
    },
  },
];
