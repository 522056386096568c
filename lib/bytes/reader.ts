/**
 * Reads octets and bit fields in network order (most significant bit first, RFC 1700 "Data Notations").
 * It never reads past the end: ask `has(octets)` first; a read beyond the end throws RangeError, which in a
 * room's decoder is a bug of the room, not of the input.
 */
export class ByteReader {
  readonly bytes: Uint8Array;
  /** Where the next read starts, in bits. */
  bitOffset = 0;

  constructor(bytes: Uint8Array, octetOffset = 0) {
    this.bytes = bytes;
    this.bitOffset = octetOffset * 8;
  }

  /** The octet in which the next read starts. */
  get offset(): number {
    return this.bitOffset >>> 3;
  }

  /** Whole octets left. */
  get remaining(): number {
    return this.bytes.length - Math.ceil(this.bitOffset / 8);
  }

  has(octets: number): boolean {
    return this.remaining >= octets;
  }

  /** An unsigned field of 1 to 32 bits, from any bit. */
  bits(count: number): number {
    const end = this.bitOffset + count;
    if (end > this.bytes.length * 8)
      throw new RangeError(`read past the end at bit ${this.bytes.length * 8}`);
    let value = 0;
    for (let bit = this.bitOffset; bit < end; bit++) {
      const octet = this.bytes[bit >>> 3] ?? 0;
      value = value * 2 + ((octet >>> (7 - (bit & 7))) & 1);
    }
    this.bitOffset = end;
    return value;
  }

  uint8(): number {
    return this.unsigned(1);
  }

  uint16(): number {
    return this.unsigned(2);
  }

  uint24(): number {
    return this.unsigned(3);
  }

  uint32(): number {
    return this.unsigned(4);
  }

  /** A view of the next `count` octets; it shares memory with the input. */
  take(count: number): Uint8Array {
    const start = this.octetPosition();
    if (start + count > this.bytes.length)
      throw new RangeError(`read past the end at octet ${this.bytes.length}`);
    this.bitOffset += count * 8;
    return this.bytes.subarray(start, start + count);
  }

  private unsigned(octets: number): number {
    const start = this.octetPosition();
    let value = 0;
    for (let i = start; i < start + octets; i++) {
      const octet = this.bytes[i];
      if (octet === undefined) throw new RangeError(`read past the end at octet ${i}`);
      value = value * 256 + octet;
    }
    this.bitOffset += octets * 8;
    return value;
  }

  private octetPosition(): number {
    if ((this.bitOffset & 7) !== 0)
      throw new RangeError(`bit ${this.bitOffset} is not the start of an octet`);
    return this.bitOffset >>> 3;
  }
}
