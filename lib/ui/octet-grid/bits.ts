/** The bits from `start` to `end` as a string of 0 and 1. */
export function bitsOf(bytes: Uint8Array, start: number, end: number): string {
  let bits = '';
  for (let i = start; i < end; i++) bits += String(((bytes[i >>> 3] ?? 0) >>> (7 - (i & 7))) & 1);
  return bits;
}

/** Bits in groups of four from the left: `1010 0000`. */
export function groupedBits(bits: string): string {
  return bits.replace(/(.{4})(?=.)/g, '$1 ');
}

/** Hex of a run of bits, at most `limit` octets: whole octets as pairs, anything else as one number. */
export function hexOf(bytes: Uint8Array, start: number, end: number, limit = 16): string {
  if (start % 8 === 0 && end % 8 === 0) {
    const octets = Array.from(bytes.subarray(start / 8, Math.min(end / 8, start / 8 + limit)), (octet) =>
      octet.toString(16).padStart(2, '0'),
    );
    return octets.join(' ') + (end / 8 > start / 8 + limit ? ' …' : '');
  }
  if (end - start > 32) return '';
  return `0x${Number.parseInt(bitsOf(bytes, start, end), 2).toString(16)}`;
}

/** An octet as text, or a middle dot if it is not printable US-ASCII. */
export function asciiOf(octet: number): string {
  return octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '·';
}
