/** Interactive Connectivity Establishment (RFC 8445) with trickle (RFC 8838) and consent (RFC 7675). */
export { IceAgent } from './agent/ice-agent';
export type { ChecklistView } from './agent/ice-agent';
export type { Path } from './agent/receive-request';
export { ICE_TIMERS, MAX_LEARNED_CANDIDATES, MAX_REMOTE_CANDIDATES } from './agent/state';
export type { IceAgentOptions, IceCredentials, IceOutput, IceState } from './agent/state';
export { createCandidate, Foundations, withoutRedundant } from './candidate';
export type { CandidateParts, IceCandidate, LocalCandidate } from './candidate';
export { createPair, priorityOf } from './candidate-pair';
export type { CandidatePair, IceRole, PairState } from './candidate-pair';
export type { ChecklistState, ValidPair } from './checklist';
export { IceError } from './errors';
export type { IceErrorCode } from './errors';
export {
  candidatePriority,
  pairPriority,
  priorityParts,
  TYPE_PREFERENCES,
  typePreferenceOf,
} from './priority';
export type { CandidateType, PriorityParts } from './priority';
export { signMessage, openMessage } from './wire';
export type { NetworkEvent, Side } from './simulation/network';
export { STUN_SERVER, TURN_SERVER } from './simulation/network';
export { simulateIce } from './simulation/simulate-ice';
export type { AgentEvent, IceEnd, IceSimulation, IceTrace, NatKind } from './simulation/simulate-ice';
