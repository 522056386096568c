import { InflateError } from '../message-assembler';

/** Bits as DEFLATE packs them: from the least significant of each octet (RFC 1951 §3.1.1). */
export class BitReader {
  private readonly octets: Uint8Array;
  private at = 0;
  private held = 0;
  private heldBits = 0;

  constructor(octets: Uint8Array) {
    this.octets = octets;
  }

  /** No octet is left, and what is left of the last one is padding. */
  get isAtEnd(): boolean {
    return this.at >= this.octets.length && this.heldBits < 8;
  }

  /** A number of 0 to 16 bits. @throws InflateError past the end */
  read(count: number): number {
    while (this.heldBits < count) {
      if (this.at >= this.octets.length) throw new InflateError('the end in the middle of a block');
      this.held |= this.octets[this.at++]! << this.heldBits;
      this.heldBits += 8;
    }
    const value = this.held & ((1 << count) - 1);
    this.held >>>= count;
    this.heldBits -= count;
    return value;
  }

  /** To the next whole octet. */
  align(): void {
    const rest = this.heldBits & 7;
    this.held >>>= rest;
    this.heldBits -= rest;
  }

  /** Whole octets, after `align`. @throws InflateError past the end */
  take(count: number): Uint8Array {
    const start = this.at - (this.heldBits >>> 3);
    if (start + count > this.octets.length) throw new InflateError('the end in the middle of a stored block');
    this.held = 0;
    this.heldBits = 0;
    this.at = start + count;
    return this.octets.subarray(start, this.at);
  }
}
