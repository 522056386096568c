import { ProtocolError } from '@/lib/bytes';

/** Why octets are not a segment; stable. */
export type TcpErrorCode =
  | 'TCP_DATA_OFFSET_TOO_SMALL'
  | 'TCP_DATA_OFFSET_PAST_END'
  | 'TCP_CHECKSUM_WRONG'
  | 'TCP_OPTION_LENGTH_MISSING'
  | 'TCP_OPTION_LENGTH_TOO_SMALL'
  | 'TCP_OPTION_LENGTH_WRONG'
  | 'TCP_OPTION_PAST_END'
  | 'TCP_OPTIONS_TOO_LONG'
  | 'TCP_FIELD_OUT_OF_RANGE';

/**
 * A segment that is not what RFC 9293 §3.1 allows. `offset` is the octet at fault, from the start of the TCP
 * header; `seen` and `expected` say what stood there and what could have.
 */
export class TcpError extends ProtocolError<TcpErrorCode> {
  override readonly name = 'TcpError';
}
