/** The Session Description Protocol (RFC 8866) with its offer and answer (RFC 3264), as WebRTC uses them (RFC 8829). */
export { candidateValue, parseCandidate, tcpTypeOf, writeCandidate } from './candidate';
export type { Candidate } from './candidate';
export { attribute, field, isAttribute, mediaLineOf, textOf } from './description';
export type {
  AttributeLine,
  Direction,
  FieldLine,
  MediaDescription,
  OtherLineEnd,
  SdpLine,
  SessionDescription,
} from './description';
export { SdpError } from './errors';
export type { SdpErrorCode } from './errors';
export { findAttribute, readAttribute } from './grammar/attributes';
export type { AttributeFields, AttributeGrammar, AttributeName } from './grammar/attributes';
export { findLineType } from './grammar/line-types';
export type { LineType, Occurrence } from './grammar/line-types';
export { groupsOf } from './groups';
export { readOrigin, writeOrigin } from './origin';
export type { Origin } from './origin';
export { MAX_SDP_LINES, MAX_SDP_OCTETS, parseSdp } from './parse-sdp';
export { attributesOf, findLine, hasFlag, readAllMedia, readLines, readMedia } from './read-media';
export type { Fingerprint, LevelReading, MediaReading, Rtpmap, SetupRole } from './read-media';
export { readSimulcast, writeSimulcast } from './simulcast';
export type { Simulcast, SimulcastStream } from './simulcast';
export { writeSdp } from './write-sdp';
