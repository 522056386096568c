import type { Task, Verdict } from '../define-lab';
import type { ExchangeParams } from './params';
import { runExchangeLab, type ExchangeResult } from './run';

type ExchangeTask = Task<ExchangeParams, ExchangeResult>;

const passed: Verdict = { passed: true };
const missing = (key: string, values?: Record<string, string | number>): Verdict => ({
  passed: false,
  hint: values ? { key, values } : { key },
});

/** By how much trickling has to be faster. */
export const TRICKLE_SAVES_MS = 1000;

export const tasks: readonly ExchangeTask[] = [
  task('one-stable', ({ trace }) => {
    const { ada, ben } = trace.final;
    if (ada.signalingState === 'stable' && ben.signalingState === 'stable')
      return missing(trace.rules.length > 0 ? 'tasks.one-stable.both' : 'tasks.one-stable.none');
    if (ada.signalingState !== 'stable' && ben.signalingState !== 'stable')
      return missing('tasks.one-stable.neither');
    const settled = ada.signalingState === 'stable' ? ada : ben;
    return settled.currentLocal === null ? missing('tasks.one-stable.no-offer') : passed;
  }),
  task('without-candidates', ({ trace, diagnosis }) => {
    const told = trace.messages.filter(
      ({ from, way, receivedAtMs, text = '', changedTo = text }) =>
        from === 'ada' && way === 'signaling' && receivedAtMs !== null && changedTo.includes('candidate:'),
    );
    if (told.length > 0) return missing('tasks.without-candidates.told', { told: told.length });
    return diagnosis === 'connected' ? passed : missing('tasks.without-candidates.not-connected');
  }),
  task('fails-late', ({ trace: { final } }) => {
    const { ada, ben } = final;
    if (ada.dtlsState === 'failed' && ben.dtlsState === 'failed') return passed;
    if (ada.connectionState === 'connected') return missing('tasks.fails-late.connected');
    return ada.iceConnectionState === 'connected' && ben.iceConnectionState === 'connected'
      ? missing('tasks.fails-late.waits')
      : missing('tasks.fails-late.early');
  }),
  task('waits-for-ever', ({ trace: { final } }) => {
    const { ada, ben } = final;
    if (ada.connectionState === 'connected') return missing('tasks.waits-for-ever.connected');
    if (ada.dtlsState === 'failed') return missing('tasks.waits-for-ever.failed');
    if (ada.iceConnectionState !== 'connected' || ben.iceConnectionState !== 'connected')
      return missing('tasks.waits-for-ever.no-ice');
    return passed;
  }),
  task('survive-glare', ({ trace, diagnosis }, { scene, secondAfterMs, signalingDelayMs }) => {
    if (scene !== 'glare') return missing('tasks.survive-glare.scene');
    const collisions = trace.rules.filter(({ rule }) => rule.startsWith('glare.')).length;
    if (collisions === 0) return missing('tasks.survive-glare.no-glare', { secondAfterMs, signalingDelayMs });
    return diagnosis === 'connected'
      ? passed
      : missing(`tasks.survive-glare.${trace.final.ada.signalingState}`);
  }),
  task('add-video', ({ trace, diagnosis }, { scene }) => {
    if (scene !== 'renegotiate') return missing('tasks.add-video.scene');
    const second = trace.messages.find(({ name }) => name === 'ada offer 2');
    if (!second || diagnosis !== 'connected') return missing('tasks.add-video.not-connected');
    const answer = trace.descriptions['ben answer 2'];
    if (!answer?.sdp.includes('m=video')) return missing('tasks.add-video.no-video');
    const after = trace.messages.filter(({ way, sentAtMs }) => way === 'path' && sentAtMs >= second.sentAtMs);
    return after.length > 0 ? missing('tasks.add-video.checks', { count: after.length }) : passed;
  }),
  task('trickle-pays', ({ connectedAtMs }, params) => {
    if (!params.trickle) return missing('tasks.trickle-pays.off');
    const waiting = runExchangeLab({ ...params, trickle: false }, { seed: 1 }).connectedAtMs;
    if (connectedAtMs === null || waiting === null) return missing('tasks.trickle-pays.not-connected');
    const savedMs = waiting - connectedAtMs;
    return savedMs >= TRICKLE_SAVES_MS ? passed : missing('tasks.trickle-pays.little', { savedMs });
  }),
];

function task(id: string, check: (result: ExchangeResult, params: ExchangeParams) => Verdict): ExchangeTask {
  return { id, prompt: `tasks.${id}.prompt`, check };
}
