/** Two peers agreeing on a session: offer and answer (RFC 8829), trickle ICE (RFC 8838), DTLS roles (RFC 8842). */
export { diagnose, type Diagnosis } from './diagnosis';
export { WebrtcError, type WebrtcErrorCode } from './errors';
export { runExchange, type ExchangeAction, type ExchangeOptions } from './exchange';
export { FAULTS, meddle, type Fault } from './faults';
export { writeOffer, type MediaKind, type OwnLines, type Transceiver } from './offer';
export { otherPeer, type CandidateSignal, type DescriptionSignal, type PeerId, type Signal } from './signals';
export {
  createSignaling,
  localOf,
  mayApply,
  remoteOf,
  stepSignaling,
  type Side,
  type Signaling,
} from './signaling-state';
export {
  connectionStateOf,
  type ConnectionState,
  type DtlsState,
  type IceConnectionState,
  type IceGatheringState,
} from './states';
export type {
  ExchangeTrace,
  MessageKind,
  NamedDescription,
  PeerView,
  TracedMessage,
  TracedRule,
} from './trace';
