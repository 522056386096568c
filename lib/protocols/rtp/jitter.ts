import { timestampDistance } from './serial';

/**
 * Interarrival jitter: how unevenly packets come, in ticks of the stream's clock (RFC 3550 §6.4.1, Appendix A.8). The
 * difference of two packets' transit times moves the estimate by a sixteenth, which takes chance out of it.
 */
export class JitterEstimate {
  /** J, with its fraction; a report carries the whole ticks. */
  ticks = 0;
  private transit: number | undefined;

  /** `arrival` in the ticks of the timestamp, from any zero, 32 bits (`ticksOf`). */
  update(arrival: number, timestamp: number): void {
    const transit = timestampDistance(timestamp, arrival);
    if (this.transit !== undefined) {
      const difference = Math.abs(timestampDistance(this.transit, transit));
      this.ticks += (difference - this.ticks) / 16;
    }
    this.transit = transit;
  }
}
