import { ProtocolError } from '@/lib/bytes';

/** Why octets are not RTP or RTCP, or a packet cannot be written; stable. */
export type RtpErrorCode =
  | 'RTP_PACKET_TRUNCATED'
  | 'RTP_PACKET_TOO_LONG'
  | 'RTP_VERSION_WRONG'
  | 'RTP_CSRC_PAST_END'
  | 'RTP_EXTENSION_PAST_END'
  | 'RTP_EXTENSION_ELEMENT_PAST_END'
  | 'RTP_PADDING_WRONG'
  | 'RTP_FIELD_OUT_OF_RANGE'
  | 'RTP_RTCP_TRUNCATED'
  | 'RTP_RTCP_TOO_LONG'
  | 'RTP_RTCP_PAST_END'
  | 'RTP_RTCP_LENGTH_WRONG'
  | 'RTP_RTCP_FIRST_NOT_REPORT'
  | 'RTP_RTCP_CNAME_MISSING'
  | 'RTP_SDES_ITEM_PAST_END'
  | 'RTP_SDES_NOT_TERMINATED'
  | 'RTP_TEXT_NOT_UTF8'
  | 'RTP_APP_NAME_NOT_ASCII';

/**
 * What the standards do not allow. `offset` is the octet at fault, from the start of the datagram; `seen` and `expected`
 * say what stood there and what could have.
 */
export class RtpError extends ProtocolError<RtpErrorCode> {
  override readonly name = 'RtpError';
}

/** What a writer says of a number that its field does not hold, as this room says it. Anything else is thrown on. */
export function fieldOutOfRange(error: unknown, offset: number): RtpError {
  if (!(error instanceof RangeError)) throw error;
  return new RtpError('RTP_FIELD_OUT_OF_RANGE', offset, error.message, 'a number that its field holds');
}
