/** What a datagram on a port of WebRTC is, by its first octet (RFC 7983 §7). */
export type DatagramKind = 'stun' | 'zrtp' | 'dtls' | 'turn-channel' | 'rtp' | 'rtcp' | 'unknown';

/**
 * Sorts what arrives on one port (RFC 7983 §7), RTP and RTCP apart by the second octet (RFC 5761 §4). What is in no range
 * is to be dropped.
 */
export function demultiplex(bytes: Uint8Array): DatagramKind {
  const first = bytes[0];
  if (first === undefined) return 'unknown';
  if (first <= 3) return 'stun';
  if (first < 16) return 'unknown';
  if (first <= 19) return 'zrtp';
  if (first <= 63) return 'dtls';
  if (first <= 79) return 'turn-channel';
  if (first < 128 || first > 191) return 'unknown';
  return isRtcp(bytes) ? 'rtcp' : 'rtp';
}

/**
 * Whether a datagram of version 2 is RTCP: its packet type stands where RTP has its marker and payload type, and 192 to
 * 223 are left to it, so that 64 to 95 are no payload types (RFC 5761 §4).
 */
export function isRtcp(bytes: Uint8Array): boolean {
  const second = bytes[1];
  return second !== undefined && second >= 192 && second <= 223;
}
