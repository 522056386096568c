import type { Ack, CongestionControl } from './control';

/**
 * Whether the window is what holds the sender back. A window that the application or the receiver leaves
 * unused proves nothing about the path, so it must not grow (RFC 9438 §5.8, RFC 7661 §4.3). What counts is the
 * most that was outstanding within a window of data, as for pipeACK (RFC 7661 §4.2): the last ACKs of a burst
 * find little outstanding, and all of it was used. In slow start the window may run ahead up to twice what is
 * used, since it doubles from ACK to ACK.
 */
export function isWindowUsed(control: CongestionControl, ack: Ack, smss: number): boolean {
  const usedBytes = Math.max(ack.flightBeforeBytes, ack.peakFlightBytes ?? 0);
  if (control.cwndBytes < control.ssthreshBytes) return control.cwndBytes < 2 * usedBytes;
  return usedBytes + smss > control.cwndBytes;
}

/**
 * Slow start: cwnd += min(N, SMSS) for each ACK (RFC 5681 §3.1 equation 2). With a `limit` of more segments an ACK
 * for several counts for as many (RFC 3465 §2.2), but not beyond ssthresh.
 */
export function growExponentially(control: CongestionControl, ack: Ack, smss: number, limit: number): void {
  const { cwndBytes, ssthreshBytes } = control;
  const grownBytes = cwndBytes + Math.min(ack.ackedBytes, limit * smss);
  control.cwndBytes = Math.min(grownBytes, Math.max(ssthreshBytes, cwndBytes + smss));
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
