const SEQUENCE_NUMBERS = 0x10000;
const HALF = 0x8000;
const ROC_VALUES = 2 ** 32;

/**
 * A packet's index of 48 bits, 2^16 * ROC + SEQ, of which the packet carries 16. The ROC is guessed: whichever puts the
 * packet next to the highest one so far (RFC 3711 §3.3.1, Appendix A).
 */
export class PacketIndex {
  /** How often the sequence number began again. */
  roc: number;
  /** s_l, the highest sequence number: taken from the first packet until one was authentic. */
  private highest: number | undefined;

  /** Who joins late is told the ROC by other means (RFC 3711 §3.3.1). */
  constructor(roc = 0) {
    this.roc = roc;
  }

  /** The index that a packet with this sequence number should have. Nothing is remembered. */
  estimate(sequenceNumber: number): number {
    const highest = this.highest ?? sequenceNumber;
    let roc = this.roc;
    if (highest < HALF) {
      if (sequenceNumber - highest > HALF) roc = (roc + ROC_VALUES - 1) % ROC_VALUES;
    } else if (highest - HALF > sequenceNumber) {
      roc = (roc + 1) % ROC_VALUES;
    }
    return roc * SEQUENCE_NUMBERS + sequenceNumber;
  }

  /** Remembers the index of a packet that was authentic. */
  accept(index: number): void {
    const roc = Math.floor(index / SEQUENCE_NUMBERS);
    const sequenceNumber = index % SEQUENCE_NUMBERS;
    if (roc === (this.roc + 1) % ROC_VALUES) {
      this.roc = roc;
      this.highest = sequenceNumber;
    } else if (roc === this.roc && sequenceNumber >= (this.highest ?? 0)) {
      this.highest = sequenceNumber;
    }
  }
}
