/** Records behind the highest that are still told apart: 64 is what RFC 9147 §4.5.1 prefers. */
export const REPLAY_WINDOW_RECORDS = 64;

/**
 * Which sequence numbers of one epoch were received (RFC 9147 §4.5.1, RFC 6347 §4.1.2.6): a window of 64 that slides along
 * with the highest. Ask `isNew` before a record is opened, `accept` after: what is not authentic must not move the window.
 */
export class ReplayWindow {
  private top: number | undefined;
  /** Bit n: the record n before the highest has come. */
  private seen = 0n;

  /** The highest sequence number accepted; undefined before the first. */
  get highest(): number | undefined {
    return this.top;
  }

  /** False for a duplicate, and for what lies left of the window and cannot be told from one. */
  isNew(sequenceNumber: number): boolean {
    if (this.top === undefined || sequenceNumber > this.top) return true;
    const behind = this.top - sequenceNumber;
    return behind < REPLAY_WINDOW_RECORDS && ((this.seen >> BigInt(behind)) & 1n) === 0n;
  }

  /** Marks a record that was opened. */
  accept(sequenceNumber: number): void {
    if (this.top === undefined || sequenceNumber > this.top) {
      const ahead = this.top === undefined ? REPLAY_WINDOW_RECORDS : sequenceNumber - this.top;
      this.seen =
        ahead >= REPLAY_WINDOW_RECORDS
          ? 0n
          : BigInt.asUintN(REPLAY_WINDOW_RECORDS, this.seen << BigInt(ahead));
      this.top = sequenceNumber;
    }
    const behind = this.top - sequenceNumber;
    if (behind < REPLAY_WINDOW_RECORDS) this.seen |= 1n << BigInt(behind);
  }
}
