import { ProtocolError } from '@/lib/bytes';

/** Why octets are not TLS, or a handshake cannot go on; stable. */
export type TlsErrorCode =
  | 'TLS_RECORD_TYPE_UNKNOWN'
  | 'TLS_RECORD_VERSION_WRONG'
  | 'TLS_RECORD_TOO_LONG'
  | 'TLS_RECORD_EMPTY'
  | 'TLS_RECORD_NOT_AUTHENTIC'
  | 'TLS_RECORD_NO_TYPE'
  | 'TLS_SEQUENCE_EXHAUSTED'
  | 'TLS_MESSAGE_TOO_LONG'
  | 'TLS_MESSAGE_SPLIT'
  | 'TLS_FIELD_TRUNCATED'
  | 'TLS_FIELD_OUT_OF_RANGE'
  | 'TLS_LENGTH_WRONG'
  | 'TLS_TRAILING_OCTETS'
  | 'TLS_EXTENSION_REPEATED'
  | 'TLS_PSK_NOT_LAST'
  | 'TLS_NAME_TYPE_UNKNOWN'
  | 'TLS_ALERT_MALFORMED'
  | 'TLS_CIPHER_UNSUPPORTED'
  | 'TLS_GROUP_UNSUPPORTED'
  | 'TLS_UNEXPECTED_MESSAGE'
  | 'TLS_ILLEGAL_PARAMETER'
  | 'TLS_FINISHED_WRONG'
  | 'TLS_CERTIFICATE_REFUSED'
  | 'TLS_ALERT_RECEIVED'
  | 'TLS_NOT_CONNECTED';

/** The alert that each error answers with (RFC 8446 §6.2). */
const ALERTS: Partial<Record<TlsErrorCode, number>> = {
  TLS_RECORD_TYPE_UNKNOWN: 10,
  TLS_RECORD_VERSION_WRONG: 70,
  TLS_RECORD_TOO_LONG: 22,
  TLS_RECORD_EMPTY: 10,
  TLS_RECORD_NOT_AUTHENTIC: 20,
  TLS_RECORD_NO_TYPE: 10,
  TLS_MESSAGE_SPLIT: 10,
  TLS_UNEXPECTED_MESSAGE: 10,
  TLS_EXTENSION_REPEATED: 47,
  TLS_PSK_NOT_LAST: 47,
  TLS_ILLEGAL_PARAMETER: 47,
  TLS_CIPHER_UNSUPPORTED: 40,
  TLS_GROUP_UNSUPPORTED: 40,
  TLS_FINISHED_WRONG: 51,
  TLS_CERTIFICATE_REFUSED: 42,
};
const DECODE_ERROR = 50;

/**
 * What the standard does not allow. `offset` is the octet at fault, from the start of what was being decoded; `alert` is
 * the description that an endpoint answers with.
 */
export class TlsError extends ProtocolError<TlsErrorCode> {
  override readonly name = 'TlsError';
  get alert(): number {
    return ALERTS[this.code] ?? DECODE_ERROR;
  }
}
