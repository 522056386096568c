import type { ExchangeTrace, FloodTrace } from '@/lib/protocols/tcp';
import type { Task, Verdict } from '../define-lab';
import { firstTimeIn } from '../exchange-view';
import type { HandshakeParams } from './lab';
import { OLD_SYN, type HandshakeResult } from './run';

type HandshakeTask = Task<HandshakeParams, HandshakeResult>;

const passed: Verdict = { passed: true };
const missing = (key: string, values?: Record<string, string | number>): Verdict => ({
  passed: false,
  hint: values ? { key, values } : { key },
});

export const tasks: readonly HandshakeTask[] = [
  onLink('lose-syn-ack', (trace) => {
    const synAcks = trace.packets.filter(({ name }) => name.startsWith('server SYN-ACK'));
    const lost = synAcks.filter(({ fate }) => fate === 'lost').length;
    if (synAcks.length === 0) return missing('tasks.lose-syn-ack.none');
    if (lost === 0) return missing('tasks.lose-syn-ack.arrives', { number: 2 });
    return isOpen(trace) ? passed : missing('tasks.lose-syn-ack.shut', { lost });
  }),
  onLink('old-syn', (trace) => {
    const old = trace.packets.find(({ name }) => name === OLD_SYN);
    if (!old) return missing('tasks.old-syn.none');
    const believed = trace.rules.find(({ rule, packet }) => rule === 'listen.syn' && packet === old.index);
    if (!believed) return missing('tasks.old-syn.late', { atMs: old.sentAtMs });
    const end = trace.rules.find(({ rule }) => rule === 'rst.to-listen');
    if (!end) return missing('tasks.old-syn.crossed');
    return isOpen(trace) ? passed : missing('tasks.old-syn.shut');
  }),
  onLink('both-open', (trace, { opening }) => {
    if (opening !== 'both') return missing('tasks.both-open.one');
    const crossed = trace.rules.filter(({ rule }) => rule === 'syn-sent.syn').length;
    if (crossed < 2) return missing('tasks.both-open.missed', { crossed });
    return isOpen(trace) ? passed : missing('tasks.both-open.shut');
  }),
  onLink('early-data', (trace, { delayMs, request, cookie }) => {
    if (request !== 'in-syn') return missing(`tasks.early-data.${request}`);
    const read = trace.effects.find(({ type, endpoint }) => type === 'read' && endpoint === 'server');
    const openMs = firstTimeIn(trace, 'server', 'ESTABLISHED');
    if (!read || openMs === undefined) return missing('tasks.early-data.nothing');
    if (read.timeMs < openMs) return passed;
    return missing(`tasks.early-data.cookie.${cookie}`, { readMs: read.timeMs, couldMs: delayMs });
  }),
  inFlood('refuse', (flood, { backlog, floodSyns, synCookies }) => {
    if (synCookies) return missing('tasks.refuse.cookies');
    if (flood.servedAtMs === null) return passed;
    return flood.flood.dropped > 0 || floodSyns >= backlog
      ? missing('tasks.refuse.forgotten', { servedAtMs: flood.servedAtMs })
      : missing('tasks.refuse.room', { left: backlog - floodSyns });
  }),
  inFlood('serve', (flood, { backlog, floodSyns, synCookies }) => {
    if (floodSyns < backlog) return missing('tasks.serve.room', { left: backlog - floodSyns });
    if (!synCookies) return missing('tasks.serve.dropped', { dropped: flood.flood.dropped });
    return flood.servedAtMs === null ? missing('tasks.serve.dropped', { dropped: 0 }) : passed;
  }),
];

function onLink(
  id: string,
  check: (trace: ExchangeTrace, params: HandshakeParams) => Verdict,
): HandshakeTask {
  return {
    id,
    prompt: `tasks.${id}.prompt`,
    check: (result, params) =>
      result.scene === 'link' ? check(result.trace, params) : missing('tasks.onLink'),
  };
}

function inFlood(id: string, check: (flood: FloodTrace, params: HandshakeParams) => Verdict): HandshakeTask {
  return {
    id,
    prompt: `tasks.${id}.prompt`,
    check: (result, params) =>
      result.scene === 'flood' ? check(result.flood, params) : missing('tasks.inFlood'),
  };
}

function isOpen({ final }: ExchangeTrace): boolean {
  return final.client.state === 'ESTABLISHED' && final.server.state === 'ESTABLISHED';
}
