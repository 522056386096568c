import { HpackError } from './errors';
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

/** Octets that `bytes` would take in Huffman code, padding included. */
export function huffmanLength(bytes: Uint8Array): number {
  let bits = 0;
  for (let i = 0; i < bytes.length; i++) bits += CODE_LENGTHS[bytes[i]!]!;
  return Math.ceil(bits / 8);
}

/** Octets in Huffman code (RFC 7541 §5.2), filled up to a whole octet with the first bits of EOS: ones. */
export function huffmanEncode(bytes: Uint8Array): Uint8Array {
  const coded = new Uint8Array(huffmanLength(bytes));
  let next = 0;
  // Bits that wait to fill an octet: at most 7 between symbols.
  let pending = 0;
  let pendingBits = 0;
  for (let i = 0; i < bytes.length; i++) {
    const symbol = bytes[i]!;
    const length = CODE_LENGTHS[symbol]!;
    let code = CODES[symbol]!;
    let bits = length;
    // A code longer than 16 bits goes in two parts, so that all arithmetic stays within 31 bits.
    if (bits > 16) {
      pending = (pending << (bits - 16)) | (code >>> 16);
      pendingBits += bits - 16;
      while (pendingBits >= 8) coded[next++] = pending >>> (pendingBits -= 8);
      pending &= 0xff;
      code &= 0xffff;
      bits = 16;
    }
    pending = (pending << bits) | code;
    pendingBits += bits;
    while (pendingBits >= 8) coded[next++] = pending >>> (pendingBits -= 8);
    pending &= 0xff;
  }
  if (pendingBits > 0) coded[next] = (pending << (8 - pendingBits)) | (0xff >>> pendingBits);
  return coded;
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
  const end = bytes.length * 8;
  // The shortest codes have 5 bits.
  const octets = new Uint8Array(Math.floor(end / 5));
  let count = 0;
  let at = 0;
  while (at < end) {
    const quick = QUICK[bitsAt(bytes, at)]!;
    let symbol = quick >>> 4;
    let length = quick & 15;
    if (length === 0) {
      if (end - at < 8) break;
      symbol = findLongCode(bytes, at);
      length = CODE_LENGTHS[symbol]!;
    }
    if (at + length > end) break;
    if (symbol === EOS)
      throw new HpackError('HPACK_HUFFMAN_EOS', at >>> 3, 'the EOS symbol', 'only symbols of octets');
    onSymbol?.(symbol, at, at + length);
    octets[count++] = symbol;
    at += length;
  }
  if (at < end) checkPadding(bytes, at);
  if (at < end) onSymbol?.(undefined, at, end);
  return octets.subarray(0, count);
}

/** The next 9 bits; past the end all are ones. */
function bitsAt(bytes: Uint8Array, bit: number): number {
  const octet = bit >>> 3;
  const pair = ((bytes[octet]! << 8) | (bytes[octet + 1] ?? 0xff)) & 0xffff;
  return (pair >>> (7 - (bit & 7))) & 0x1ff;
}

/** The symbol whose code of 10 bits or more stands there, ones assumed past the end. Some code always fits. */
function findLongCode(bytes: Uint8Array, start: number): number {
  let code = bitsAt(bytes, start);
  for (let length = QUICK_BITS + 1; length <= MAX_CODE_LENGTH; length++) {
    const bit = start + length - 1;
    code = code * 2 + (((bytes[bit >>> 3] ?? 0xff) >>> (7 - (bit & 7))) & 1);
    const rank = code - FIRST_CODE[length]!;
    if (rank < CODE_COUNT[length]!) return SYMBOLS_BY_CODE[FIRST_SYMBOL[length]! + rank]!;
  }
  return EOS;
}

/** What is left must be fewer than 8 bits, all ones. */
function checkPadding(bytes: Uint8Array, start: number): void {
  const end = bytes.length * 8;
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
