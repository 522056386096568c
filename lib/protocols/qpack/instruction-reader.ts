import type { Span, TraceSink } from '@/lib/bytes';
import { HpackError, huffmanDecode } from '../hpack';
import { QpackError, type QpackPlace } from './errors';

/**
 * Reads integers and strings of one section or stream. When octets are lacking it answers 0 or "" and `isShort` turns
 * true and stays so: whoever reads an instruction looks at that once, at its end. Spans wait for `commit`.
 */
export class InstructionReader {
  at = 0;
  isShort = false;
  /** The last position that was committed. */
  committed = 0;
  private readonly bytes: Uint8Array;
  private readonly place: QpackPlace;
  private readonly base: number;
  private readonly trace: TraceSink | undefined;
  private spans: Span[] = [];

  /** `base`: offset of the first octet in its stream. */
  constructor(bytes: Uint8Array, place: QpackPlace, base: number, trace?: TraceSink) {
    this.bytes = bytes;
    this.place = place;
    this.base = base;
    this.trace = trace;
  }

  get hasMore(): boolean {
    return this.at < this.bytes.length;
  }

  get offset(): number {
    return this.base + this.at;
  }

  /** The first octet of the next instruction. */
  peek(): number {
    return this.bytes[this.at] ?? 0;
  }

  /** What was read since is a whole instruction. */
  commit(): void {
    this.committed = this.at;
    if (!this.trace) return;
    for (const span of this.spans) this.trace.push(span);
    this.spans = [];
  }

  error(code: QpackError['code'], seen: string | number, expected: string): QpackError {
    return new QpackError(code, this.place, this.base + this.committed, String(seen), expected);
  }

  /**
   * An integer with a prefix (RFC 9204 §4.1.1 with RFC 7541 §5.1), the flags above it as a span of their own; at most
   * 2^53 − 1, where the RFC asks for 62 bits: no table and no stream gets there.
   */
  integer(prefixBits: number, name: string, ref: string, flags = ''): number {
    const start = this.at;
    const full = 2 ** prefixBits - 1;
    if (this.isShort || !this.hasMore) return this.short();
    let value = (this.bytes[this.at++] ?? 0) & full;
    if (value === full) {
      for (let scale = 1; ; scale *= 128) {
        if (this.at >= this.bytes.length) return this.short();
        const octet = this.bytes[this.at++] ?? 0;
        value += (octet & 0x7f) * scale;
        if (value > Number.MAX_SAFE_INTEGER || scale > 2 ** 56)
          throw this.error('QPACK_INTEGER_OVERFLOW', value, 'at most 2^53 - 1');
        if (octet < 0x80) break;
      }
    }
    if (this.trace) {
      const bit = (this.base + start) * 8;
      const above = 8 - prefixBits;
      if (above > 0)
        this.spans.push({ start: bit, end: bit + above, name: 'pattern and flags', value: flags, ref });
      this.spans.push({ start: bit + above, end: this.offset * 8, name, value: String(value), ref });
    }
    return value;
  }

  /** A string whose H bit stands just above the length's prefix (RFC 9204 §4.1.2), one character an octet. */
  string(prefixBits: number, name: string, ref: string, maxOctets: number, flags = ''): string {
    const isHuffman = (this.peek() & (1 << prefixBits)) !== 0;
    const length = this.integer(prefixBits, `${name} length`, ref, flags || (isHuffman ? 'H=1' : 'H=0'));
    if (length > maxOctets) throw this.error('QPACK_STRING_TOO_LONG', length, `at most ${maxOctets} octets`);
    if (this.isShort || this.at + length > this.bytes.length) {
      this.short();
      return '';
    }
    const octets = this.bytes.subarray(this.at, this.at + length);
    const start = this.offset * 8;
    this.at += length;
    const text = textOf(isHuffman ? this.huffman(octets) : octets);
    if (this.trace && length > 0) {
      const span: Span = { start, end: this.offset * 8, name, value: text, ref };
      this.spans.push(isHuffman ? { ...span, note: 'Huffman' } : span);
    }
    return text;
  }

  private huffman(octets: Uint8Array): Uint8Array {
    try {
      return huffmanDecode(octets);
    } catch (error) {
      if (!(error instanceof HpackError)) throw error;
      throw this.error('QPACK_HUFFMAN_MALFORMED', error.seen, error.expected);
    }
  }

  private short(): number {
    this.isShort = true;
    return 0;
  }
}

function textOf(octets: Uint8Array): string {
  let text = '';
  for (let i = 0; i < octets.length; i += 8192) text += String.fromCharCode(...octets.subarray(i, i + 8192));
  return text;
}
