import type { StunMessage } from '@/lib/protocols/stun';
import type { IceCandidate, LocalCandidate } from '../candidate';
import type { CandidatePair, IceRole } from '../candidate-pair';
import type { Checklist, ChecklistState, ValidPair } from '../checklist';
import { createChecklist, limitPairs, pairUp, unfreezeFirsts } from '../checklist';
import { IceError } from '../errors';
import { chooseNominees, nominationDeadlineMs, settleState } from './nomination';
import type { Path } from './receive-request';
import { receiveRequest } from './receive-request';
import { receiveResponse } from './receive-response';
import { hasCheckToSend, runConsent, runTransactions, sendDueCheck } from './schedule';
import type { AgentState, IceAgentOptions, IceCredentials, IceOutput, IceState } from './state';
import { ICE_TIMERS, MAX_REMOTE_CANDIDATES, randomTieBreaker } from './state';

/** A check list as it is shown. */
export type ChecklistView = {
  stream: number;
  state: ChecklistState;
  locals: readonly Readonly<LocalCandidate>[];
  remotes: readonly Readonly<IceCandidate>[];
  pairs: readonly Readonly<CandidatePair>[];
  valid: readonly Readonly<ValidPair>[];
};

/**
 * A full ICE agent (RFC 8445) with trickle (RFC 8838), as a state machine: candidates, messages and times go in, messages
 * and news come out of each call. It has no socket and no clock: call `advance` when `nextAtMs` has come. Times must not run
 * back. Messages are verified before they come in and signed after they come out (`openMessage`, `signMessage`).
 */
export class IceAgent {
  readonly #agent: AgentState;

