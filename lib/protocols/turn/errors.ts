import { ProtocolError } from '@/lib/bytes';

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
export class TurnError extends ProtocolError<TurnErrorCode> {
  override readonly name = 'TurnError';
}
