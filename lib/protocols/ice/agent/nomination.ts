import type { CandidatePair } from '../candidate-pair';
import type { Checklist, ValidPair } from '../checklist';
import { startCheck } from './requests';
import type { AgentState } from './state';
import { setState } from './state';

/**
 * The controlling agent's choice (RFC 8445 §8.1.1): for each component the best pair that works, as soon as nothing better
 * is still being tried, or when it has waited long enough. It says so by checking once more, with USE-CANDIDATE.
 */
export function chooseNominees(agent: AgentState, nowMs: number): void {
  if (agent.role !== 'controlling') return;
  for (const list of agent.lists) {
    if (list.state !== 'running' || list.firstValidAtMs === undefined) continue;
    const isTimeUp = nowMs >= list.firstValidAtMs + agent.timers.nominateAfterMs;
    for (let component = 1; component <= list.components; component++) {
      if (list.selected.has(component) || isBeingNominated(agent, list, component)) continue;
      const best = bestValid(list, component);
      if (best && (isTimeUp || !hasBetterOpen(list, best)))
        startCheck(agent, list, best.checkedBy, true, nowMs);
    }
  }
}

/** A pair is nominated for both sides: it is used from now on, and the other pairs of its component are given up. */
export function nominate(agent: AgentState, list: Checklist, valid: ValidPair, nowMs: number): void {
  valid.nominated = true;
  const current = list.selected.get(valid.component);
  // An aggressive peer nominates several: the best of them is used (RFC 5245 §8.1.1.2).
  if (current && current.priority >= valid.priority) return;
  list.selected.set(valid.component, valid);
  agent.outputs.push({ type: 'selected', stream: list.stream, component: valid.component, pair: valid });
  giveUpOthers(agent, list, valid);
  keepConsent(agent, list, valid, nowMs);
  if (list.selected.size === list.components) list.state = 'completed';
}

/** Sets the agent's state from its lists. */
export function settleState(agent: AgentState, nowMs: number): void {
  const { lists } = agent;
  if (agent.state === 'disconnected' || agent.state === 'failed' || agent.startedAtMs === undefined) return;
  const mayGiveUp =
    agent.isLocalDone && agent.isRemoteDone && nowMs >= agent.startedAtMs + agent.timers.patienceMs;
  for (const list of lists) {
    if (list.state === 'running' && mayGiveUp && !isHopeful(agent, list)) list.state = 'failed';
  }
  if (lists.some(({ state }) => state === 'failed')) return setState(agent, 'failed');
  if (lists.every(({ state }) => state === 'completed')) return setState(agent, 'completed');
  if (lists.every(isWorking)) return setState(agent, 'connected');
  if (agent.state === 'new') setState(agent, 'checking');
}

/** When a controlling agent stops waiting for something better; Infinity if it is not waiting. */
export function nominationDeadlineMs(agent: AgentState): number {
  if (agent.role !== 'controlling') return Infinity;
  const waiting = agent.lists.filter(
    ({ state, firstValidAtMs }) => state === 'running' && firstValidAtMs !== undefined,
  );
  const open = waiting.filter((list) =>
    Array.from({ length: list.components }, (_, i) => i + 1).some(
      (component) =>
        !list.selected.has(component) &&
        !isBeingNominated(agent, list, component) &&
        bestValid(list, component),
    ),
  );
  return Math.min(Infinity, ...open.map((list) => list.firstValidAtMs! + agent.timers.nominateAfterMs));
}

function isWorking(list: Checklist): boolean {
  return new Set(list.valid.map(({ component }) => component)).size === list.components;
}

/** Something may still come of it: a pair is open, or what works only waits to be nominated. */
function isHopeful(agent: AgentState, list: Checklist): boolean {
  if (isWorking(list)) return true;
  if (
    [...agent.transactions.values()].some(
      (transaction) => transaction.list === list && !transaction.cancelled,
    )
  )
    return true;
  return list.pairs.some(isOpen);
}

function bestValid(list: Checklist, component: number): ValidPair | undefined {
  const valid = list.valid.filter((pair) => pair.component === component);
  return valid.sort((left, right) => (left.priority > right.priority ? -1 : 1))[0];
}

function hasBetterOpen(list: Checklist, best: ValidPair): boolean {
  return list.pairs.some(
    (pair) => pair.component === best.component && pair.priority > best.priority && isOpen(pair),
  );
}

function isOpen({ state }: CandidatePair): boolean {
  return state === 'frozen' || state === 'waiting' || state === 'in-progress';
}

function isBeingNominated(agent: AgentState, list: Checklist, component: number): boolean {
  return [...agent.transactions.values()].some(
    (transaction) =>
      transaction.nominating && transaction.list === list && transaction.pair.component === component,
  );
}

/** §8.1.2: no more checks for a component that has its pair, but for those under way with a better one. */
function giveUpOthers(agent: AgentState, list: Checklist, { component, checkedBy }: ValidPair): void {
  const isOther = (pair: CandidatePair): boolean => pair.component === component && pair !== checkedBy;
  list.pairs = list.pairs.filter(
    (pair) => !isOther(pair) || (pair.state !== 'frozen' && pair.state !== 'waiting'),
  );
  list.triggered = list.triggered.filter((pair) => !isOther(pair));
  for (const transaction of agent.transactions.values()) {
    if (transaction.list === list && isOther(transaction.pair)) transaction.sendAtMs = [];
  }
}

function keepConsent(agent: AgentState, list: Checklist, valid: ValidPair, nowMs: number): void {
  if (agent.options.consent === false) return;
  const index = agent.consents.findIndex(
    (consent) => consent.list === list && consent.valid.component === valid.component,
  );
  if (index >= 0) agent.consents.splice(index, 1);
  const expiresAtMs = nowMs + agent.timers.consentTimeoutMs;
  agent.consents.push({ list, valid, askAtMs: nowMs + agent.timers.consentIntervalMs, expiresAtMs });
}
