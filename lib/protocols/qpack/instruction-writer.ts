import { huffmanEncode, huffmanLength } from '../hpack';

/** When strings are Huffman-coded: where that is shorter, always, never. */
export type HuffmanUse = 'auto' | 'always' | 'never';

/** @throws RangeError on a character above U+00FF, which is no octet */
export function assertOctets(text: string): void {
  if (/[^\0-\xff]/.test(text)) throw new RangeError(`${JSON.stringify(text)} is not all octets`);
}

/** Writes integers and strings; grows as needed. */
export class InstructionWriter {
  private readonly octets: number[] = [];
  private readonly huffman: HuffmanUse;

  constructor(huffman: HuffmanUse = 'auto') {
    this.huffman = huffman;
  }

  get length(): number {
    return this.octets.length;
  }

  /** An integer below the flags (RFC 9204 §4.1.1). */
  integer(value: number, prefixBits: number, flags: number): this {
    const full = 2 ** prefixBits - 1;
    if (value < full) {
      this.octets.push(flags | value);
      return this;
    }
    this.octets.push(flags | full);
    let rest = value - full;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.octets.push((rest % 128) | 0x80);
    this.octets.push(rest);
    return this;
  }

  /** A string with its H bit above the length (RFC 9204 §4.1.2); one character is one octet. */
  string(text: string, prefixBits: number, flags: number): this {
    let octets: Uint8Array = Uint8Array.from(text, (character) => character.charCodeAt(0));
    const isHuffman =
      this.huffman === 'always' || (this.huffman === 'auto' && huffmanLength(octets) < octets.length);
    if (isHuffman) octets = huffmanEncode(octets);
    this.integer(octets.length, prefixBits, flags | (isHuffman ? 1 << prefixBits : 0));
    for (const octet of octets) this.octets.push(octet);
    return this;
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.octets);
  }
}
