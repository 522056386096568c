import { ProtocolError } from '@/lib/bytes';

/** Why a stream cannot be read on, or an event cannot be written; stable. */
export type SseErrorCode =
  | 'SSE_BUFFER_LIMIT'
  | 'SSE_PARSER_STOPPED'
  | 'SSE_TYPE_EMPTY'
  | 'SSE_TYPE_WITHOUT_DATA'
  | 'SSE_LINE_BREAK'
  | 'SSE_ID_HAS_NULL'
  | 'SSE_RETRY_NOT_WHOLE'
  | 'SSE_NOT_UNICODE';

/**
 * The grammar of HTML §9.2.5 accepts any octets, so a parser fails only over its own limit; a writer fails over what
 * no stream can carry. `offset` counts octets of the stream for the parser (those before the chunk that went too far) and
 * characters of the field for the writer; `seen` and `expected` say what stood there and what could have.
 */
export class SseError extends ProtocolError<SseErrorCode> {
  override readonly name = 'SseError';
}
