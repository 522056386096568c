/** Octets at the end of a buffer that doubles: what a block is written into. */
export class OctetWriter {
  private buffer = new Uint8Array(256);
  length = 0;

  push(octet: number): void {
    if (this.length === this.buffer.length) {
      const larger = new Uint8Array(this.buffer.length * 2);
      larger.set(this.buffer);
      this.buffer = larger;
    }
    this.buffer[this.length++] = octet;
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.buffer.slice(0, this.length);
  }
}
