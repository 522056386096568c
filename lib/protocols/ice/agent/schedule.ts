import type { CandidatePair } from '../candidate-pair';
import type { Checklist } from '../checklist';
import { unfreezeFirsts } from '../checklist';
import { startCheck, startConsentCheck, sendRequest } from './requests';
import { failCheck } from './receive-response';
import type { AgentState } from './state';
import { setState } from './state';

/** One check, if one is due (RFC 8445 §6.1.4.2): the lists take turns, and in each the triggered ones go first. */
export function sendDueCheck(agent: AgentState, nowMs: number): void {
  if (!agent.remote || nowMs < agent.nextCheckAtMs) return;
  for (let i = 0; i < agent.lists.length; i++) {
    const list = agent.lists[(agent.turn + i) % agent.lists.length]!;
    const pair = nextPair(agent, list);
    if (!pair) continue;
    agent.turn = (agent.turn + i + 1) % agent.lists.length;
    agent.nextCheckAtMs = nowMs + agent.timers.taMs;
    startCheck(agent, list, pair, false, nowMs);
    return;
  }
}

/** Whether anything waits for its turn. */
export function hasCheckToSend(agent: AgentState): boolean {
  if (!agent.remote) return false;
  unfreezeFirsts(agent.lists);
  return agent.lists.some(
    ({ state, triggered, pairs }) =>
      state === 'running' && (triggered.length > 0 || pairs.some((pair) => pair.state === 'waiting')),
  );
}

function nextPair(agent: AgentState, list: Checklist): CandidatePair | undefined {
  if (list.state !== 'running') return undefined;
  const triggered = list.triggered.shift();
  if (triggered) return triggered;
  const waiting = (): CandidatePair | undefined => list.pairs.find(({ state }) => state === 'waiting');
  const next = waiting();
  if (next) return next;
  // Nothing waits: of what is frozen the first of each foundation that nobody is trying (step 3).
  unfreezeFirsts(agent.lists);
  return waiting();
}

/** Sends again what is due, and gives up what has waited to the end. */
export function runTransactions(agent: AgentState, nowMs: number): void {
  for (const [id, transaction] of agent.transactions) {
    while (transaction.sendAtMs[0] !== undefined && transaction.sendAtMs[0] <= nowMs) {
      transaction.sendAtMs.shift();
      sendRequest(agent, transaction.pair, transaction.message);
    }
    if (transaction.failAtMs > nowMs) continue;
    agent.transactions.delete(id);
    if (transaction.kind === 'check') failCheck(transaction);
  }
}

/** RFC 7675 §5.1: asks every five seconds, give or take a fifth; after thirty without an answer nothing may be sent. */
export function runConsent(agent: AgentState, nowMs: number): void {
  for (const consent of [...agent.consents]) {
    if (consent.expiresAtMs <= nowMs) {
      agent.consents.splice(agent.consents.indexOf(consent), 1);
      setState(agent, 'disconnected');
    } else if (consent.askAtMs <= nowMs) {
      const spread = 0.8 + 0.4 * agent.options.random.next();
      consent.askAtMs = nowMs + agent.timers.consentIntervalMs * spread;
      startConsentCheck(agent, consent.list, consent.valid.checkedBy, nowMs);
    }
  }
}
