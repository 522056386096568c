/** The Session Description Protocol (RFC 8866) with its offer and answer (RFC 3264), as WebRTC uses them (RFC 8829). */
export type {
  AnswerCapabilities,
  CodecCapability,
  DataChannelCapability,
  MediaCapability,
} from './answer/capabilities';
export { createAnswer } from './answer/create-answer';
export { candidateValue, parseCandidate, tcpTypeOf, writeCandidate } from './candidate';
export type { Candidate } from './candidate';
export { checkSdp } from './check/check-sdp';
export { placesOf } from './check/problem';
export type { Problem } from './check/problem';
export { PROBLEM_REFS } from './check/problem-codes';
export type { ProblemCode } from './check/problem-codes';
export { validateOfferAnswer } from './check/validate-offer-answer';
export { carriedFormats, codecsOf, formatParameters, isSameCodec, STATIC_PAYLOAD_TYPES } from './codecs';
export type { Codec } from './codecs';
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
export { answerDirection, directionOf, isReceiving, isSending } from './direction';
export { SdpError } from './errors';
export type { SdpErrorCode } from './errors';
export { findAttribute, readAttribute } from './grammar/attributes';
export type { AttributeFields, AttributeGrammar, AttributeName } from './grammar/attributes';
export { findLineType } from './grammar/line-types';
export type { LineType, Occurrence } from './grammar/line-types';
export { groupsOf, isAccepted } from './groups';
export { readOrigin, writeOrigin } from './origin';
export type { Origin } from './origin';
export { MAX_SDP_LINES, MAX_SDP_OCTETS, parseSdp } from './parse-sdp';
export { attributesOf, findLine, hasFlag, readAllMedia, readLines, readMedia } from './read-media';
export type { Fingerprint, LevelReading, MediaReading, Rtpmap, SetupRole } from './read-media';
export { isDataChannel, isOldDataChannel, isRtp, usesTls } from './section-kind';
export { answerSetup, SETUP_ANSWERS } from './setup-role';
export { isOfferCollision, onRemoteDescription } from './signaling/perfect-negotiation';
export type { NegotiationChoice, NegotiationMoment } from './signaling/perfect-negotiation';
export { nextSignalingState, SIGNALING_TRANSITIONS, stepSignaling } from './signaling/signaling-state';
export type { DescriptionType, SignalingEvent, SignalingState } from './signaling/signaling-state';
export { readSimulcast, writeSimulcast } from './simulcast';
export type { Simulcast, SimulcastStream } from './simulcast';
export { writeSdp } from './write-sdp';
