// HTTP/2 (RFC 9113). What is real and what is left out: MODEL.md.
export { Http2Error, type Http2ErrorCode } from './errors';
export {
  ERROR_CODES,
  errorName,
  FLAGS,
  FLAGS_OF,
  FRAME_TYPES,
  frameTypeName,
  SETTINGS,
  settingName,
  type ErrorName,
  type FrameTypeName,
} from './registries';
export {
  DEFAULT_MAX_FRAME_SIZE,
  FRAME_HEADER_OCTETS,
  LARGEST_MAX_FRAME_SIZE,
  type Http2Frame,
  type StreamDependency,
} from './frame';
export { encodeFrame } from './encode-frame';
export { Http2FrameReader } from './frame-reader';
export { FieldBlockAssembler, MAX_FIELD_BLOCK_FRAMES, MAX_FIELD_BLOCK_OCTETS } from './field-block';
export { CLIENT_PREFACE, matchPreface } from './preface';
export { applySettings, DEFAULT_SETTINGS, settingsToSend, type Http2Settings } from './settings';
export { STREAM_TRANSITIONS, stepStream, type StreamAction, type StreamState } from './stream-state';
export { FlowWindow } from './flow-window';
export { contentLengthOf, problemOfFields, type SectionKind } from './message-rules';
export { DEFAULT_PRIORITY, parsePriority, pickByPriority, writePriority, type Priority } from './priority';
export { Http2Connection, type Http2Options } from './connection';
export { MAX_WAITING_OCTETS } from './outbox';
export type { Http2Event } from './events';
export type { Http2Stream } from './stream';
export { traceConnection, type ReadFrame, type TracedConnection } from './trace-connection';
