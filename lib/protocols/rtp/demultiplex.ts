import { protocolOfDatagram, type SharedPortProtocol } from '@/lib/protocols/turn';

/** What a datagram on a port of WebRTC is (RFC 7983 §7, RFC 9443 §3, RFC 5761 §4); `unknown` is to be dropped. */
export type DatagramKind = SharedPortProtocol | 'rtcp' | 'unknown';

/** Sorts what arrives on one port by the first octet (RFC 7983 §7), RTP and RTCP apart by the second (RFC 5761 §4). */
export function demultiplex(bytes: Uint8Array): DatagramKind {
  const protocol = protocolOfDatagram(bytes) ?? 'unknown';
  return protocol === 'rtp' && isRtcp(bytes) ? 'rtcp' : protocol;
}

/**
 * Whether a datagram of version 2 is RTCP: its packet type stands where RTP has its marker and payload type, and 192 to
 * 223 are left to it, so that 64 to 95 are no payload types (RFC 5761 §4).
 */
export function isRtcp(bytes: Uint8Array): boolean {
  const second = bytes[1];
  return second !== undefined && second >= 192 && second <= 223;
}
