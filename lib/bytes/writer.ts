/** Writes octets and bit fields in network order into a buffer that grows. */
export class ByteWriter {
  private buffer: Uint8Array;
  private bitLength = 0;

  constructor(initialOctets = 64) {
    this.buffer = new Uint8Array(initialOctets);
  }

  /** Octets written so far; a half-written one counts. */
  get length(): number {
    return Math.ceil(this.bitLength / 8);
  }

  /** An unsigned field of 1 to 32 bits. @throws RangeError if the value does not fit. */
  bits(value: number, count: number): this {
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** count) {
      throw new RangeError(`${value} does not fit in ${count} bits`);
    }
    this.reserve(Math.ceil((this.bitLength + count) / 8));
    if ((this.bitLength & 7) === 0 && (count & 7) === 0) return this.wholeOctets(value, count);
    for (let i = count - 1; i >= 0; i--) {
      const bit = Math.floor(value / 2 ** i) % 2;
      if (bit === 1) {
        const index = this.bitLength >>> 3;
        this.buffer[index] = (this.buffer[index] ?? 0) | (1 << (7 - (this.bitLength & 7)));
      }
      this.bitLength++;
    }
    return this;
  }

  uint8(value: number): this {
    return this.bits(value, 8);
  }

  uint16(value: number): this {
    return this.bits(value, 16);
  }

  uint24(value: number): this {
    return this.bits(value, 24);
  }

  uint32(value: number): this {
    return this.bits(value, 32);
  }

  write(octets: Uint8Array): this {
    if ((this.bitLength & 7) !== 0) throw new RangeError('octets must start at the start of an octet');
    const start = this.bitLength >>> 3;
    this.reserve(start + octets.length);
    this.buffer.set(octets, start);
    this.bitLength += octets.length * 8;
    return this;
  }

  /** A copy of what was written; the last octet is padded with zero bits. */
  finish(): Uint8Array {
    return this.buffer.slice(0, this.length);
  }

  /** The common case, without the loop over bits. */
  private wholeOctets(value: number, count: number): this {
    let index = this.bitLength >>> 3;
    for (let shift = count - 8; shift >= 0; shift -= 8) this.buffer[index++] = (value >>> shift) & 0xff;
    this.bitLength += count;
    return this;
  }

  private reserve(octets: number): void {
    if (octets <= this.buffer.length) return;
    const grown = new Uint8Array(Math.max(octets, this.buffer.length * 2));
    grown.set(this.buffer);
    this.buffer = grown;
  }
}
