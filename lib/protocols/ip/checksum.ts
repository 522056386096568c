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

/** One addition of the Internet checksum: a word, and the sum after it with the carry folded back in. */
export type ChecksumStep = { word: number; sum: number; carried: boolean };

/**
 * The same sum as `internetChecksum`, addition by addition, for those who want to see it. The last step's `sum`,
 * complemented, is the checksum; no step for no octets.
 */
export function internetChecksumSteps(octets: Uint8Array): ChecksumStep[] {
  const steps: ChecksumStep[] = [];
  let sum = 0;
  for (let at = 0; at < octets.length; at += 2) {
    const word = ((octets[at] ?? 0) << 8) | (octets[at + 1] ?? 0);
    const carried = sum + word > 0xffff;
    sum = carried ? sum + word - 0xffff : sum + word;
    steps.push({ word, sum, carried });
  }
  return steps;
}
