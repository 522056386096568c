/**
 * What the first octet of a datagram says that it is, on a port that all of these share: RFC 7983 §7 as RFC 9443 §3 amends
 * it. First octet, last octet, protocol.
 */
export const FIRST_OCTETS = [
  [0, 3, 'stun'],
  [16, 19, 'zrtp'],
  [20, 63, 'dtls'],
  [64, 79, 'turn-channel'],
  [80, 127, 'quic'],
  [128, 191, 'rtp'],
  [192, 255, 'quic'],
] as const;

/** A protocol that shares a port with STUN. */
export type SharedPortProtocol = (typeof FIRST_OCTETS)[number][2];

/** Which protocol a datagram belongs to; `undefined`: none of them, so it is dropped. */
export function protocolOfDatagram(datagram: Uint8Array): SharedPortProtocol | undefined {
  const octet = datagram[0];
  if (octet === undefined) return undefined;
  return FIRST_OCTETS.find(([first, last]) => octet >= first && octet <= last)?.[2];
}
