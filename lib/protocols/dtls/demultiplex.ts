import { DTLS_CONTENT_TYPES } from './registry';

/** What shares one UDP port in WebRTC, told apart by the first octet (RFC 7983 §7, RFC 9443 §3). */
export type PortUser = 'stun' | 'zrtp' | 'dtls' | 'turn-channel' | 'rtp' | 'quic' | 'unknown';

/** First octets, last of each range; RFC 9443 gave QUIC what RFC 7983 had left free. */
const RANGES: readonly (readonly [last: number, user: PortUser])[] = [
  [3, 'stun'],
  [15, 'unknown'],
  [19, 'zrtp'],
  [63, 'dtls'],
  [79, 'turn-channel'],
  [127, 'quic'],
  [191, 'rtp'],
  [255, 'quic'],
];

/** Whose datagram it is, by its first octet (RFC 7983 §7, RFC 9443 §3); an empty one is nobody's. */
export function portUserOf(datagram: Uint8Array): PortUser {
  const first = datagram[0];
  if (first === undefined) return 'unknown';
  return RANGES.find(([last]) => first <= last)?.[1] ?? 'unknown';
}

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
