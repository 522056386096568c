import type { StunMessage } from '@/lib/protocols/stun';
import { answerToUnknown, errorTo, findAttribute, successTo } from '@/lib/protocols/stun';
import type { TransportAddress } from '@/lib/protocols/udp';
import { isSameTransportAddress } from '@/lib/protocols/udp';
import { toHex } from '@/lib/bytes';
import type { IceCandidate, LocalCandidate } from '../candidate';
import type { CandidatePair } from '../candidate-pair';
import { comparePairs, createPair, isSamePath } from '../candidate-pair';
import type { Checklist } from '../checklist';
import { nominate } from './nomination';
import { resolveConflict } from './roles';
import type { AgentState } from './state';
import { MAX_LEARNED_CANDIDATES } from './state';

/** Where a message came to (a base) and from. */
export type Path = { local: TransportAddress; remote: TransportAddress };

/**
 * A check of the other side (RFC 8445 §7.3): answered, and the way that it took is tried the other way round. One that
 * comes to nothing of ours, or from one stranger too many, is not answered: the other side must not count on it.
 */
export function receiveRequest(agent: AgentState, request: StunMessage, path: Path, nowMs: number): void {
  const found = localAt(agent, path.local);
  if (!found) return;
  const { list, local } = found;
  const known = remoteAt(list, local.component, path.remote);
  if (!known && isFullOfStrangers(list, local)) return;
  const response = answer(agent, request, path);
  const signedWith = 'local-password';
  agent.outputs.push({ type: 'send', local: path.local, remote: path.remote, message: response, signedWith });
  if (response.class !== 'success') return;
  const remote = known ?? learnRemote(list, local.component, path.remote, request);
  const pair = trigger(agent, list, local, remote);
  if (agent.role === 'controlled' && findAttribute(request, 'USE-CANDIDATE') === true) {
    const valid = list.valid.find(({ checkedBy }) => checkedBy === pair);
    if (pair.state === 'succeeded' && valid) nominate(agent, list, valid, nowMs);
    else pair.nominateOnSuccess = true;
  }
}

function answer(agent: AgentState, request: StunMessage, path: Path): StunMessage {
  const unknown = answerToUnknown(request);
  if (unknown?.action === 'answer') return unknown.response;
  const username = findAttribute(request, 'USERNAME');
  if (username === undefined) return errorTo(request, 400);
  if (username.split(':')[0] !== agent.options.credentials.ufrag) return errorTo(request, 401);
  if (resolveConflict(agent, request) === 'refuse') return errorTo(request, 487);
  return successTo(request, [{ name: 'XOR-MAPPED-ADDRESS', value: path.remote }]);
}

function localAt(
  agent: AgentState,
  base: TransportAddress,
): { list: Checklist; local: LocalCandidate } | undefined {
  for (const list of agent.lists) {
    const there = list.locals.filter((candidate) => isSameTransportAddress(candidate.base, base));
    // Of the candidates that share the base the one that is the base itself.
    const own = there.find(({ address }) => isSameTransportAddress(address, base));
    const local = own ?? (there[0] && { ...there[0], address: base });
    if (local) return { list, local };
  }
  return undefined;
}

function remoteAt(list: Checklist, component: number, address: TransportAddress): IceCandidate | undefined {
  return list.remotes.find(
    (remote) => remote.component === component && isSameTransportAddress(remote.address, address),
  );
}

/** A candidate may be knocked on from so many places that nobody announced. */
function isFullOfStrangers(list: Checklist, { base }: LocalCandidate): boolean {
  const learned = list.pairs.filter(
    ({ local, remote }) => remote.type === 'prflx' && isSameTransportAddress(local.base, base),
  );
  return learned.length >= MAX_LEARNED_CANDIDATES;
}

/** §7.3.1.3: an address that nobody announced: the other side's NAT made it for us. */
function learnRemote(
  list: Checklist,
  component: number,
  address: TransportAddress,
  request: StunMessage,
): IceCandidate {
  const remote: IceCandidate = {
    // Unlike any that the other side gave (§7.3.1.3).
    foundation: `prflx${list.remotes.length}`,
    component,
    priority: findAttribute(request, 'PRIORITY') ?? 0,
    type: 'prflx',
    address,
  };
  list.remotes.push(remote);
  return remote;
}

/** §7.3.1.4: the pair gets its turn before all others, unless it works already. */
function trigger(
  agent: AgentState,
  list: Checklist,
  local: LocalCandidate,
  remote: IceCandidate,
): CandidatePair {
  const fresh = createPair(local, remote, agent.role);
  const known = list.pairs.find((pair) => isSamePath(pair, fresh));
  const pair = known ?? fresh;
  if (!known) {
    list.pairs.push(pair);
    list.pairs.sort(comparePairs);
  }
  if (pair.state === 'succeeded' || list.state !== 'running') return pair;
  if (pair.state === 'in-progress') cancelChecks(agent, pair);
  pair.state = 'waiting';
  if (!list.triggered.includes(pair)) list.triggered.push(pair);
  return pair;
}

function cancelChecks(agent: AgentState, pair: CandidatePair): void {
  for (const [id, transaction] of agent.transactions) {
    if (transaction.pair !== pair || transaction.kind !== 'check') continue;
    // Kept until it would have failed, so that a late answer still counts.
    agent.transactions.set(id, { ...transaction, cancelled: true, sendAtMs: [] });
  }
}

export function transactionKey(message: StunMessage): string {
  return toHex(message.transactionId);
}
