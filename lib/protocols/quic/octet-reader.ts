import { toHex, type TraceSink } from '@/lib/bytes';
import { QuicError, type QuicErrorCode } from './errors';
import { decodeVarint } from './varint';

/** Reads fields one after another and writes their spans; what is missing is an error with `code`. */
export class OctetReader {
  at: number;
  ref = '';
  readonly bytes: Uint8Array;
  private readonly shortCode: QuicErrorCode;
  private readonly trace: TraceSink | undefined;

  constructor(bytes: Uint8Array, shortCode: QuicErrorCode, trace?: TraceSink, at = 0) {
    this.bytes = bytes;
    this.shortCode = shortCode;
    this.trace = trace;
    this.at = at;
  }

  get hasMore(): boolean {
    return this.at < this.bytes.length;
  }

  get remaining(): number {
    return this.bytes.length - this.at;
  }

  error(code: QuicErrorCode, seen: string | number | bigint, expected: string, offset = this.at): QuicError {
    return new QuicError(code, offset, String(seen), expected);
  }

  /** An unsigned integer of 1 to 4 octets. */
  uint(octets: number, name: string, show: (value: number) => string = String): number {
    const start = this.skip(octets, name);
    let value = 0;
    for (let i = start; i < this.at; i++) value = value * 256 + (this.bytes[i] ?? 0);
    if (this.trace) this.span(start, name, show(value));
    return value;
  }

  varint(name: string, show: (value: bigint) => string = String): bigint {
    const read = decodeVarint(this.bytes, this.at);
    if (!read) throw this.error(this.shortCode, 'the end', name);
    const start = this.at;
    this.at = read.next;
    if (this.trace) this.span(start, name, show(read.value));
    return read.value;
  }

  /** A length that is followed by as many octets. */
  length(name: string): number {
    const start = this.at;
    const value = this.varint(name);
    if (value > BigInt(this.remaining))
      throw this.error(this.shortCode, value, `at most the ${this.remaining} octets left`, start);
    return Number(value);
  }

  /** A view of the next octets. */
  take(octets: number, name: string, show: (value: Uint8Array) => string = toHex): Uint8Array {
    const start = this.skip(octets, name);
    const value = this.bytes.subarray(start, this.at);
    if (this.trace && octets > 0) this.span(start, name, show(value));
    return value;
  }

  /** Fields of a first octet, most significant first. */
  bits(fields: readonly (readonly [bits: number, name: string])[]): number[] {
    const start = this.skip(1, 'the first octet');
    const octet = this.bytes[start] ?? 0;
    let above = 0;
    return fields.map(([bits, name]) => {
      const value = (octet >>> (8 - above - bits)) & ((1 << bits) - 1);
      const bit = start * 8 + above;
      above += bits;
      this.trace?.push({ start: bit, end: bit + bits, name, value: String(value), ref: this.ref });
      return value;
    });
  }

  private skip(octets: number, name: string): number {
    if (octets > this.remaining)
      throw this.error(this.shortCode, `${this.remaining} octets`, `${octets} of ${name}`);
    const start = this.at;
    this.at += octets;
    return start;
  }

  private span(start: number, name: string, value: string): void {
    this.trace?.push({ start: start * 8, end: this.at * 8, name, value, ref: this.ref });
  }
}
