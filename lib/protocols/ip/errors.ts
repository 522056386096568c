import { ProtocolError } from '@/lib/bytes';

/** Why octets are not a header; stable. */
export type IpErrorCode =
  | 'IP_ADDRESS_MALFORMED'
  | 'IP_ADDRESS_FAMILY_MIXED'
  | 'IP_VERSION_WRONG'
  | 'IP_HEADER_LENGTH_WRONG'
  | 'IP_TOTAL_LENGTH_WRONG'
  | 'IP_CHECKSUM_WRONG'
  | 'IP_EXTENSION_CHAIN_TOO_LONG'
  | 'IP_EXTENSION_MISPLACED'
  | 'IP_OPTION_PAST_END'
  | 'IP_FRAGMENT_NOT_ALLOWED'
  | 'IP_FRAGMENT_MALFORMED'
  | 'IP_FIELD_OUT_OF_RANGE';

/**
 * Octets or text that are not what IP allows. `offset` is the octet (or, for an address in text, the
 * character) at fault; `seen` and `expected` say what stood there and what could have.
 */
export class IpError extends ProtocolError<IpErrorCode> {
  override readonly name = 'IpError';
}
