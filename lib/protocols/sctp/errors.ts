import { ProtocolError } from '@/lib/bytes';

/** Why octets are not an SCTP packet or a DCEP message, or why an association cannot go on; stable. */
export type SctpErrorCode =
  | 'SCTP_PACKET_TRUNCATED'
  | 'SCTP_PACKET_TOO_LONG'
  | 'SCTP_CHUNK_TRUNCATED'
  | 'SCTP_CHUNK_LENGTH_WRONG'
  | 'SCTP_CHUNK_PAST_END'
  | 'SCTP_CHUNK_NOT_ALONE'
  | 'SCTP_PARAMETER_LENGTH_WRONG'
  | 'SCTP_STREAM_COUNT_ZERO'
  | 'SCTP_TAG_ZERO'
  | 'SCTP_DATA_EMPTY'
  | 'SCTP_GAP_BLOCK_WRONG'
  | 'SCTP_FIELD_OUT_OF_RANGE'
  | 'SCTP_REASSEMBLY_FULL'
  | 'SCTP_FRAGMENT_CONFLICT'
  | 'SCTP_SEND_BUFFER_FULL'
  | 'SCTP_MESSAGE_TOO_LONG'
  | 'SCTP_NOT_ESTABLISHED'
  | 'SCTP_STREAM_UNKNOWN'
  | 'SCTP_DCEP_TRUNCATED'
  | 'SCTP_DCEP_TYPE_UNKNOWN'
  | 'SCTP_DCEP_CHANNEL_TYPE_UNKNOWN'
  | 'SCTP_DCEP_LENGTH_WRONG'
  | 'SCTP_DCEP_TEXT_NOT_UTF8';

/**
 * What the standards do not allow. `offset` is the octet at fault, from the start of the packet (or of the message, for
 * DCEP); `seen` and `expected` say what stood there and what could have.
 */
export class SctpError extends ProtocolError<SctpErrorCode> {
  override readonly name = 'SctpError';
}
