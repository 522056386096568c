import { StunError } from './errors';
import { MAGIC_COOKIE, STUN_HEADER_OCTETS } from './message';

/**
 * Whether a datagram that shares its port with DTLS, SRTP and ChannelData is a STUN message: its first two bits are zero
 * and its cookie is there (RFC 8489 §5). By the first octet alone RFC 7983 §7 gives STUN 0 to 3.
 */
export function isStunMessage(bytes: Uint8Array): boolean {
  return bytes.length >= STUN_HEADER_OCTETS && bytes[0]! < 0x40 && readUint32(bytes, 4) === MAGIC_COOKIE;
}

/**
 * How many octets the message at the start of `bytes` has: the framing over TCP, where nothing else says where one ends
 * (RFC 8489 §6.2.2). `undefined`: the header is not here yet.
 * @throws StunError STUN_NOT_STUN, STUN_LENGTH_WRONG, STUN_COOKIE_MISSING
 */
export function messageOctets(bytes: Uint8Array): number | undefined {
  if (bytes.length === 0) return undefined;
  if (bytes[0]! >= 0x40) {
    throw new StunError('STUN_NOT_STUN', 0, `0x${bytes[0]!.toString(16)}`, 'two zero bits');
  }
  if (bytes.length < STUN_HEADER_OCTETS) return undefined;
  const length = (bytes[2]! << 8) | bytes[3]!;
  const cookie = readUint32(bytes, 4);
  if (cookie !== MAGIC_COOKIE) {
    const seen = `0x${cookie.toString(16).padStart(8, '0')}`;
    throw new StunError('STUN_COOKIE_MISSING', 4, seen, '0x2112a442');
  }
  if ((length & 3) !== 0) throw new StunError('STUN_LENGTH_WRONG', 2, `${length} octets`, 'whole words');
  return STUN_HEADER_OCTETS + length;
}

function readUint32(octets: Uint8Array, at: number): number {
  return ((octets[at]! << 24) | (octets[at + 1]! << 16) | (octets[at + 2]! << 8) | octets[at + 3]!) >>> 0;
}
