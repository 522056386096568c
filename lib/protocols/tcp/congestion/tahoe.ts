import { halvedFlight } from './aimd';
import { Reno } from './reno';

/**
 * Tahoe (Jacobson, "Congestion Avoidance and Control", 1988; 4.3BSD-Tahoe): Reno's growth and fast retransmit,
 * but no fast recovery. A loss, however it is found, sets cwnd to one segment, and slow start begins again.
 */
export class Tahoe extends Reno {
  constructor(options: ConstructorParameters<typeof Reno>[0]) {
    super(options, 'tahoe');
  }

  override onLoss(_nowMs: number, flightBytes: number): void {
    this.ssthreshBytes = halvedFlight(flightBytes, this.smss);
    this.cwndBytes = this.smss;
  }
}
