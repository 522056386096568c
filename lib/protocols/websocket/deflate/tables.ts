/** RFC 1951 §3.2.5: lengths 3 to 258 as symbols 257 to 285, distances 1 to 32,768 as symbols 0 to 29. */
export const LENGTH_EXTRA_BITS = Uint8Array.of(
  ...[0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0],
);
export const DISTANCE_EXTRA_BITS = Uint8Array.of(
  ...[0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13],
);
export const LENGTH_BASE = basesOf(LENGTH_EXTRA_BITS, 3);
export const DISTANCE_BASE = basesOf(DISTANCE_EXTRA_BITS, 1);
// 258 has a symbol of its own, though 284 could say it too.
LENGTH_BASE[28] = 258;

export const FIRST_LENGTH_SYMBOL = 257;
export const END_OF_BLOCK = 256;
export const WINDOW_BITS_MAX = 15;

/** RFC 1951 §3.2.6: the code lengths of blocks that carry no code of their own. */
export const FIXED_LITERAL_LENGTHS = Uint8Array.from({ length: 288 }, (_, symbol) =>
  symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
);
export const FIXED_DISTANCE_LENGTHS = new Uint8Array(30).fill(5);

/** RFC 1951 §3.2.7: the order in which the lengths of the code for code lengths are sent. */
export const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] as const;

function basesOf(extraBits: Uint8Array, first: number): Uint16Array {
  const bases = new Uint16Array(extraBits.length);
  let base = first;
  extraBits.forEach((bits, symbol) => {
    bases[symbol] = base;
    base += 1 << bits;
  });
  return bases;
}
