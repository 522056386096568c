import { ALERT_DESCRIPTIONS, CONTENT_TYPES, HANDSHAKE_TYPES } from '@/lib/protocols/tls';

/** Versions as they stand on the wire: TLS's, one's complement of 1.0, 1.2 and 1.3 (RFC 6347 §4.1, RFC 9147 §5.3). */
export const DTLS_VERSIONS = { 'DTLS 1.0': 0xfeff, 'DTLS 1.2': 0xfefd, 'DTLS 1.3': 0xfefc } as const;

/** Content types of records: TLS's, and those that only datagrams need (RFC 9147 §4.1, RFC 6520, RFC 9146). */
export const DTLS_CONTENT_TYPES = { ...CONTENT_TYPES, heartbeat: 24, tls12_cid: 25, ack: 26 } as const;

/** Handshake types: TLS's, the cookie's of 1.2 and the connection ids' of 1.3 (RFC 6347 §4.3.2, RFC 9147 §9). */
export const DTLS_HANDSHAKE_TYPES = {
  ...HANDSHAKE_TYPES,
  hello_verify_request: 3,
  request_connection_id: 9,
  new_connection_id: 10,
} as const;

/** Alert descriptions: TLS's, and the one for too many connection ids (RFC 9147 §9). */
export const DTLS_ALERT_DESCRIPTIONS = { ...ALERT_DESCRIPTIONS, too_many_cids_requested: 52 } as const;

/** Extension types that only DTLS has (RFC 5764 §4.1.1, RFC 9146 §3); what use_srtp carries is `srtp`'s matter. */
export const DTLS_EXTENSION_TYPES = { use_srtp: 14, connection_id: 54 } as const;
