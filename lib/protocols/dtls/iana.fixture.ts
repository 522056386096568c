/**
 * Rows of "TLS Parameters" and "TLS Extensions" that this room has constants for. They are no download of IANA's registries, but
 * transcribed from the RFCs that registered them: 5246, 5764, 6066, 6347, 6520, 7301, 8446, 9146, 9147.
 */
export const IANA = {
  contentTypes: {
    20: 'change_cipher_spec',
    21: 'alert',
    22: 'handshake',
    23: 'application_data',
    24: 'heartbeat',
    25: 'tls12_cid',
    26: 'ack',
  },
  /** Those with "DTLS-OK"; 6, 7, 12 to 14 and others only where the room names them. */
  handshakeTypes: {
    0: 'hello_request',
    1: 'client_hello',
    2: 'server_hello',
    3: 'hello_verify_request',
    4: 'new_session_ticket',
    5: 'end_of_early_data',
    8: 'encrypted_extensions',
    9: 'request_connection_id',
    10: 'new_connection_id',
    11: 'certificate',
    12: 'server_key_exchange',
    13: 'certificate_request',
    14: 'server_hello_done',
    15: 'certificate_verify',
    16: 'client_key_exchange',
    20: 'finished',
    22: 'certificate_status',
    24: 'key_update',
    254: 'message_hash',
  },
  alerts: {
    0: 'close_notify',
    20: 'bad_record_mac',
    52: 'too_many_cids_requested',
    120: 'no_application_protocol',
  },
  extensions: { 14: 'use_srtp', 54: 'connection_id' },
} as const;
