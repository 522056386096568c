/** HTTP/1.1: what all versions share (RFC 9110) and the messages of this one (RFC 9112). */
export { parseChunkLine } from './chunk-line';
export { evaluatePreconditions } from './conditional';
export type { Precondition, Validators } from './conditional';
export { parseHttpDate, writeHttpDate } from './date';
export {
  encodeChunk,
  encodeLastChunk,
  encodeRequest,
  encodeRequestHead,
  encodeResponse,
  encodeResponseHead,
} from './encode';
export {
  isSameStrongly,
  isSameWeakly,
  parseEntityTag,
  parseEntityTagList,
  writeEntityTag,
} from './entity-tag';
export type { EntityTag } from './entity-tag';
export { Http1Error } from './errors';
export type { Http1ErrorCode } from './errors';
export { combinedField, fieldLines, findField, isSameName, withField, withoutFields } from './fields';
export type { HeaderField } from './fields';
export { decodeFormData, encodeFormData } from './form-data';
export type { FormEntry } from './form-data';
export { requestFraming, responseFraming } from './framing';
export type {
  ChunkExtension,
  Framing,
  HttpVersion,
  MessageEvent,
  ReaderLimits,
  RequestHead,
  ResponseHead,
} from './message';
export {
  boundaryOf,
  decodeByteranges,
  decodeMultipart,
  encodeByteranges,
  encodeMultipart,
} from './multipart';
export type { BodyPart } from './multipart';
export { parsePreferences, preferencesIn, rankEncodings, rankLanguages, rankMediaTypes } from './negotiation';
export type { Preference, Ranked } from './negotiation';
export { connectionOptions, isPersistent } from './persistence';
export { MAX_RANGES, parseContentRange, parseRange, writeContentRange } from './range';
export type { ByteRange, ContentRange, RangeResult } from './range';
export { RequestReader } from './request-reader';
export { ResponseReader } from './response-reader';
export { targetFormOf } from './start-line';
export type { TargetForm } from './start-line';
export { STATUS_REASONS } from './status-codes';
export {
  isToken,
  parseParameters,
  parseQuotedString,
  splitList,
  trimOws,
  writeQuotedString,
  writeTokenOrQuoted,
} from './tokens';
export type { Parameters } from './tokens';
export { collectMessages, decodeHttp09Response, decodeRequests, decodeResponses } from './whole-message';
export type { WholeMessage } from './whole-message';
