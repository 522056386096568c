import type { Random } from '@/lib/sim';
import type { StunMessage } from '@/lib/protocols/stun';
import type { TransportAddress } from '@/lib/protocols/udp';
import type { CandidatePair, IceRole } from '../candidate-pair';
import type { Checklist, ValidPair } from '../checklist';

/** What each side tells the other in its description (RFC 8839 §5.4): 4 to 256 and 22 to 256 characters. */
export type IceCredentials = { ufrag: string; password: string };

/**
 * How it stands, in the words of the W3C's RTCIceTransportState: `connected` when each component has a pair that works,
 * `completed` when each has the one that is used, `disconnected` when its consent ran out.
 */
export type IceState = 'new' | 'checking' | 'connected' | 'completed' | 'disconnected' | 'failed';

/** What an agent wants done, or says. */
export type IceOutput =
  /** Send this from `local` (a base), signed with the password of the side that will verify it. */
  | {
      type: 'send';
      local: TransportAddress;
      remote: TransportAddress;
      message: StunMessage;
      signedWith: 'local-password' | 'remote-password';
    }
  | { type: 'state'; state: IceState }
  | { type: 'role'; role: IceRole }
  | { type: 'valid'; stream: number; pair: ValidPair }
  | { type: 'selected'; stream: number; component: number; pair: ValidPair };

/** A request that waits for its answer. */
export type Transaction = {
  kind: 'check' | 'consent';
  list: Checklist;
  pair: CandidatePair;
  /** Role and nomination as they were when it was sent. */
  role: IceRole;
  nominating: boolean;
  message: StunMessage;
  /** When it is sent again; empty after the last time. */
  sendAtMs: number[];
  failAtMs: number;
  /** A triggered check took its place: an answer counts, a timeout does not (§7.3.1.4). */
  cancelled: boolean;
};

/** Consent to send to a selected pair (RFC 7675 §5.1). */
export type Consent = { list: Checklist; valid: ValidPair; askAtMs: number; expiresAtMs: number };

/** The numbers of RFC 8445 §14, §8.1.1, RFC 7675 §5.1 and RFC 8863 §4, in milliseconds. */
export const ICE_TIMERS = {
  /** Ta: one check, of all lists together, at a time. */
  taMs: 50,
  minRtoMs: 500,
  /** How often a check is sent in all, and how many first waits the last one waits (RFC 8489 §6.2.1). */
  rc: 7,
  rm: 16,
  /** How long a controlling agent waits for something better than what works already. */
  nominateAfterMs: 1000,
  /** An agent does not give up before this: the other side may be slow to begin (RFC 8863). */
  patienceMs: 39_500,
  consentIntervalMs: 5000,
  consentTimeoutMs: 30_000,
} as const;

/** What an agent is made of. */
export type IceAgentOptions = {
  role: IceRole;
  credentials: IceCredentials;
  /** For tie-breakers, transaction ids and the spreading of consent checks. */
  random: Random;
  /** Components of each data stream; one stream of one component unless given. */
  streams?: readonly number[];
  /** Pairs in all (RFC 8445 §6.1.2.5). */
  maxPairs?: number;
  /** RFC 7675; on unless switched off. */
  consent?: boolean;
  timers?: Partial<Record<keyof typeof ICE_TIMERS, number>>;
};

/** All that the agent's parts share. */
export type AgentState = {
  readonly options: IceAgentOptions;
  readonly timers: Record<keyof typeof ICE_TIMERS, number>;
  readonly maxPairs: number;
  readonly lists: readonly Checklist[];
  /** By transaction id in hex. */
  readonly transactions: Map<string, Transaction>;
  readonly consents: Consent[];
  role: IceRole;
  tieBreaker: bigint;
  remote: IceCredentials | undefined;
  isLocalDone: boolean;
  isRemoteDone: boolean;
  state: IceState;
  /** Not before this may the next check go. */
  nextCheckAtMs: number;
  /** When both credentials were known. */
  startedAtMs: number | undefined;
  /** Which list has the next turn. */
  turn: number;
  outputs: IceOutput[];
};

/** Announced candidates of the other side that one list takes. */
export const MAX_REMOTE_CANDIDATES = 200;

/**
 * How many more each local candidate may learn from knocks. Two NATs that map by destination and filter nothing show a new
 * port to every check, and since what is learned is tried first, agents that learned without end would try nothing else.
 */
export const MAX_LEARNED_CANDIDATES = 16;

export function setState(agent: AgentState, state: IceState): void {
  if (agent.state === state) return;
  agent.state = state;
  agent.outputs.push({ type: 'state', state });
}

export function randomTieBreaker(random: Random): bigint {
  return (BigInt(random.integer(0, 2 ** 32 - 1)) << 32n) | BigInt(random.integer(0, 2 ** 32 - 1));
}
