import { ProtocolError } from '@/lib/bytes';

/** Why octets are not a STUN message, or a message cannot be written; stable. */
export type StunErrorCode =
  | 'STUN_NOT_STUN'
  | 'STUN_COOKIE_MISSING'
  | 'STUN_LENGTH_WRONG'
  | 'STUN_MESSAGE_TOO_LONG'
  | 'STUN_ATTRIBUTE_PAST_END'
  | 'STUN_ATTRIBUTE_LENGTH_WRONG'
  | 'STUN_ATTRIBUTE_MISPLACED'
  | 'STUN_ADDRESS_FAMILY_UNKNOWN'
  | 'STUN_ADDRESS_MALFORMED'
  | 'STUN_ERROR_CODE_WRONG'
  | 'STUN_TEXT_NOT_UTF8'
  | 'STUN_FIELD_OUT_OF_RANGE';

/**
 * A message that is not what RFC 8489 allows. `offset` is the octet at fault, from the start of the message; `seen` and
 * `expected` say what stood there and what could have.
 */
export class StunError extends ProtocolError<StunErrorCode> {
  override readonly name = 'StunError';
}