  /** @throws IceError ICE_CREDENTIALS_INVALID, ICE_OPTION_INVALID */
  constructor(options: IceAgentOptions) {
    checkCredentials(options.credentials);
    const { streams = [1], maxPairs = 100 } = options;
    if (streams.length === 0 || streams.some((components) => !(components >= 1 && components <= 256))) {
      throw new IceError(
        'ICE_OPTION_INVALID',
        `streams ${streams.join()}`,
        'one or more of 1 to 256 components',
      );
    }
    this.#agent = {
      options,
      timers: { ...ICE_TIMERS, ...options.timers },
      maxPairs,
      lists: streams.map((components, stream) => createChecklist(stream, components)),
      transactions: new Map(),
      consents: [],
      role: options.role,
      tieBreaker: randomTieBreaker(options.random),
      remote: undefined,
      isLocalDone: false,
      isRemoteDone: false,
      state: 'new',
      nextCheckAtMs: 0,
      startedAtMs: undefined,
      turn: 0,
      outputs: [],
    };
  }

  get state(): IceState {
    return this.#agent.state;
  }

  get role(): IceRole {
    return this.#agent.role;
  }

  /** What decides when both have the same role (§7.3.1.1). */
  get tieBreaker(): bigint {
    return this.#agent.tieBreaker;
  }

  /** The lists with their pairs, best first. */
  get checklists(): readonly ChecklistView[] {
    return this.#agent.lists.map(({ stream, state, locals, remotes, pairs, valid }) => {
      return { stream, state, locals, remotes, pairs, valid };
    });
  }

  /** The pair to send over; `undefined` while none is nominated. */
  selectedPair(component = 1, stream = 0): Readonly<ValidPair> | undefined {
    return this.#agent.lists[stream]?.selected.get(component);
  }

  /** A candidate that was gathered. */
  addLocalCandidate(candidate: LocalCandidate, nowMs: number, stream = 0): IceOutput[] {
    const list = this.#list(stream);
    list.locals.push(candidate);
    return this.#pairUp(list, [candidate], list.remotes.filter(isAnnounced), nowMs);
  }

  /** A candidate that the other side told of. One that is known already is passed over. */
  addRemoteCandidate(candidate: IceCandidate, nowMs: number, stream = 0): IceOutput[] {
    const list = this.#list(stream);
    const index = list.remotes.findIndex(
      ({ component, address }) =>
        component === candidate.component &&
        address.address === candidate.address.address &&
        address.port === candidate.address.port,
    );
    // A check may have come before the news of where it came from (RFC 8838 §11).
    if (index >= 0 && list.remotes[index]?.type !== 'prflx') return this.#finish(nowMs);
    if (index >= 0) list.remotes[index] = candidate;
    else if (list.remotes.length < MAX_REMOTE_CANDIDATES) list.remotes.push(candidate);
    else return this.#finish(nowMs);
    return this.#pairUp(list, list.locals, [candidate], nowMs);
  }

  /** The other side's ufrag and password; checks start with this. @throws IceError ICE_CREDENTIALS_INVALID */
  setRemoteCredentials(credentials: IceCredentials, nowMs: number): IceOutput[] {
    checkCredentials(credentials);
    this.#agent.remote = credentials;
    this.#agent.startedAtMs ??= nowMs;
    return this.#finish(nowMs);
  }

  /** No more of our own, or of theirs, will come (RFC 8838 §8): only then may the agent fail. */
  endOfCandidates(whose: 'local' | 'remote', nowMs: number): IceOutput[] {
    if (whose === 'local') this.#agent.isLocalDone = true;
    else this.#agent.isRemoteDone = true;
    return this.#finish(nowMs);
  }

  /** A STUN message whose integrity held: requests by our password, responses by theirs. */
  receive(message: StunMessage, path: Path, nowMs: number): IceOutput[] {
    const agent = this.#agent;
    if (message.method !== 'Binding') return this.#finish(nowMs);
    if (message.class === 'request') receiveRequest(agent, message, path, nowMs);
    else if (message.class !== 'indication') receiveResponse(agent, message, path, nowMs);
    return this.#finish(nowMs);
  }

  /** Lets everything happen that is due. */
  advance(nowMs: number): IceOutput[] {
    runTransactions(this.#agent, nowMs);
    runConsent(this.#agent, nowMs);
    return this.#finish(nowMs);
  }

  /** When `advance` has to be called next; Infinity when nothing is to come. */
  get nextAtMs(): number {
    const agent = this.#agent;
    if (agent.state === 'failed' || agent.state === 'disconnected') return Infinity;
    const times = [...agent.transactions.values()].flatMap(({ sendAtMs, failAtMs }) => [
      sendAtMs[0] ?? Infinity,
      failAtMs,
    ]);
    for (const { askAtMs, expiresAtMs } of agent.consents) times.push(askAtMs, expiresAtMs);
    if (hasCheckToSend(agent)) times.push(agent.nextCheckAtMs);
    const patience = (agent.startedAtMs ?? Infinity) + agent.timers.patienceMs;
    if (agent.lists.some(({ state }) => state === 'running'))
      times.push(patience > this.#settledAtMs ? patience : Infinity);
    const deadline = nominationDeadlineMs(agent);
    times.push(deadline > this.#settledAtMs ? deadline : Infinity);
    return Math.min(...times);
  }

  /** The time of the last call: deadlines up to it have been looked at. */
  #settledAtMs = -Infinity;

  #list(stream: number): Checklist {
    const list = this.#agent.lists[stream];
    if (!list)
      throw new IceError('ICE_OPTION_INVALID', `stream ${stream}`, `below ${this.#agent.lists.length}`);
    return list;
  }

  #pairUp(
    list: Checklist,
    locals: readonly LocalCandidate[],
    remotes: readonly IceCandidate[],
    nowMs: number,
  ): IceOutput[] {
    const hosts = locals.map((local) => ({ ...local, address: local.base }));
    pairUp(list, hosts, remotes, this.#agent.role);
    limitPairs(this.#agent.lists, this.#agent.maxPairs);
    unfreezeFirsts(this.#agent.lists);
    return this.#finish(nowMs);
  }

  /** After every change: the next check, nominations, the state; and out comes what there is to do. */
  #finish(nowMs: number): IceOutput[] {
    const agent = this.#agent;
    if (agent.state !== 'failed' && agent.state !== 'disconnected') {
      if (hasCheckToSend(agent)) sendDueCheck(agent, nowMs);
      chooseNominees(agent, nowMs);
      settleState(agent, nowMs);
    }
    this.#settledAtMs = nowMs;
    const { outputs } = agent;
    agent.outputs = [];
    return outputs;
  }
}

/** What a knock brought to light is paired with the candidate that it knocked on, and with no other (§7.3.1.4). */
function isAnnounced({ type, foundation }: IceCandidate): boolean {
  return type !== 'prflx' || !foundation.startsWith('prflx');
}

function checkCredentials({ ufrag, password }: IceCredentials): void {
  const isIceText = (text: string, min: number): boolean =>
    text.length >= min && text.length <= 256 && /^[A-Za-z0-9+/]*$/.test(text);
  if (isIceText(ufrag, 4) && isIceText(password, 22)) return;
  const expected = 'a ufrag of 4 to 256 and a password of 22 to 256 letters, digits, + and / (RFC 8839 §5.4)';
  throw new IceError(
    'ICE_CREDENTIALS_INVALID',
    `${ufrag.length} and ${password.length} characters`,
    expected,
  );
}
