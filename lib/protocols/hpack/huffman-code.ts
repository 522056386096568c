/** The symbol after the octets: it never occurs in a string; its first bits are the padding (RFC 7541 §5.2). */
export const EOS = 256;

/**
 * RFC 7541 Appendix B: how many bits each symbol's code has, 0 to 255 and EOS, a digit of base 36 each. The code is
 * canonical (RFC 1951 §3.2.2): lengths are all there is to it, as codes count up through the symbols of a length and
 * double from one length to the next.
 */
const LENGTHS =
  'dnsssssssoussussssssssusssssssss6aacd68baa8b8666555666666678f6cad67777777777777777777777878djde6' +
  'f56565666577666567655677777fbedskmkkmmmnmnnnnnonoomnonnnnlmnmnnomlkmmnnlnmmolmnnllmlnmnnkmmmnmmn' +
  'qqkjmnmpqqqrrqopjlqrrqrollqqsrrrkoklmllnmmppooqnqrqqrrrrrsrrrrrqu';

/** Bits of each symbol's code; index 256 is EOS. */
export const CODE_LENGTHS = Uint8Array.from(LENGTHS, (digit) => Number.parseInt(digit, 36));

/** The longest code, that of EOS: thirty ones. */
export const MAX_CODE_LENGTH = 30;

/** Each symbol's code, at the right of its number. */
export const CODES = new Uint32Array(257);

/** Symbols in order of their codes. */
export const SYMBOLS_BY_CODE = new Uint16Array(257);

/** Of each length: the first code, how many codes there are, and where its symbols start in `SYMBOLS_BY_CODE`. */
export const FIRST_CODE = new Uint32Array(MAX_CODE_LENGTH + 1);
export const CODE_COUNT = new Uint16Array(MAX_CODE_LENGTH + 1);
export const FIRST_SYMBOL = new Uint16Array(MAX_CODE_LENGTH + 1);

let code = 0;
let position = 0;
for (let length = 1; length <= MAX_CODE_LENGTH; length++) {
  code *= 2;
  FIRST_CODE[length] = code;
  FIRST_SYMBOL[length] = position;
  CODE_LENGTHS.forEach((bits, symbol) => {
    if (bits !== length) return;
    CODES[symbol] = code++;
    SYMBOLS_BY_CODE[position++] = symbol;
  });
  CODE_COUNT[length] = position - (FIRST_SYMBOL[length] ?? 0);
}
