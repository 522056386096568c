/** Text that is not hexadecimal octets. `offset` is the index of the first offending character. */
export class HexError extends Error {
  readonly code: 'HEX_INVALID_CHARACTER' | 'HEX_ODD_LENGTH';
  readonly offset: number;
  constructor(code: HexError['code'], offset: number, message: string) {
    super(message);
    this.name = 'HexError';
    this.code = code;
    this.offset = offset;
  }
}

/** Each octet in hex behind a separator. */
const octetsInHex = (separator: string): readonly string[] =>
  Array.from({ length: 256 }, (_, octet) => separator + octet.toString(16).padStart(2, '0'));
const PLAIN = octetsInHex('');
const SPACED = octetsInHex(' ');

/** `Uint8Array` to lower-case hex, two digits an octet, with `separator` between octets. */
export function toHex(bytes: Uint8Array, separator = ''): string {
  if (bytes.length === 0) return '';
  // One text added an octet, which takes half the time of adding separator and digits.
  const behind = separator === '' ? PLAIN : separator === ' ' ? SPACED : octetsInHex(separator);
  let text = PLAIN[bytes[0]!]!;
  for (let i = 1; i < bytes.length; i++) text += behind[bytes[i]!]!;
  return text;
}

/**
 * Hex to octets. White space, `:` and `,` between octets and `0x` in front of one are passed over, so that
 * what people copy from other tools can be pasted.
 * @throws HexError on any other character or on half an octet.
 */
export function fromHex(text: string): Uint8Array {
  const octets: number[] = [];
  let high = -1;
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (high < 0 && /[\s:,]/.test(character)) continue;
    if (character === '0' && /[xX]/.test(text.charAt(i + 1)) && high < 0) {
      i++;
      continue;
    }
    const digit = Number.parseInt(character, 16);
    if (Number.isNaN(digit)) {
      throw new HexError(
        'HEX_INVALID_CHARACTER',
        i,
        `expected a hex digit at character ${i}, saw "${character}"`,
      );
    }
    if (high < 0) high = digit;
    else {
      octets.push(high * 16 + digit);
      high = -1;
    }
  }
  if (high >= 0)
    throw new HexError('HEX_ODD_LENGTH', text.length, 'the last octet has one digit, expected two');
  return Uint8Array.from(octets);
}
