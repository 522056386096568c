import { ProtocolError } from '@/lib/bytes';

/** Why a packet is not SRTP, may not be taken in, or cannot be protected; stable. */
export type SrtpErrorCode =
  | 'SRTP_PACKET_TRUNCATED'
  | 'SRTP_PACKET_TOO_LONG'
  | 'SRTP_HEADER_WRONG'
  | 'SRTP_NOT_AUTHENTIC'
  | 'SRTP_REPLAYED'
  | 'SRTP_INDEX_REUSED'
  | 'SRTP_MKI_UNKNOWN'
  | 'SRTP_KEY_LENGTH_WRONG'
  | 'SRTP_KEY_EXHAUSTED'
  | 'SRTP_PROFILE_UNKNOWN'
  | 'SRTP_TOO_MANY_STREAMS'
  | 'SRTP_FIELD_OUT_OF_RANGE'
  | 'SRTP_EXTENSION_TRUNCATED'
  | 'SRTP_EXTENSION_LENGTH_WRONG';

/**
 * What the standards do not allow. `offset` is the octet at fault, from the start of the packet (or of the extension's
 * data); `seen` and `expected` say what stood there and what could have.
 */
export class SrtpError extends ProtocolError<SrtpErrorCode> {
  override readonly name = 'SrtpError';
}
