import { ProtocolError } from '@/lib/bytes';

/** Why octets are no QPACK; stable. */
export type QpackErrorCode =
  | 'QPACK_INTEGER_OVERFLOW'
  | 'QPACK_STRING_TOO_LONG'
  | 'QPACK_HUFFMAN_MALFORMED'
  | 'QPACK_SECTION_TRUNCATED'
  | 'QPACK_SECTION_TOO_LONG'
  | 'QPACK_INSERT_COUNT_INVALID'
  | 'QPACK_BASE_INVALID'
  | 'QPACK_STATIC_INDEX_INVALID'
  | 'QPACK_DYNAMIC_INDEX_INVALID'
  | 'QPACK_TOO_MANY_BLOCKED'
  | 'QPACK_HEADER_LIST_TOO_LARGE'
  | 'QPACK_CAPACITY_ABOVE_LIMIT'
  | 'QPACK_ENTRY_TOO_LARGE'
  | 'QPACK_ACKNOWLEDGMENT_UNEXPECTED'
  | 'QPACK_INCREMENT_INVALID';

/** What HTTP/3 closes the connection with (RFC 9204 §6). */
export const QPACK_ERRORS = {
  QPACK_DECOMPRESSION_FAILED: 0x200,
  QPACK_ENCODER_STREAM_ERROR: 0x201,
  QPACK_DECODER_STREAM_ERROR: 0x202,
} as const;

/** A field section, or one of the two streams of instructions. */
export type QpackPlace = 'section' | 'encoder-stream' | 'decoder-stream';

const CONNECTION_ERROR: Record<QpackPlace, keyof typeof QPACK_ERRORS> = {
  section: 'QPACK_DECOMPRESSION_FAILED',
  'encoder-stream': 'QPACK_ENCODER_STREAM_ERROR',
  'decoder-stream': 'QPACK_DECODER_STREAM_ERROR',
};

/** What only goes beyond what this decoder takes; in a section that is no fault of the connection (RFC 9204 §7.4). */
const TOO_LARGE: ReadonlySet<QpackErrorCode> = new Set([
  'QPACK_INTEGER_OVERFLOW',
  'QPACK_STRING_TOO_LONG',
  'QPACK_SECTION_TOO_LONG',
  'QPACK_HEADER_LIST_TOO_LARGE',
]);

/**
 * Octets that RFC 9204 does not allow, or that are too many. `offset` counts from the start of the section or of the
 * stream; `seen` and `expected` say what stood there and what could have; `connectionError` is what HTTP/3 answers, on the
 * connection or, with `scope: 'stream'`, on this stream alone.
 */
export class QpackError extends ProtocolError<QpackErrorCode> {
  override readonly name = 'QpackError';
  readonly connectionError: keyof typeof QPACK_ERRORS;
  readonly scope: 'connection' | 'stream';
  constructor(code: QpackErrorCode, place: QpackPlace, offset: number, seen: string, expected: string) {
    super(code, offset, seen, expected, `${place}, octet ${offset}`);
    this.connectionError = CONNECTION_ERROR[place];
    this.scope = place === 'section' && TOO_LARGE.has(code) ? 'stream' : 'connection';
  }
}
