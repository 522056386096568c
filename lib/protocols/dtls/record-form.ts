import { DTLS_CONTENT_TYPES } from './registry';

/** How a record is read: with the header of 13 octets, with the one that carries a connection id in 1.2, or unified. */
export type RecordForm = 'plaintext' | 'tls12-cid' | 'unified';

/**
 * The form of a record by its first octet (RFC 9147 §4.1, figure 5): the three high bits of the unified header are 001,
 * and no content type that anyone has needed stands there. Undefined: reject it, as an attacker's or a stranger's.
 */
export function recordFormOf(firstOctet: number): RecordForm | undefined {
  if (firstOctet >> 5 === 0b001) return 'unified';
  if (firstOctet === DTLS_CONTENT_TYPES.tls12_cid) return 'tls12-cid';
  return firstOctet >= DTLS_CONTENT_TYPES.change_cipher_spec && firstOctet <= DTLS_CONTENT_TYPES.ack
    ? 'plaintext'
    : undefined;
}
