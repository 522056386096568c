import { HpackError } from './errors';
import { textOf } from './header-field';
import { readHuffman, writeHuffman } from './huffman';
import { decodeInteger, writeInteger } from './integer';
import type { OctetWriter } from './octet-writer';

/** When to use the Huffman code: where it is shorter, for every string, for none. */
export type HuffmanUse = 'auto' | 'always' | 'never';

/**
 * Where a string literal stands in a block (RFC 7541 §5.2):
 *
 *       0   1   2   3   4   5   6   7
 *     +---+---+---+---+---+---+---+---+
 *     | H |    String Length (7+)     |
 *     +---+---------------------------+
 *     |  String Data (Length octets)  |
 *     +-------------------------------+
 */
export type StringLayout = { start: number; isHuffman: boolean; dataStart: number; end: number };

/** @throws HpackError HPACK_INTEGER_*, HPACK_STRING_TRUNCATED */
export function findString(bytes: Uint8Array, start: number): StringLayout {
  const { value: length, next: dataStart } = decodeInteger(bytes, start, 7);
  if (dataStart + length > bytes.length)
    throw new HpackError(
      'HPACK_STRING_TRUNCATED',
      bytes.length,
      `the end of the block after ${bytes.length - dataStart} octets of a string`,
      `${length} octets`,
    );
  return { start, isHuffman: bytes[start]! >= 0x80, dataStart, end: dataStart + length };
}

/** The text of a string literal. @throws HpackError HPACK_HUFFMAN_* */
export function readString(bytes: Uint8Array, { isHuffman, dataStart, end }: StringLayout): string {
  return isHuffman ? readHuffman(bytes, dataStart, end) : textOf(bytes, dataStart, end);
}

/** Writes a string literal at the end of `octets`. */
export function writeString(octets: OctetWriter, text: string, huffman: HuffmanUse): void {
  if (huffman !== 'never') {
    // Coded at once behind one octet for its length; few strings are too long for that, or better left as they are.
    const start = octets.length;
    octets.push(0);
    writeHuffman(octets, text);
    const coded = octets.length - start - 1;
    if (coded < 127 && (huffman === 'always' || coded < text.length)) {
      octets.buffer[start] = 0x80 | coded;
      return;
    }
    octets.length = start;
    if (huffman === 'always' || coded < text.length) {
      writeInteger(octets, coded, 7, 0x80);
      writeHuffman(octets, text);
      return;
    }
  }
  writeInteger(octets, text.length, 7, 0);
  octets.reserve(text.length);
  for (let i = 0; i < text.length; i++) octets.push(text.charCodeAt(i));
}
