import type { Ack, CongestionControl } from './control';

/**
 * Whether the window is what holds the sender back. A window that the application or the receiver leaves
 * unused proves nothing about the path, so it must not grow (RFC 9438 §5.8, RFC 7661 §4.3). In slow start it
 * may run ahead up to twice what is used, since it doubles from ACK to ACK.
 */
export function isWindowUsed(control: CongestionControl, ack: Ack, smss: number): boolean {
  if (control.cwndBytes < control.ssthreshBytes) return control.cwndBytes < 2 * ack.flightBeforeBytes;
  return ack.flightBeforeBytes + smss > control.cwndBytes;
}

/** Slow start: cwnd += min(N, SMSS) for each ACK (RFC 5681 §3.1 equation 2). */
export function growExponentially(control: CongestionControl, ack: Ack, smss: number): void {
  control.cwndBytes += Math.min(ack.ackedBytes, smss);
}

/** Congestion avoidance: cwnd += SMSS × SMSS / cwnd for each ACK, about one segment an RTT (RFC 5681 §3.1 eq. 3). */
export function growLinearly(control: CongestionControl, smss: number): void {
  control.cwndBytes += (smss * smss) / control.cwndBytes;
}

/** ssthresh after a loss: max(FlightSize / 2, 2 × SMSS) (RFC 5681 §3.1 equation 4). */
export function halvedFlight(flightBytes: number, smss: number): number {
  return Math.max(flightBytes / 2, 2 * smss);
}

/**
 * cwnd in octets after one ACK for `acked` new octets, as the sender of RFC 5681 §3.1 computes it: exponential
 * below ssthresh, linear from there on (the RFC leaves cwnd = ssthresh open). The rule alone, for those who
 * write it themselves; it does not ask whether the window was used.
 */
export function windowAfterAck(state: {
  cwnd: number;
  ssthresh: number;
  mss: number;
  acked: number;
}): number {
  const { cwnd, ssthresh, mss, acked } = state;
  return cwnd < ssthresh ? cwnd + Math.min(acked, mss) : cwnd + (mss * mss) / cwnd;
}
