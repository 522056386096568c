import { InflateError } from '../message-assembler';
import type { BitReader } from './bit-reader';

/** A canonical Huffman code (RFC 1951 §3.2.2): how many codes of each length, and their symbols in order. */
export type HuffmanCode = { counts: Uint16Array; symbols: Uint16Array };

const LONGEST_CODE = 15;

/** From the length of each symbol's code; 0 is a symbol without one. @throws InflateError if there are too many codes */
export function huffmanCodeOf(lengths: Uint8Array): HuffmanCode {
  const counts = new Uint16Array(LONGEST_CODE + 1);
  for (const length of lengths) counts[length]!++;
  counts[0] = 0;
  let left = 1;
  for (let length = 1; length <= LONGEST_CODE; length++) {
    left = left * 2 - counts[length]!;
    if (left < 0) throw new InflateError('a Huffman code with more codes than there are');
  }
  const next = new Uint16Array(LONGEST_CODE + 2);
  for (let length = 1; length <= LONGEST_CODE; length++) next[length + 1] = next[length]! + counts[length]!;
  const symbols = new Uint16Array(lengths.length);
  lengths.forEach((length, symbol) => {
    if (length > 0) symbols[next[length]!++] = symbol;
  });
  return { counts, symbols };
}

/** Reads one symbol, a bit at a time: codes of one length are neighbours, so the first of each length is enough. */
export function readSymbol(bits: BitReader, { counts, symbols }: HuffmanCode): number {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length <= LONGEST_CODE; length++) {
    code |= bits.read(1);
    const count = counts[length]!;
    if (code < first + count) return symbols[index + (code - first)]!;
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  throw new InflateError('bits that are no Huffman code');
}
