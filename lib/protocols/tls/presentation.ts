import { ByteWriter, toHex, type TraceSink } from '@/lib/bytes';
import { TlsError } from './errors';

/** How many octets a span's value shows before it says only how many there are. */
const SHOWN_OCTETS = 64;

const inOctets = (value: number) => `${value} octets`;
const shown = (octets: Uint8Array) =>
  octets.length > SHOWN_OCTETS ? `${octets.length} octets` : toHex(octets);

/**
 * Reads structures of the presentation language (RFC 8446 §3): numbers of whole octets, and vectors that carry their
 * length in front. Each read writes its span. Offsets count from the start of `bytes`; reads past `end` throw.
 */
export class StructReader {
  readonly bytes: Uint8Array;
  offset: number;
  readonly end: number;
  readonly trace: TraceSink | undefined;
  readonly ref: string;

  constructor(bytes: Uint8Array, start: number, end: number, ref: string, trace?: TraceSink) {
    this.bytes = bytes;
    this.offset = start;
    this.end = end;
    this.ref = ref;
    this.trace = trace;
  }

  get isAtEnd(): boolean {
    return this.offset === this.end;
  }

  /** An unsigned number of `octets` octets; `say` words its value in the span. */
  uint(octets: number, name: string, say: (value: number) => string = String): number {
    this.need(octets, name);
    let value = 0;
    for (let i = 0; i < octets; i++) value = value * 256 + this.bytes[this.offset + i]!;
    if (this.trace) this.span(this.trace, octets, name, say(value));
    this.offset += octets;
    return value;
  }

  /** So many octets. */
  fixed(octets: number, name: string): Uint8Array {
    this.need(octets, name);
    const value = this.bytes.subarray(this.offset, this.offset + octets);
    if (this.trace && octets > 0) this.span(this.trace, octets, name, shown(value));
    this.offset += octets;
    return value;
  }

  /** `opaque name<least..most>`: the length in as many octets as `lengthOctets`, then that many. */
  opaque(lengthOctets: number, name: string, least = 0): Uint8Array {
    const length = this.length(lengthOctets, name, least);
    return this.fixed(length, name);
  }

  /** A vector of structures: a reader for its inside. This one goes on after it. */
  vector(lengthOctets: number, name: string, least = 0, ref = this.ref): StructReader {
    const length = this.length(lengthOctets, name, least);
    const inside = new StructReader(this.bytes, this.offset, this.offset + length, ref, this.trace);
    this.offset += length;
    return inside;
  }

  /** A vector of numbers. */
  uints(lengthOctets: number, octets: number, name: string, say?: (value: number) => string): number[] {
    const inside = this.vector(lengthOctets, `${name}s`, octets);
    if ((inside.end - inside.offset) % octets !== 0)
      throw new TlsError(
        'TLS_LENGTH_WRONG',
        inside.offset,
        `${inside.end - inside.offset} octets of ${name}s`,
        `a multiple of ${octets}`,
      );
    return inside.all(() => inside.uint(octets, name, say));
  }

  /** Reads until the end. */
  all<T>(read: () => T): T[] {
    const items: T[] = [];
    while (!this.isAtEnd) items.push(read());
    return items;
  }

  /** @throws TlsError TLS_TRAILING_OCTETS */
  finish(name: string): void {
    if (!this.isAtEnd)
      throw new TlsError(
        'TLS_TRAILING_OCTETS',
        this.offset,
        `${this.end - this.offset} octets more`,
        `the end of ${name}`,
      );
  }

  private length(octets: number, name: string, least: number): number {
    const at = this.offset;
    const length = this.uint(octets, this.trace ? `${name} length` : name, inOctets);
    if (length < least)
      throw new TlsError('TLS_LENGTH_WRONG', at, `${length} octets of ${name}`, `at least ${least}`);
    this.need(length, name);
    return length;
  }

  private need(octets: number, name: string): void {
    if (this.offset + octets > this.end)
      throw new TlsError(
        'TLS_FIELD_TRUNCATED',
        this.offset,
        `${this.end - this.offset} octets`,
        `${octets} of ${name}`,
      );
  }

  private span(trace: TraceSink, octets: number, name: string, value: string): void {
    const start = this.offset * 8;
    trace.push({ start, end: start + octets * 8, name, value, ref: this.ref });
  }
}

/** Writes a vector: `write` fills it, its length goes in front (none of 0 octets). @throws TlsError TLS_FIELD_OUT_OF_RANGE */
export function vector(lengthOctets: number, write: (writer: ByteWriter) => unknown): Uint8Array {
  const inside = new ByteWriter();
  write(inside);
  return lengthOctets === 0 ? inside.finish() : opaque(lengthOctets, inside.finish());
}

/** Octets with their length in front. @throws TlsError TLS_FIELD_OUT_OF_RANGE */
export function opaque(lengthOctets: number, octets: Uint8Array): Uint8Array {
  if (octets.length >= 256 ** lengthOctets)
    throw new TlsError(
      'TLS_FIELD_OUT_OF_RANGE',
      0,
      `${octets.length} octets`,
      `fewer than ${256 ** lengthOctets}`,
    );
  return new ByteWriter(lengthOctets + octets.length)
    .bits(octets.length, lengthOctets * 8)
    .write(octets)
    .finish();
}
