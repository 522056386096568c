/** HTTP/1.1: what all versions share (RFC 9110) and the messages of this one (RFC 9112). */
export { evaluatePreconditions } from './conditional';
export type { Precondition, Validators } from './conditional';
export { parseHttpDate, writeHttpDate } from './date';
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
export { MAX_RANGES, parseContentRange, parseRange, writeContentRange } from './range';
export type { ByteRange, ContentRange, RangeResult } from './range';
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
