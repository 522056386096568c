import { ProtocolError } from '@/lib/bytes';

/** Why a text is no structured field, or a value cannot be written as one; stable. */
export type StructuredFieldErrorCode =
  | 'SF_TOO_LONG'
  | 'SF_UNEXPECTED_CHARACTER'
  | 'SF_UNEXPECTED_END'
  | 'SF_TRAILING_CHARACTERS'
  | 'SF_TRAILING_COMMA'
  | 'SF_NUMBER_TOO_LONG'
  | 'SF_NUMBER_OUT_OF_RANGE'
  | 'SF_BASE64'
  | 'SF_UTF8'
  | 'SF_NOT_WRITABLE';

/**
 * Parsing fails altogether or not at all (RFC 9651 §4.2): a field that fails is ignored. `offset` is the character
 * at fault; in writing it is 0.
 */
export class StructuredFieldError extends ProtocolError<StructuredFieldErrorCode> {
  override readonly name = 'StructuredFieldError';
}
