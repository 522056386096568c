/** Up to here, making a text of ASCII octets one by one costs less than asking the decoder. Measured. */
const FEW_OCTETS = 6;

/** How much of a stream's first chunk is looked at to guess what the rest is like. */
const GUESSED_FROM = 256;

const BYTE_ORDER_MARK = 0xfeff;

/**
 * The "UTF-8 decode" of the Encoding standard, octets by the chunk: one byte order mark at the very start is passed
 * over, and what is not UTF-8 becomes U+FFFD. A character that is cut waits for its other octets.
 */
export class Utf8Stream {
  /** A decoder that swallowed marks would do so wherever it was first asked, which here need not be the start. */
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private atStart = true;
  private hasMark = false;
  /** The last octet was ASCII, so the decoder holds nothing back. */
  private isClean = true;
  private wasAscii: boolean | undefined;

  decode(chunk: Uint8Array): string {
    if (chunk.length === 0) return '';
    const endsClean = (chunk[chunk.length - 1] ?? 0) < 0x80;
    const text =
      this.fewAscii(chunk) ?? this.decoder.decode(chunk, { stream: this.mustStream(chunk, endsClean) });
    this.isClean = endsClean;
    this.wasAscii = text.length === chunk.length;
    if (!this.atStart || text === '') return text;
    this.atStart = false;
    this.hasMark = text.charCodeAt(0) === BYTE_ORDER_MARK;
    return this.hasMark ? text.slice(1) : text;
  }

  /** Whether every octet is a character by itself. */
  isAscii(chunk: Uint8Array): boolean {
    let all = 0;
    for (let at = 0; at < chunk.length; at++) all |= chunk[at] ?? 0;
    return this.isClean && all < 0x80;
  }

  /** Whether a byte order mark has been passed over; true once. */
  tookMark(): boolean {
    const took = this.hasMark;
    this.hasMark = false;
    return took;
  }

  /**
   * A chunk that begins and ends between characters can be decoded by itself. Node does that twice as fast where it is
   * ASCII, and slower where it is not; what the chunk before was like is a good guess.
   */
  private mustStream(chunk: Uint8Array, endsClean: boolean): boolean {
    this.wasAscii ??= this.isAscii(chunk.subarray(0, GUESSED_FROM));
    return !this.isClean || !endsClean || !this.wasAscii;
  }

  /** Undefined if the octets are many, or not all ASCII, or belong to a character that began before them. */
  private fewAscii(chunk: Uint8Array): string | undefined {
    if (!this.isClean || chunk.length > FEW_OCTETS) return undefined;
    let text = '';
    for (const octet of chunk) {
      if (octet >= 0x80) return undefined;
      text += String.fromCharCode(octet);
    }
    return text;
  }
}
