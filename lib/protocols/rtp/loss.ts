const MOST_LOST = 0x7f_ffff;
const LEAST_LOST = -0x80_0000;

/** What a report block says of loss. */
export type LossFigures = {
  /** Of the packets since the last report, in 256ths, 0 to 255. */
  fractionLost: number;
  /** Since the beginning; below zero when packets came twice. 24 bits with a sign. */
  cumulativeLost: number;
};

/** Loss since the beginning and since the last report (RFC 3550 Appendix A.3). */
export class LossCounter {
  private expectedPrior = 0;
  private receivedPrior = 0;

  /** Figures for a report that is made now; the next one counts from here. */
  report(expected: number, received: number): LossFigures {
    const expectedInterval = expected - this.expectedPrior;
    const lostInterval = expectedInterval - (received - this.receivedPrior);
    this.expectedPrior = expected;
    this.receivedPrior = received;
    // Packets that came twice can hide all loss; a fraction is never below zero.
    const hasLoss = expectedInterval > 0 && lostInterval > 0;
    return {
      fractionLost: hasLoss ? Math.min(255, Math.floor((lostInterval * 256) / expectedInterval)) : 0,
      cumulativeLost: Math.min(MOST_LOST, Math.max(LEAST_LOST, expected - received)),
    };
  }
}
