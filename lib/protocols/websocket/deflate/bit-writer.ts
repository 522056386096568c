/** Bits as DEFLATE packs them: from the least significant of each octet (RFC 1951 §3.1.1). */
export class BitWriter {
  private octets: Uint8Array;
  private length = 0;
  private held = 0;
  private heldBits = 0;

  constructor(guess: number) {
    this.octets = new Uint8Array(guess + 16);
  }

  /** A number of up to 16 bits, its least significant first. */
  write(value: number, count: number): this {
    this.held |= value << this.heldBits;
    this.heldBits += count;
    while (this.heldBits >= 8) {
      this.octet(this.held & 0xff);
      this.held >>>= 8;
      this.heldBits -= 8;
    }
    return this;
  }

  /** A Huffman code, which goes in with its most significant bit first. */
  writeCode(code: number, count: number): this {
    let turned = 0;
    for (let i = 0; i < count; i++) turned |= ((code >>> i) & 1) << (count - 1 - i);
    return this.write(turned, count);
  }

  /** To the next whole octet. */
  align(): this {
    return this.heldBits > 0 ? this.write(0, 8 - this.heldBits) : this;
  }

  /** Whole octets, after `align`. */
  append(octets: Uint8Array): this {
    for (const octet of octets) this.octet(octet);
    return this;
  }

  finish(): Uint8Array {
    return this.octets.slice(0, this.length);
  }

  private octet(value: number): void {
    if (this.length === this.octets.length) {
      const grown = new Uint8Array(this.octets.length * 2);
      grown.set(this.octets);
      this.octets = grown;
    }
    this.octets[this.length++] = value;
  }
}
