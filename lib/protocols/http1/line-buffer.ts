import { Http1Error } from './errors';

const CR = 0x0d;
const LF = 0x0a;

/** A line without its CRLF, and where it starts. */
export type Line = { readonly octets: Uint8Array; readonly offset: number };

/** Gathers octets to a line; whoever feeds it counts them against a limit. */
export class LineBuffer {
  private held = new Uint8Array(256);
  private length = 0;
  private offset = 0;

  get isEmpty(): boolean {
    return this.length === 0;
  }

  /**
   * Takes octets up to the end of the line, or all. The line, once it is whole, lives until the next call.
   * @throws Http1Error HTTP1_BARE_LF, HTTP1_BARE_CR
   */
  take(chunk: Uint8Array, offset: number): { taken: number; line?: Line } {
    if (this.length === 0) this.offset = offset;
    const end = chunk.indexOf(LF);
    const taken = end < 0 ? chunk.length : end + 1;
    this.append(chunk.subarray(0, taken));
    if (end < 0) return { taken };
    const { length } = this;
    this.length = 0;
    if (this.held[length - 2] !== CR)
      throw new Http1Error('HTTP1_BARE_LF', this.offset + length - 1, 'LF', 'CR before it');
    const octets = this.held.subarray(0, length - 2);
    const bare = octets.indexOf(CR);
    if (bare >= 0) throw new Http1Error('HTTP1_BARE_CR', this.offset + bare, 'CR', 'LF after it');
    return { taken, line: { octets, offset: this.offset } };
  }

  private append(octets: Uint8Array): void {
    const needed = this.length + octets.length;
    if (needed > this.held.length) {
      const grown = new Uint8Array(Math.max(needed, this.held.length * 2));
      grown.set(this.held.subarray(0, this.length));
      this.held = grown;
    }
    this.held.set(octets, this.length);
    this.length = needed;
  }
}
