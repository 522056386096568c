import { MAX_31_BITS } from './frame';

/**
 * One direction's credit, of a stream or of the connection (RFC 9113 §5.2, §6.9). Only DATA counts, padding included.
 * A window becomes negative when SETTINGS_INITIAL_WINDOW_SIZE shrinks under it (§6.9.2): nothing may be sent until
 * it is above zero again.
 */
export class FlowWindow {
  private octets: number;

  constructor(octets: number) {
    this.octets = octets;
  }

  /** Octets that may be sent; may be negative. */
  get available(): number {
    return this.octets;
  }

  /** Adds credit. @returns false if the window would pass 2^31 - 1 (§6.9.1); it is unchanged then */
  add(increment: number): boolean {
    if (this.octets + increment > MAX_31_BITS) return false;
    this.octets += increment;
    return true;
  }

  /** Spends credit. @returns false if there was not as much */
  spend(octets: number): boolean {
    if (octets > this.octets && octets > 0) return false;
    this.octets -= octets;
    return true;
  }
}
