/** QPACK: field compression for HTTP/3 (RFC 9204). */
export { QpackDecoder } from './decoder';
export type { QpackDecoderOptions, UnblockedSection } from './decoder';
export { QpackEncoder } from './encoder';
export type { EncodedSection, QpackEncoderOptions } from './encoder';
export { QPACK_ERRORS, QpackError } from './errors';
export type { QpackErrorCode, QpackPlace } from './errors';
export { decodeInsertCount, encodeInsertCount, maxEntriesOf } from './insert-count';
export { findStatic, QPACK_STATIC_TABLE } from './static-table';
export type { HuffmanUse } from './instruction-writer';
