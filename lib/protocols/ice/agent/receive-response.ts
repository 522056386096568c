import type { StunMessage } from '@/lib/protocols/stun';
import { errorCodeOf, findAttribute, unknownRequired } from '@/lib/protocols/stun';
import type { TransportAddress } from '@/lib/protocols/udp';
import { isSameTransportAddress } from '@/lib/protocols/udp';
import type { LocalCandidate } from '../candidate';
import { priorityOf } from '../candidate-pair';
import type { ValidPair } from '../checklist';
import { unfreezeFoundation } from '../checklist';
import { nominate } from './nomination';
import type { Path } from './receive-request';
import { transactionKey } from './receive-request';
import { yieldRole } from './roles';
import type { AgentState, Transaction } from './state';

/** The answer to a check (RFC 8445 §7.2.5). One that belongs to no request of ours is dropped. */
export function receiveResponse(agent: AgentState, response: StunMessage, path: Path, nowMs: number): void {
  const transaction = agent.transactions.get(transactionKey(response));
  if (!transaction) return;
  agent.transactions.delete(transactionKey(response));
  const { pair } = transaction;
  // §7.2.5.2.1: it must come back the way it went.
  const isSymmetric =
    isSameTransportAddress(path.remote, pair.remote.address) &&
    isSameTransportAddress(path.local, pair.local.base);
  const mapped = findAttribute(response, 'XOR-MAPPED-ADDRESS');
  const isGood =
    isSymmetric && response.class === 'success' && mapped && unknownRequired(response).length === 0;
  if (transaction.kind === 'consent') {
    if (isGood) renewConsent(agent, transaction, nowMs);
    return;
  }
  if (isGood) return succeed(agent, transaction, mapped, nowMs);
  if (isSymmetric && errorCodeOf(response) === 487) return tryOtherRole(agent, transaction);
  failCheck(transaction);
}

/**
 * A check that came to nothing. One that was cancelled, or whose pair works by now, changes nothing; a nomination that was
 * not answered means that the pair works no more.
 */
export function failCheck({ list, pair, cancelled, nominating }: Transaction): void {
  if (nominating) list.valid = list.valid.filter(({ checkedBy }) => checkedBy !== pair);
  if (nominating || (!cancelled && pair.state === 'in-progress')) pair.state = 'failed';
}

function tryOtherRole(agent: AgentState, { list, pair, role }: Transaction): void {
  yieldRole(agent, role);
  if (pair.state === 'succeeded') return;
  pair.state = 'waiting';
  if (!list.triggered.includes(pair)) list.triggered.push(pair);
}

function succeed(
  agent: AgentState,
  { list, pair, message, nominating }: Transaction,
  mapped: TransportAddress,
  nowMs: number,
): void {
  const local = localFor(agent, list.locals, pair.local, mapped, findAttribute(message, 'PRIORITY') ?? 0);
  let valid = list.valid.find((known) => known.checkedBy === pair);
  if (!valid) {
    valid = {
      local,
      remote: pair.remote,
      component: pair.component,
      priority: priorityOf(local, pair.remote, agent.role),
      nominated: false,
      checkedBy: pair,
    };
    list.valid.push(valid);
    list.firstValidAtMs ??= nowMs;
    agent.outputs.push({ type: 'valid', stream: list.stream, pair: valid });
  }
  pair.state = 'succeeded';
  list.triggered = list.triggered.filter((waiting) => waiting !== pair);
  unfreezeFoundation(agent.lists, pair.foundation);
  const isToldTo = agent.role === 'controlled' && pair.nominateOnSuccess;
  if ((nominating && agent.role === 'controlling') || isToldTo) nominate(agent, list, valid, nowMs);
}

/** §7.2.5.3.1: the address that the other side saw is a candidate of ours, or has just become one. */
function localFor(
  agent: AgentState,
  locals: LocalCandidate[],
  checkedFrom: LocalCandidate,
  mapped: TransportAddress,
  priority: number,
): LocalCandidate {
  const { base, component } = checkedFrom;
  const known = locals.find(
    (local) =>
      local.component === component &&
      isSameTransportAddress(local.address, mapped) &&
      isSameTransportAddress(local.base, base),
  );
  if (known) return known;
  const foundation = `${checkedFrom.foundation}p`;
  const learned: LocalCandidate = {
    foundation,
    component,
    priority,
    type: 'prflx',
    address: mapped,
    base,
    related: base,
  };
  if (locals.length < agent.maxPairs) locals.push(learned);
  return learned;
}

function renewConsent(agent: AgentState, { pair }: Transaction, nowMs: number): void {
  const isOurs = ({ checkedBy }: ValidPair): boolean => checkedBy === pair;
  for (const consent of agent.consents) {
    if (isOurs(consent.valid)) consent.expiresAtMs = nowMs + agent.timers.consentTimeoutMs;
  }
}
