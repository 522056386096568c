import { ByteWriter } from '@/lib/bytes';
import { DnsError } from './errors';
import { parseName, writeLabel } from './name';

/** Pointers have 14 bits (RFC 1035 §4.1.4). */
const MAX_POINTER = 0x3fff;

/** Writes a message and remembers where each name stood, so that a later one can point there. */
export class MessageWriter {
  readonly #writer = new ByteWriter(512);
  /** Where the first octet stands in the message. */
  readonly #base: number;
  readonly #known: Map<string, number>;
  readonly #compresses: boolean;

  constructor(compresses = true, base = 0, known = new Map<string, number>()) {
    this.#compresses = compresses;
    this.#base = base;
    this.#known = known;
  }

  uint8(value: number): this {
    return this.#number(value, 8);
  }

  uint16(value: number): this {
    return this.#number(value, 16);
  }

  uint32(value: number): this {
    return this.#number(value, 32);
  }

  octets(octets: Uint8Array): this {
    this.#writer.write(octets);
    return this;
  }

  /** A length octet and the octets. @throws DnsError DNS_FIELD_OUT_OF_RANGE */
  characterString(octets: Uint8Array): this {
    return this.uint8(octets.length).octets(octets);
  }

  /**
   * A name; its end as a pointer if that stood before. Names of the types of RFC 1035 may be compressed, those of later types
   * may not (RFC 3597 §4). Case is kept: only equal letters are pointed to.
   */
  name(text: string, mayCompress = true): this {
    const labels = parseName(text);
    for (let i = 0; i < labels.length; i++) {
      const rest = labels.slice(i).map(writeLabel).join('.');
      const offset = this.#known.get(rest);
      if (this.#compresses && mayCompress && offset !== undefined) return this.uint16(0xc000 | offset);
      const here = this.#base + this.#writer.length;
      if (here <= MAX_POINTER && offset === undefined) this.#known.set(rest, here);
      this.characterString(labels[i]!);
    }
    return this.uint8(0);
  }

  /** Length in two octets, then what `write` writes. */
  withLength(write: (writer: MessageWriter) => void): this {
    const inner = new MessageWriter(this.#compresses, this.#base + this.#writer.length + 2, this.#known);
    write(inner);
    return this.uint16(inner.length).octets(inner.finish());
  }

  get length(): number {
    return this.#writer.length;
  }

  finish(): Uint8Array {
    return this.#writer.finish();
  }

  #number(value: number, bits: number): this {
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** bits) {
      const offset = this.#base + this.#writer.length;
      throw new DnsError('DNS_FIELD_OUT_OF_RANGE', offset, String(value), `${bits} bits`);
    }
    this.#writer.bits(value, bits);
    return this;
  }
}
