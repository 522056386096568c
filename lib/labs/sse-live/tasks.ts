import type { MessageRef } from '@/lib/text/text';
import type { Task, Verdict } from '../define-lab';
import type { LiveParams } from './lab';
import type { LiveResult } from './run';

type LiveTask = Task<LiveParams, LiveResult>;

const no = (key: string, values: NonNullable<MessageRef['values']> = {}): Verdict => ({
  passed: false,
  hint: { key: `tasks.${key}`, values },
});
const passed: Verdict = { passed: true };

const AWAY = 3;
const SOON_MS = 600;
const AT_ONCE = 3;

export const tasks: readonly LiveTask[] = [
  {
    id: 'lose-nothing',
    prompt: 'tasks.lose-nothing.prompt',
    check: ({ duringAbsence, missed, client }, { ids }) => {
      if (client.readyState === 'closed') return no('lose-nothing.closed');
      if (duringAbsence < AWAY) return no('lose-nothing.short', { count: duringAbsence, wanted: AWAY });
      if (missed === 0) return passed;
      return no(ids ? 'lose-nothing.log' : 'lose-nothing.ids', { missed });
    },
  },
  {
    id: 'in-flight',
    prompt: 'tasks.in-flight.prompt',
    check: ({ messages, news }, { everyMs, delayMs }) => {
      const lost = messages.find(({ kind, receivedMs }) => kind === 'event' && receivedMs === undefined);
      if (!lost) return no('in-flight.none', { fromMs: 3 * everyMs, toMs: 3 * everyMs + delayMs });
      const again = news.find(({ n }) => n === lost.n);
      return again?.outcome === 'replayed' ? passed : no('in-flight.gone', { n: lost.n ?? 0 });
    },
  },
  {
    id: 'lose-with-ids',
    prompt: 'tasks.lose-with-ids.prompt',
    check: ({ missed, received, client, messages }, { ids, proxyOctets }) => {
      if (!ids) return no('lose-with-ids.ids');
      if (client.readyState === 'closed') return no('lose-with-ids.closed');
      if (proxyOctets > 0) return no('lose-with-ids.proxy');
      if (missed === 0) return no('lose-with-ids.none');
      const asked = messages.some(({ fields = [] }) => fields.some(({ name }) => name === 'Last-Event-ID'));
      return asked && received.length > 0 ? passed : no('lose-with-ids.never');
    },
  },
  {
    id: 'soon-back',
    prompt: 'tasks.soon-back.prompt',
    check: ({ absenceMs }) => {
      if (absenceMs === undefined) return no('soon-back.never');
      return absenceMs <= SOON_MS ? passed : no('soon-back.long', { ms: absenceMs, wanted: SOON_MS });
    },
  },
  {
    id: 'stay-away',
    prompt: 'tasks.stay-away.prompt',
    check: ({ client, absenceMs }) => {
      if (client.readyState === 'closed') return passed;
      return no(absenceMs === undefined ? 'stay-away.no-cut' : 'stay-away.answer');
    },
  },
  {
    id: 'all-at-once',
    prompt: 'tasks.all-at-once.prompt',
    check: ({ received }, { proxyOctets }) => {
      if (proxyOctets === 0) return no('all-at-once.no-proxy');
      const live = received.filter(({ replayed }) => !replayed);
      const largest = Math.max(
        0,
        ...live.map(({ atMs }) => live.filter((other) => other.atMs === atMs).length),
      );
      if (received.length === 0) return no('all-at-once.nothing', { octets: proxyOctets });
      return largest >= AT_ONCE ? passed : no('all-at-once.few', { count: largest, wanted: AT_ONCE });
    },
  },
];
