/** Why octets are not ChannelData, or a server cannot be made; stable. */
export type TurnErrorCode =
  | 'TURN_CHANNEL_NUMBER_WRONG'
  | 'TURN_CHANNEL_DATA_PAST_END'
  | 'TURN_CHANNEL_DATA_TOO_LONG'
  | 'TURN_PADDING_TOO_LONG'
  | 'TURN_NOT_TURN'
  | 'TURN_STUN_MALFORMED'
  | 'TURN_OPTION_INVALID';

/**
 * Octets that RFC 8656 does not allow. `offset` is the octet at fault, from the start of the frame (of the stream, where a
 * stream is read); `seen` and `expected` say what stood there and what could have.
 */
export class TurnError extends Error {
  readonly code: TurnErrorCode;
  readonly offset: number;
  readonly seen: string;
  readonly expected: string;
  constructor(code: TurnErrorCode, offset: number, seen: string, expected: string) {
    super(`octet ${offset}: saw ${seen}, expected ${expected}`);
    this.name = 'TurnError';
    this.code = code;
    this.offset = offset;
    this.seen = seen;
    this.expected = expected;
  }
}
