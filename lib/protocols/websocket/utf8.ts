/**
 * Checks UTF-8 as it comes, and knows at the first octet that cannot be right: not only that a sequence is broken, but
 * also that none that begins so is a character (RFC 3629 §4: no overlong form, no surrogate, nothing above U+10FFFF).
 */
export class Utf8Validator {
  /** Octets that the present character still needs, and the bounds of the next one of them. */
  private needed = 0;
  private lowest = 0x80;
  private highest = 0xbf;

  /** The text may end here. */
  get isComplete(): boolean {
    return this.needed === 0;
  }

  /** The index of the first octet, from `from` to before `to`, that cannot stand where it does; -1 if all can. */
  push(octets: Uint8Array, from = 0, to: number = octets.length): number {
    for (let i = from; i < to; i++) {
      const octet = octets[i]!;
      if (this.needed > 0) {
        if (octet < this.lowest || octet > this.highest) return i;
        this.lowest = 0x80;
        this.highest = 0xbf;
        this.needed--;
      } else if (octet >= 0x80 && !this.begin(octet)) return i;
    }
    return -1;
  }

  reset(): void {
    this.needed = 0;
    this.lowest = 0x80;
    this.highest = 0xbf;
  }

  /** The first octet of a character of several, by the table of RFC 3629 §4; false if it is none. */
  private begin(octet: number): boolean {
    if (octet < 0xc2 || octet > 0xf4) return false;
    this.needed = octet < 0xe0 ? 1 : octet < 0xf0 ? 2 : 3;
    if (octet === 0xe0) this.lowest = 0xa0;
    if (octet === 0xed) this.highest = 0x9f;
    if (octet === 0xf0) this.lowest = 0x90;
    if (octet === 0xf4) this.highest = 0x8f;
    return true;
  }
}

// A byte order mark is a character of a message like any other.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Octets to text; `undefined` if they are not UTF-8 from beginning to end. */
export function decodeUtf8(octets: Uint8Array): string | undefined {
  try {
    return decoder.decode(octets);
  } catch {
    return undefined;
  }
}
