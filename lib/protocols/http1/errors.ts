import { ProtocolError } from '@/lib/bytes';

/** Why octets or text are not HTTP; stable. */
export type Http1ErrorCode =
  | 'HTTP1_START_LINE_MALFORMED'
  | 'HTTP1_METHOD_MALFORMED'
  | 'HTTP1_TARGET_MALFORMED'
  | 'HTTP1_VERSION_MALFORMED'
  | 'HTTP1_VERSION_UNSUPPORTED'
  | 'HTTP1_STATUS_MALFORMED'
  | 'HTTP1_REASON_MALFORMED'
  | 'HTTP1_BARE_CR'
  | 'HTTP1_BARE_LF'
  | 'HTTP1_LEADING_WHITESPACE'
  | 'HTTP1_OBS_FOLD'
  | 'HTTP1_FIELD_NAME_MALFORMED'
  | 'HTTP1_FIELD_VALUE_MALFORMED'
  | 'HTTP1_HEAD_TOO_LONG'
  | 'HTTP1_TOO_MANY_FIELDS'
  | 'HTTP1_HOST_WRONG'
  | 'HTTP1_CONTENT_LENGTH_MALFORMED'
  | 'HTTP1_CONTENT_LENGTH_CONFLICT'
  | 'HTTP1_TRANSFER_ENCODING_WITH_LENGTH'
  | 'HTTP1_TRANSFER_ENCODING_IN_1_0'
  | 'HTTP1_TRANSFER_CODING_UNKNOWN'
  | 'HTTP1_TRANSFER_CODING_NOT_FINAL'
  | 'HTTP1_CHUNK_SIZE_MALFORMED'
  | 'HTTP1_CHUNK_EXTENSION_MALFORMED'
  | 'HTTP1_CHUNK_END_MISSING'
  | 'HTTP1_CONTENT_TOO_LONG'
  | 'HTTP1_CLOSED_EARLY'
  | 'HTTP1_RESPONSE_UNEXPECTED'
  | 'HTTP1_MULTIPART_MALFORMED'
  | 'HTTP1_MULTIPART_TOO_LONG'
  | 'HTTP1_UNWRITABLE';

/**
 * A message that RFC 9112 does not allow. `offset` is the octet at fault, counted from the first octet that the
 * reader was given (or from the start of the text); `seen` and `expected` say what stood there and what could have;
 * `status` is the answer that a server owes for it.
 */
export class Http1Error extends ProtocolError<Http1ErrorCode> {
  override readonly name = 'Http1Error';
  readonly status: number;
  constructor(code: Http1ErrorCode, offset: number, seen: string, expected: string, status = 400) {
    super(code, offset, seen, expected);
    this.status = status;
  }
}
