import { HpackError } from './errors';
import { CHARACTERS, octetsOf, textOf } from './header-field';
import {
  CODE_COUNT,
  CODE_LENGTHS,
  CODES,
  EOS,
  FIRST_CODE,
  FIRST_SYMBOL,
  MAX_CODE_LENGTH,
  SYMBOLS_BY_CODE,
} from './huffman-code';
import { OctetWriter } from './octet-writer';

/** Octets that `bytes` would take in Huffman code, padding included. */
export function huffmanLength(bytes: Uint8Array): number {
  return huffmanTextLength(textOf(bytes));
}

/** The same for text of one octet a character. */
export function huffmanTextLength(text: string): number {
  let bits = 0;
  for (let i = 0; i < text.length; i++) bits += CODE_LENGTHS[text.charCodeAt(i)]!;
  return Math.ceil(bits / 8);
}

/** Octets in Huffman code (RFC 7541 §5.2), filled up to a whole octet with the first bits of EOS: ones. */
export function huffmanEncode(bytes: Uint8Array): Uint8Array {
  const octets = new OctetWriter();
  writeHuffman(octets, textOf(bytes));
  return octets.finish();
}

/** The same for text, at the end of `octets`. */
export function writeHuffman(octets: OctetWriter, text: string, codedLength = huffmanTextLength(text)): void {
  octets.reserve(codedLength);
  const { buffer } = octets;
  let at = octets.length;
  // Bits that wait for an octet to be full: at most 7 between symbols, above them what was written already.
  let pending = 0;
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const symbol = text.charCodeAt(i);
    let code = CODES[symbol]!;
    let length = CODE_LENGTHS[symbol]!;
    if (length > 16) {
      // In two parts, as 7 + 30 bits are more than a number shifts.
      pending = (pending << (length - 16)) | (code >>> 16);
      count += length - 16;
      while (count >= 8) buffer[at++] = pending >>> (count -= 8);
      code &= 0xffff;
      length = 16;
    }
    pending = (pending << length) | code;
    count += length;
    while (count >= 8) buffer[at++] = pending >>> (count -= 8);
  }
  if (count > 0) buffer[at] = (pending << (8 - count)) | (0xff >>> count);
  octets.length += codedLength;
}

/** Codes up to this length, all of common text among them, are found by one look into a table. */
const QUICK_BITS = 9;

/** For each 9 bits that may come next: the symbol that they begin with, times 16, plus its bits. 0: a longer code. */
const QUICK = new Uint16Array(1 << QUICK_BITS);
CODE_LENGTHS.forEach((length, symbol) => {
  if (length > QUICK_BITS) return;
  const free = QUICK_BITS - length;
  const first = (CODES[symbol] ?? 0) << free;
  QUICK.fill(symbol * 16 + length, first, first + (1 << free));
});

/**
 * Hears of each symbol as it is decoded, and of the padding (`symbol` undefined); bits from the start of the string.
 */
export type SymbolListener = (symbol: number | undefined, startBit: number, endBit: number) => void;

/**
 * Decodes a Huffman-coded string (RFC 7541 §5.2). Offsets of errors count from the start of `bytes`.
 * @throws HpackError HPACK_HUFFMAN_EOS, HPACK_HUFFMAN_PADDING_TOO_LONG (more than 7 bits),
 *   HPACK_HUFFMAN_PADDING_NOT_ONES
 */
export function huffmanDecode(bytes: Uint8Array, onSymbol?: SymbolListener): Uint8Array {
  return octetsOf(readHuffman(bytes, 0, bytes.length, onSymbol));
}

/** The same for octets `start` to `end` of a block, as text of one octet a character. */
export function readHuffman(
  bytes: Uint8Array,
  start: number,
  end: number,
  onSymbol?: SymbolListener,
): string {
  let text = '';
  // Bits taken from the octets and not yet decoded are the last `count` of `window`.
  let window = 0;
  let count = 0;
  let next = start;
  for (;;) {
    while (count < QUICK_BITS && next < end) {
      window = ((window & 0xff) << 8) | bytes[next++]!;
      count += 8;
    }
    const quick = QUICK[nineBits(window, count)]!;
    const length = quick & 15;
    // Too few bits are left for this symbol, or for any code that is not quick: they can only be padding.
    if (length > count || (quick === 0 && count < 8)) break;
    if (quick > 0) {
      count -= length;
      text += CHARACTERS[quick >>> 4]!;
      if (onSymbol) onSymbol(quick >>> 4, (next - start) * 8 - count - length, (next - start) * 8 - count);
      continue;
    }
    const at = next * 8 - count;
    const symbol = findLongCode(bytes, at, end);
    const after = at + CODE_LENGTHS[symbol]!;
    if (after > end * 8) break;
    if (symbol === EOS)
      throw new HpackError('HPACK_HUFFMAN_EOS', at >>> 3, 'the EOS symbol', 'only symbols of octets');
    text += CHARACTERS[symbol]!;
    onSymbol?.(symbol, at - start * 8, after - start * 8);
    // Go on in the octet where it ended; what the window holds above `count` bits is never looked at.
    next = (after + 7) >>> 3;
    count = next * 8 - after;
    window = bytes[next - 1]!;
  }
  const padding = next * 8 - count;
  if (padding < end * 8) {
    checkPadding(bytes, padding, end * 8);
    onSymbol?.(undefined, padding - start * 8, (end - start) * 8);
  }
  return text;
}

/** The first 9 of the last `count` bits of a window; where there are fewer, ones follow. */
function nineBits(window: number, count: number): number {
  return count >= QUICK_BITS
    ? (window >>> (count - QUICK_BITS)) & 0x1ff
    : ((window << (QUICK_BITS - count)) | (0x1ff >>> count)) & 0x1ff;
}

/** The symbol whose code of 10 bits or more stands there, ones assumed past the end. Some code always fits. */
function findLongCode(bytes: Uint8Array, start: number, end: number): number {
  let code = 0;
  for (let length = 1; length <= MAX_CODE_LENGTH; length++) {
    const bit = start + length - 1;
    const octet = bit >>> 3 < end ? bytes[bit >>> 3]! : 0xff;
    code = code * 2 + ((octet >>> (7 - (bit & 7))) & 1);
    const rank = code - FIRST_CODE[length]!;
    if (rank < CODE_COUNT[length]!) return SYMBOLS_BY_CODE[FIRST_SYMBOL[length]! + rank]!;
  }
  return EOS;
}

/** What is left must be fewer than 8 bits, all ones. */
function checkPadding(bytes: Uint8Array, start: number, end: number): void {
  for (let bit = start; bit < end; bit++) {
    if (((bytes[bit >>> 3]! >>> (7 - (bit & 7))) & 1) === 0)
      throw new HpackError(
        'HPACK_HUFFMAN_PADDING_NOT_ONES',
        bit >>> 3,
        'a 0 in the bits after the last symbol',
        'ones, the first bits of EOS',
      );
  }
  if (end - start > 7)
    throw new HpackError(
      'HPACK_HUFFMAN_PADDING_TOO_LONG',
      start >>> 3,
      `${end - start} bits of padding`,
      'at most 7',
    );
}
