import { HpackError } from './errors';
import { octetsOf, textOf } from './header-field';
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
  return Math.ceil(bytes.reduce((bits, octet) => bits + CODE_LENGTHS[octet]!, 0) / 8);
}

/** Octets in Huffman code (RFC 7541 §5.2), filled up to a whole octet with the first bits of EOS: ones. */
export function huffmanEncode(bytes: Uint8Array): Uint8Array {
  const octets = new OctetWriter();
  writeHuffman(octets, textOf(bytes));
  return octets.finish();
}

/** The same for text, at the end of `octets`. */
export function writeHuffman(octets: OctetWriter, text: string): void {
  // No symbol takes more than four octets.
  octets.reserve(text.length * 4);
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
  if (count > 0) buffer[at++] = (pending << (8 - count)) | (0xff >>> count);
  octets.length = at;
}

/** How many bits are looked up at a time: two symbols of common text. */
const QUICK_BITS = 12;
const ALL_ONES = (1 << QUICK_BITS) - 1;

/** For each 12 bits that may come next: their first symbol, the second above it, how many, and their bits (0: a longer code). */
const QUICK_SYMBOLS = new Uint16Array(1 << QUICK_BITS);
const QUICK_COUNTS = new Uint8Array(1 << QUICK_BITS);
const QUICK_LENGTHS = new Uint8Array(1 << QUICK_BITS);

function enterQuick(symbols: number, count: number, code: number, length: number): void {
  const free = QUICK_BITS - length;
  QUICK_SYMBOLS.fill(symbols, code << free, (code + 1) << free);
  QUICK_COUNTS.fill(count, code << free, (code + 1) << free);
  QUICK_LENGTHS.fill(length, code << free, (code + 1) << free);
}

const shortSymbols = SYMBOLS_BY_CODE.filter((symbol) => CODE_LENGTHS[symbol]! <= QUICK_BITS);
for (const first of shortSymbols) {
  const firstLength = CODE_LENGTHS[first]!;
  enterQuick(first, 1, CODES[first]!, firstLength);
  for (const second of shortSymbols) {
    const length = CODE_LENGTHS[second]!;
    if (firstLength + length > QUICK_BITS) break;
    enterQuick(first | (second << 8), 2, (CODES[first]! << length) | CODES[second]!, firstLength + length);
  }
}

/**
 * Decodes a Huffman-coded string (RFC 7541 §5.2). Offsets of errors count from the start of `bytes`.
 * @throws HpackError HPACK_HUFFMAN_EOS, HPACK_HUFFMAN_PADDING_TOO_LONG (more than 7 bits),
 *   HPACK_HUFFMAN_PADDING_NOT_ONES
 */
export function huffmanDecode(bytes: Uint8Array): Uint8Array {
  return octetsOf(readHuffman(bytes, 0, bytes.length));
}

/** The same for octets `start` to `end` of a block, as text of one octet a character. */
export function readHuffman(bytes: Uint8Array, start: number, end: number): string {
  // No code is shorter than five bits; and there is room for the second of two symbols, wanted or not.
  const symbols = new Uint8Array(((end - start) * 8) / 5 + 2);
  let length = 0;
  // Bits taken from the octets and not yet decoded are the last `count` of `window`.
  let window = 0;
  let count = 0;
  let next = start;
  for (;;) {
    while (count < QUICK_BITS && next < end) {
      window = ((window & 0xfff) << 8) | bytes[next++]!;
      count += 8;
    }
    // Where fewer bits are left than are looked up, ones stand for the rest.
    const bits =
      count < QUICK_BITS
        ? (window << (QUICK_BITS - count)) | (ALL_ONES >>> count)
        : window >>> (count - QUICK_BITS);
    const quick = bits & ALL_ONES;
    const taken = QUICK_LENGTHS[quick]!;
    if (taken > 0 && taken <= count) {
      symbols[length] = QUICK_SYMBOLS[quick]!;
      symbols[length + 1] = QUICK_SYMBOLS[quick]! >>> 8;
      length += QUICK_COUNTS[quick]!;
      count -= taken;
      continue;
    }
    if (count < 8 && quick === ALL_ONES) return textOf(symbols, 0, length);
    // A long code, or the last few bits.
    const at = next * 8 - count;
    const symbol = findSymbol(bytes, at, end);
    const after = at + CODE_LENGTHS[symbol]!;
    if (after > end * 8) {
      checkPadding(bytes, at, end * 8);
      return textOf(symbols, 0, length);
    }
    if (symbol === EOS)
      throw new HpackError('HPACK_HUFFMAN_EOS', at >>> 3, 'the EOS symbol', 'only symbols of octets');
    symbols[length++] = symbol;
    next = (after + 7) >>> 3;
    count = next * 8 - after;
    window = count > 0 ? bytes[next - 1]! : 0;
  }
}

/**
 * The symbol whose code stands there, bit by bit: codes of a length are consecutive numbers, so a number below the
 * last of them is one. Past the end all bits are ones, so that some code always fits.
 */
function findSymbol(bytes: Uint8Array, start: number, end: number): number {
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
