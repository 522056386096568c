import { ProtocolError } from '@/lib/bytes';

/** Why octets are not a datagram, or fields cannot become one; stable. */
export type UdpErrorCode =
  | 'UDP_LENGTH_TOO_SMALL'
  | 'UDP_LENGTH_PAST_END'
  | 'UDP_CHECKSUM_WRONG'
  | 'UDP_CHECKSUM_MISSING'
  | 'UDP_PAYLOAD_TOO_LONG'
  | 'UDP_FIELD_OUT_OF_RANGE';

/**
 * A datagram that is not what RFC 768 allows. `offset` is the octet at fault, from the start of the UDP header; `seen`
 * and `expected` say what stood there and what could have.
 */
export class UdpError extends ProtocolError<UdpErrorCode> {
  override readonly name = 'UdpError';
}
