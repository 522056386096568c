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

/**
 * Octets that RFC 9204 does not allow. `offset` counts from the start of the section or of the stream; `seen` and
 * `expected` say what stood there and what could have; `connectionError` is what HTTP/3 answers.
 */
export class QpackError extends ProtocolError<QpackErrorCode> {
  override readonly name = 'QpackError';
  readonly connectionError: keyof typeof QPACK_ERRORS;
  constructor(code: QpackErrorCode, place: QpackPlace, offset: number, seen: string, expected: string) {
    super(code, offset, seen, expected, `${place}, octet ${offset}`);
    this.connectionError = CONNECTION_ERROR[place];
  }
}
