/** Octets at the end of a buffer that doubles: what blocks are written into, one after another. */
export class OctetWriter {
  /** What was written is in front of `length`. */
  buffer = new Uint8Array(256);
  length = 0;

  push(octet: number): void {
    if (this.length === this.buffer.length) this.reserve(1);
    this.buffer[this.length++] = octet;
  }

  /** Makes `buffer` long enough for `octets` more. */
  reserve(octets: number): void {
    if (this.length + octets <= this.buffer.length) return;
    const larger = new Uint8Array(Math.max(this.length + octets, this.buffer.length * 2));
    larger.set(this.buffer);
    this.buffer = larger;
  }

  /** A copy of what was written; the next begins anew. */
  finish(): Uint8Array {
    const octets = this.buffer.slice(0, this.length);
    this.length = 0;
    return octets;
  }
}
