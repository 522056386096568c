/** The Castagnoli polynomial, bits in reverse (RFC 9260 Appendix A). */
const POLYNOMIAL = 0x82f63b78;

/** What each octet does to a remainder of zero. */
const TABLE = Uint32Array.from({ length: 256 }, (_, octet) => {
  let remainder = octet;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? POLYNOMIAL : 0);
  return remainder;
});

/** CRC32c of some octets, as an unsigned number (RFC 9260 Appendix A). On the wire its last octet comes first. */
export function crc32c(bytes: Uint8Array): number {
  let remainder = 0xffffffff;
  for (let i = 0; i < bytes.length; i++)
    remainder = (remainder >>> 8) ^ TABLE[(remainder ^ bytes[i]!) & 0xff]!;
  return ~remainder >>> 0;
}

/** The checksum of a packet: over all of it, its checksum field taken as zero (RFC 9260 §6.8). */
export function packetChecksum(packet: Uint8Array): number {
  const copy = packet.slice();
  copy.fill(0, 8, 12);
  return crc32c(copy);
}
