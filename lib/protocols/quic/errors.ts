/** Why octets are no QUIC; stable. */
export type QuicErrorCode =
  | 'QUIC_VARINT_OUT_OF_RANGE'
  | 'QUIC_PACKET_NUMBER_OUT_OF_RANGE'
  | 'QUIC_PACKET_TRUNCATED'
  | 'QUIC_PACKET_TOO_LONG'
  | 'QUIC_FIXED_BIT_ZERO'
  | 'QUIC_RESERVED_BITS_SET'
  | 'QUIC_CONNECTION_ID_LENGTH_WRONG'
  | 'QUIC_VERSION_UNSUPPORTED'
  | 'QUIC_VERSION_LIST_MALFORMED'
  | 'QUIC_PAYLOAD_EMPTY'
  | 'QUIC_DECRYPTION_FAILED'
  | 'QUIC_FRAME_TRUNCATED'
  | 'QUIC_FRAME_TYPE_UNKNOWN'
  | 'QUIC_FRAME_TYPE_NOT_SHORTEST'
  | 'QUIC_FRAME_NOT_ALLOWED'
  | 'QUIC_ACK_RANGE_WRONG'
  | 'QUIC_TOKEN_EMPTY'
  | 'QUIC_STREAM_COUNT_TOO_LARGE'
  | 'QUIC_OFFSET_TOO_LARGE'
  | 'QUIC_RETIRE_PRIOR_TO_WRONG'
  | 'QUIC_PARAMETER_REPEATED'
  | 'QUIC_PARAMETER_WRONG'
  | 'QUIC_PARAMETER_TRUNCATED'
  | 'QUIC_FLOW_CONTROL_EXCEEDED'
  | 'QUIC_FINAL_SIZE_CHANGED'
  | 'QUIC_DATA_CHANGED'
  | 'QUIC_STREAM_STATE_WRONG'
  | 'QUIC_FIELD_OUT_OF_RANGE';

/** Transport error codes (RFC 9000 §20.1). */
export const TRANSPORT_ERRORS = {
  NO_ERROR: 0x00,
  INTERNAL_ERROR: 0x01,
  CONNECTION_REFUSED: 0x02,
  FLOW_CONTROL_ERROR: 0x03,
  STREAM_LIMIT_ERROR: 0x04,
  STREAM_STATE_ERROR: 0x05,
  FINAL_SIZE_ERROR: 0x06,
  FRAME_ENCODING_ERROR: 0x07,
  TRANSPORT_PARAMETER_ERROR: 0x08,
  CONNECTION_ID_LIMIT_ERROR: 0x09,
  PROTOCOL_VIOLATION: 0x0a,
  INVALID_TOKEN: 0x0b,
  APPLICATION_ERROR: 0x0c,
  CRYPTO_BUFFER_EXCEEDED: 0x0d,
  KEY_UPDATE_ERROR: 0x0e,
  AEAD_LIMIT_REACHED: 0x0f,
  NO_VIABLE_PATH: 0x10,
} as const;

/** The name of a transport error code. */
export type TransportError = keyof typeof TRANSPORT_ERRORS;

/** What each code closes the connection with; none: the packet is dropped and nothing is said (RFC 9000 §5.2). */
const CLOSES_WITH: Partial<Record<QuicErrorCode, TransportError>> = {
  QUIC_RESERVED_BITS_SET: 'PROTOCOL_VIOLATION',
  QUIC_PAYLOAD_EMPTY: 'PROTOCOL_VIOLATION',
  QUIC_FRAME_TRUNCATED: 'FRAME_ENCODING_ERROR',
  QUIC_FRAME_TYPE_UNKNOWN: 'FRAME_ENCODING_ERROR',
  QUIC_FRAME_TYPE_NOT_SHORTEST: 'PROTOCOL_VIOLATION',
  QUIC_FRAME_NOT_ALLOWED: 'PROTOCOL_VIOLATION',
  QUIC_ACK_RANGE_WRONG: 'FRAME_ENCODING_ERROR',
  QUIC_TOKEN_EMPTY: 'FRAME_ENCODING_ERROR',
  QUIC_STREAM_COUNT_TOO_LARGE: 'FRAME_ENCODING_ERROR',
  QUIC_OFFSET_TOO_LARGE: 'FRAME_ENCODING_ERROR',
  QUIC_RETIRE_PRIOR_TO_WRONG: 'FRAME_ENCODING_ERROR',
  QUIC_PARAMETER_REPEATED: 'TRANSPORT_PARAMETER_ERROR',
  QUIC_PARAMETER_WRONG: 'TRANSPORT_PARAMETER_ERROR',
  QUIC_PARAMETER_TRUNCATED: 'TRANSPORT_PARAMETER_ERROR',
  QUIC_FLOW_CONTROL_EXCEEDED: 'FLOW_CONTROL_ERROR',
  QUIC_FINAL_SIZE_CHANGED: 'FINAL_SIZE_ERROR',
  QUIC_DATA_CHANGED: 'PROTOCOL_VIOLATION',
  QUIC_STREAM_STATE_WRONG: 'STREAM_STATE_ERROR',
};

/**
 * What RFC 9000 does not allow. `offset` is the octet at fault, from the start of the packet, payload or stream; `seen`
 * and `expected` say what stood there and what could have; `transportError` is what the connection is closed with.
 */
export class QuicError extends Error {
  readonly code: QuicErrorCode;
  readonly offset: number;
  readonly seen: string;
  readonly expected: string;
  readonly transportError: TransportError | undefined;
  constructor(code: QuicErrorCode, offset: number, seen: string, expected: string) {
    super(`octet ${offset}: saw ${seen}, expected ${expected}`);
    this.name = 'QuicError';
    this.code = code;
    this.offset = offset;
    this.seen = seen;
    this.expected = expected;
    this.transportError = CLOSES_WITH[code];
  }
}
