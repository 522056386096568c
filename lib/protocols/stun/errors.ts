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
export class StunError extends Error {
  readonly code: StunErrorCode;
  readonly offset: number;
  readonly seen: string;
  readonly expected: string;
  constructor(code: StunErrorCode, offset: number, seen: string, expected: string) {
    super(`octet ${offset}: saw ${seen}, expected ${expected}`);
    this.name = 'StunError';
    this.code = code;
    this.offset = offset;
    this.seen = seen;
    this.expected = expected;
  }
}
