import { ProtocolError } from '@/lib/bytes';

/** Why octets are no header block, or not one that this decoder may accept; stable. */
export type HpackErrorCode =
  | 'HPACK_INTEGER_TRUNCATED'
  | 'HPACK_INTEGER_OVERFLOW'
  | 'HPACK_STRING_TRUNCATED'
  | 'HPACK_HUFFMAN_EOS'
  | 'HPACK_HUFFMAN_PADDING_TOO_LONG'
  | 'HPACK_HUFFMAN_PADDING_NOT_ONES'
  | 'HPACK_INDEX_ZERO'
  | 'HPACK_INDEX_BEYOND_TABLE'
  | 'HPACK_TABLE_SIZE_UPDATE_NOT_FIRST'
  | 'HPACK_TABLE_SIZE_ABOVE_LIMIT'
  | 'HPACK_TABLE_SIZE_UPDATE_MISSING'
  | 'HPACK_HEADER_LIST_TOO_LARGE'
  | 'HPACK_CONTEXT_LOST';

/** The section of RFC 7541 that each code speaks for; the list's size is HTTP/2's matter. */
export const HPACK_RULES: Readonly<Record<HpackErrorCode, string>> = {
  HPACK_INTEGER_TRUNCATED: 'RFC 7541 §5.1',
  HPACK_INTEGER_OVERFLOW: 'RFC 7541 §5.1',
  HPACK_STRING_TRUNCATED: 'RFC 7541 §5.2',
  HPACK_HUFFMAN_EOS: 'RFC 7541 §5.2',
  HPACK_HUFFMAN_PADDING_TOO_LONG: 'RFC 7541 §5.2',
  HPACK_HUFFMAN_PADDING_NOT_ONES: 'RFC 7541 §5.2',
  HPACK_INDEX_ZERO: 'RFC 7541 §6.1',
  HPACK_INDEX_BEYOND_TABLE: 'RFC 7541 §2.3.3',
  HPACK_TABLE_SIZE_UPDATE_NOT_FIRST: 'RFC 7541 §4.2',
  HPACK_TABLE_SIZE_ABOVE_LIMIT: 'RFC 7541 §6.3',
  HPACK_TABLE_SIZE_UPDATE_MISSING: 'RFC 7541 §4.2',
  HPACK_HEADER_LIST_TOO_LARGE: 'RFC 9113 §10.5.1',
  HPACK_CONTEXT_LOST: 'RFC 9113 §4.3',
};

/**
 * A header block that breaks a rule. `offset` is the octet at fault, from the start of the block; `seen` and
 * `expected` say what stood there and what could have. In HTTP/2 every code but `HPACK_HEADER_LIST_TOO_LARGE` ends
 * the connection with COMPRESSION_ERROR (RFC 9113 §4.3).
 */
export class HpackError extends ProtocolError<HpackErrorCode> {
  override readonly name = 'HpackError';
}
