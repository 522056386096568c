// HPACK, header compression for HTTP/2 (RFC 7541). What is real and what is left out: MODEL.md.
export { HPACK_RULES, HpackError, type HpackErrorCode } from './errors';
export { ENTRY_OVERHEAD, fieldSize, type HeaderField } from './header-field';
export { DEFAULT_MAX_HEADER_LIST_SIZE, DEFAULT_TABLE_SIZE, HpackDecoder } from './decoder';
export { ENCODER_TABLE_LIMIT, HpackEncoder } from './encoder';
export { decodeInteger, encodeInteger, MAX_INTEGER } from './integer';
export { huffmanDecode, huffmanEncode, huffmanLength } from './huffman';
export { CODE_LENGTHS as HUFFMAN_CODE_LENGTHS, CODES as HUFFMAN_CODES, EOS } from './huffman-code';
export { FIRST_DYNAMIC_INDEX, STATIC_TABLE } from './static-table';
export { traceRepresentation } from './trace';
export {
  decodeRepresentation,
  decodeRepresentations,
  encodeRepresentation,
  type Indexing,
  type LocatedRepresentation,
  type Representation,
} from './representation';
export type { HuffmanUse } from './string-literal';
