/**
 * The Internet checksum (RFC 1071 §1): the ones' complement of the ones' complement sum of all 16-bit words.
 * The pieces are summed as if they lay one after the other; an odd octet at the very end is followed by zero.
 *
 * Over octets whose checksum field is zero it answers what to put there; over octets that carry a right
 * checksum it answers 0.
 */
export function internetChecksum(...pieces: readonly Uint8Array[]): number {
  let sum = 0;
  let isHighOctet = true;
  for (const piece of pieces) {
    for (const octet of piece) {
      sum += isHighOctet ? octet << 8 : octet;
      isHighOctet = !isHighOctet;
      // Fold the carry back in (ones' complement addition) before it can leave 32 bits.
      if (sum > 0xffff) sum -= 0xffff;
    }
  }
  return ~sum & 0xffff;
}
