import { HpackError } from './errors';
import { octetsOf, textOf } from './header-field';
import { huffmanDecode, huffmanEncode, huffmanLength } from './huffman';
import { decodeInteger, writeInteger } from './integer';

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

/** The text of a string literal; errors carry offsets in `bytes`. @throws HpackError HPACK_HUFFMAN_* */
export function readString(bytes: Uint8Array, { isHuffman, dataStart, end }: StringLayout): string {
  const data = bytes.subarray(dataStart, end);
  if (!isHuffman) return textOf(data);
  try {
    return textOf(huffmanDecode(data));
  } catch (error) {
    if (!(error instanceof HpackError)) throw error;
    throw new HpackError(error.code, dataStart + error.offset, error.seen, error.expected);
  }
}

/** Writes a string literal at the end of `octets`. */
export function writeString(octets: number[], text: string, huffman: HuffmanUse): void {
  const plain = octetsOf(text);
  const isHuffman = huffman === 'always' || (huffman === 'auto' && huffmanLength(plain) < plain.length);
  const data = isHuffman ? huffmanEncode(plain) : plain;
  writeInteger(octets, data.length, 7, isHuffman ? 0x80 : 0);
  for (let i = 0; i < data.length; i++) octets.push(data[i]!);
}
