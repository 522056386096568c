import { toHex } from '@/lib/bytes';
import type { StunAttribute, StunMessage } from '@/lib/protocols/stun';
import { retransmissionTimes } from '@/lib/protocols/stun';
import { candidatePriority, priorityParts } from '../priority';
import type { CandidatePair } from '../candidate-pair';
import type { Checklist } from '../checklist';
import type { AgentState, Transaction } from './state';

/** A connectivity check (RFC 8445 §7.2.2 to §7.2.4), sent now and again until it is answered. */
export function startCheck(
  agent: AgentState,
  list: Checklist,
  pair: CandidatePair,
  nominating: boolean,
  nowMs: number,
): void {
  const { sendAtMs, failAtMs } = retransmissionTimes({
    rtoMs: rtoOf(agent),
    rc: agent.timers.rc,
    rm: agent.timers.rm,
  });
  start(agent, { kind: 'check', list, pair, nominating }, sendAtMs.slice(1), failAtMs, nowMs);
  if (!nominating) pair.state = 'in-progress';
}

/** A consent check is the same request, sent once: the next one comes soon (RFC 7675 §5.1). */
export function startConsentCheck(
  agent: AgentState,
  list: Checklist,
  pair: CandidatePair,
  nowMs: number,
): void {
  start(agent, { kind: 'consent', list, pair, nominating: false }, [], agent.timers.consentTimeoutMs, nowMs);
}

function start(
  agent: AgentState,
  what: Pick<Transaction, 'kind' | 'list' | 'pair' | 'nominating'>,
  againMs: readonly number[],
  failAfterMs: number,
  nowMs: number,
): void {
  const message = createRequest(agent, what.pair, what.nominating);
  agent.transactions.set(toHex(message.transactionId), {
    ...what,
    role: agent.role,
    message,
    sendAtMs: againMs.map((wait) => nowMs + wait),
    failAtMs: nowMs + failAfterMs,
    cancelled: false,
  });
  sendRequest(agent, what.pair, message);
}

export function sendRequest(agent: AgentState, { local, remote }: CandidatePair, message: StunMessage): void {
  const [from, to] = [local.base, remote.address];
  agent.outputs.push({ type: 'send', local: from, remote: to, message, signedWith: 'remote-password' });
}

function createRequest(agent: AgentState, { local }: CandidatePair, nominating: boolean): StunMessage {
  const { credentials, random } = agent.options;
  const roleAttribute = agent.role === 'controlling' ? 'ICE-CONTROLLING' : 'ICE-CONTROLLED';
  const attributes: StunAttribute[] = [
    { name: 'USERNAME', value: `${agent.remote?.ufrag ?? ''}:${credentials.ufrag}` },
    { name: 'PRIORITY', value: prflxPriority(local.priority, local.component) },
    { name: roleAttribute, value: agent.tieBreaker },
  ];
  if (nominating) attributes.push({ name: 'USE-CANDIDATE', value: true });
  const transactionId = Uint8Array.from({ length: 12 }, () => random.integer(0, 255));
  return { class: 'request', method: 'Binding', transactionId, attributes };
}

/** What a peer-reflexive candidate that this check brings to light will be worth (§7.1.1). */
export function prflxPriority(localPriority: number, component: number): number {
  const { localPreference } = priorityParts(localPriority);
  return candidatePriority({ type: 'prflx', localPreference, component });
}

/**
 * §14.3: the more checks are under way, the longer each waits, at least 500 ms. The RFC's formula multiplies by all checks to
 * be made as well, and lets an agent choose another: in Ta × those that wait or run each of them has had its turn.
 */
function rtoOf(agent: AgentState): number {
  const active = agent.lists
    .flatMap(({ pairs }) => pairs)
    .filter(({ state }) => state === 'waiting' || state === 'in-progress');
  return Math.max(agent.timers.minRtoMs, agent.timers.taMs * active.length);
}
