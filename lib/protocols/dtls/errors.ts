import { ProtocolError } from '@/lib/bytes';

/** Why octets are not DTLS, or an exchange cannot go on; stable. */
export type DtlsErrorCode =
  | 'DTLS_DATAGRAM_TOO_LONG'
  | 'DTLS_TOO_MANY_RECORDS'
  | 'DTLS_RECORD_TYPE_UNKNOWN'
  | 'DTLS_RECORD_TRUNCATED'
  | 'DTLS_RECORD_VERSION_WRONG'
  | 'DTLS_RECORD_TOO_LONG'
  | 'DTLS_RECORD_TOO_SHORT'
  | 'DTLS_RECORD_NOT_AUTHENTIC'
  | 'DTLS_RECORD_NO_TYPE'
  | 'DTLS_SEQUENCE_EXHAUSTED'
  | 'DTLS_CONNECTION_ID_WRONG'
  | 'DTLS_FIELD_OUT_OF_RANGE'
  | 'DTLS_FRAGMENT_TRUNCATED'
  | 'DTLS_FRAGMENT_PAST_END'
  | 'DTLS_FRAGMENT_EMPTY'
  | 'DTLS_FRAGMENT_CONFLICT'
  | 'DTLS_MESSAGE_TOO_LONG'
  | 'DTLS_MESSAGE_MALFORMED'
  | 'DTLS_MTU_TOO_SMALL'
  | 'DTLS_ACK_MALFORMED'
  | 'DTLS_ALERT_MALFORMED'
  | 'DTLS_COOKIE_TOO_LONG'
  | 'DTLS_FINGERPRINT_MALFORMED'
  | 'DTLS_HASH_UNSUPPORTED'
  | 'DTLS_FLIGHT_WRONG';

/** The alert of each error (RFC 8446 §6.2). Those without one are dropped in silence (RFC 9147 §4.5.2). */
const ALERTS: Partial<Record<DtlsErrorCode, number>> = {
  DTLS_RECORD_NO_TYPE: 10,
  DTLS_FIELD_OUT_OF_RANGE: 47,
  DTLS_FRAGMENT_TRUNCATED: 50,
  DTLS_FRAGMENT_PAST_END: 50,
  DTLS_FRAGMENT_EMPTY: 10,
  DTLS_FRAGMENT_CONFLICT: 47,
  DTLS_MESSAGE_TOO_LONG: 50,
  DTLS_MESSAGE_MALFORMED: 50,
  DTLS_ACK_MALFORMED: 50,
  DTLS_ALERT_MALFORMED: 50,
};

/**
 * What RFC 9147 or RFC 6347 does not allow. `offset` is the octet at fault, from the start of what was being decoded.
 * `alert` is what an endpoint answers with; undefined: it drops the record and says nothing (RFC 9147 §4.5.2), because
 * anyone can send a datagram.
 */
export class DtlsError extends ProtocolError<DtlsErrorCode> {
  override readonly name = 'DtlsError';

  get alert(): number | undefined {
    return ALERTS[this.code];
  }
}
