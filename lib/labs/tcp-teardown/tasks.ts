import type { EndpointName } from '@/lib/protocols/tcp';
import type { Task, Verdict } from '../define-lab';
import { hasRule } from '../exchange-view';
import type { TeardownParams } from './lab';
import { FIRST_ORDER, peerOf, SECOND_ORDER, type TeardownResult } from './run';

type TeardownTask = Task<TeardownParams, TeardownResult>;

const passed: Verdict = { passed: true };
const missing = (key: string, values?: Record<string, string | number>): Verdict => ({
  passed: false,
  hint: values ? { key, values } : { key },
});
const task = (id: string, check: TeardownTask['check']): TeardownTask => ({
  id,
  prompt: `tasks.${id}.prompt`,
  check,
});

/** The half-close that counts: so much is read after the FIN. */
const HALF_CLOSE_OCTETS = 1000;

export const tasks: readonly TeardownTask[] = [
  task('half-close', ({ trace }, { closer, ending, stillToSend }) => {
    if (ending !== 'close') return missing('tasks.half-close.ending');
    if (closer === 'both') return missing('tasks.half-close.both');
    if (stillToSend < HALF_CLOSE_OCTETS) return missing('tasks.half-close.send', { stillToSend });
    const reader: EndpointName = closer;
    const finAtMs = trace.packets.find(({ name }) => name === `${reader} FIN #1`)?.sentAtMs ?? Infinity;
    const read = trace.effects.reduce(
      (sum, effect) =>
        effect.type === 'read' && effect.endpoint === reader && effect.timeMs > finAtMs
          ? sum + effect.data.length
          : sum,
      0,
    );
    return read >= HALF_CLOSE_OCTETS ? passed : missing('tasks.half-close.closed', { read });
  }),
  task('simultaneous', ({ trace }, { ending }) => {
    if (ending !== 'close') return missing('tasks.simultaneous.ending');
    const closing = trace.states.filter(({ state }) => state === 'CLOSING').length;
    return closing === 2 ? passed : missing('tasks.simultaneous.one', { closing });
  }),
  task('time-wait-answers', ({ trace }, { closer }) => {
    const finAgain = hasRule(trace, 'time-wait.fin-again');
    const bothClosed = trace.final.client.state === 'CLOSED' && trace.final.server.state === 'CLOSED';
    if (finAgain) return bothClosed ? passed : missing('tasks.time-wait-answers.open');
    if (!trace.states.some(({ state }) => state === 'TIME-WAIT'))
      return missing('tasks.time-wait-answers.none');
    return missing('tasks.time-wait-answers.arrives', { peer: peerOf(closer) });
  }),
  task('discover', ({ trace }, { ending, closer }) => {
    if (ending !== 'crash' || closer === 'both') return missing('tasks.discover.crash');
    const other = peerOf(closer);
    const isReset = hasRule(trace, 'rst.exact', other);
    if (!isReset) return missing('tasks.discover.unaware', { state: trace.final[other].state, peer: other });
    return passed;
  }),
  task('old-copy', ({ trace }, { oldCopyMs, reopenMs, isnClock }) => {
    if (oldCopyMs === 0) return missing('tasks.old-copy.none');
    if (reopenMs === 0) return missing('tasks.old-copy.one');
    const { server } = trace.read;
    if (server === FIRST_ORDER + FIRST_ORDER) return passed;
    if (hasRule(trace, 'open.exists')) return missing('tasks.old-copy.waits');
    if (isnClock) return missing('tasks.old-copy.clock');
    if (server === FIRST_ORDER + SECOND_ORDER) return missing('tasks.old-copy.time');
    return missing('tasks.old-copy.shut');
  }),
];
