import { ProtocolError } from '@/lib/bytes';

/** Why octets or text are not DNS; stable. */
export type DnsErrorCode =
  | 'DNS_MESSAGE_CUT'
  | 'DNS_OCTETS_AFTER_MESSAGE'
  | 'DNS_MESSAGE_TOO_LONG'
  | 'DNS_LABEL_TYPE_UNKNOWN'
  | 'DNS_LABEL_TOO_LONG'
  | 'DNS_LABEL_EMPTY'
  | 'DNS_NAME_TOO_LONG'
  | 'DNS_POINTER_NOT_BACKWARDS'
  | 'DNS_POINTER_FORBIDDEN'
  | 'DNS_TOO_MANY_POINTERS'
  | 'DNS_ESCAPE_MALFORMED'
  | 'DNS_RDATA_LENGTH_WRONG'
  | 'DNS_RDATA_MALFORMED'
  | 'DNS_OPT_MISPLACED'
  | 'DNS_FIELD_OUT_OF_RANGE';

/**
 * A message or name that RFC 1035 does not allow. `offset` is the octet at fault, from the start of the message (for text,
 * the character); `seen` and `expected` say what stood there and what could have.
 */
export class DnsError extends ProtocolError<DnsErrorCode> {
  override readonly name = 'DnsError';
}
