/** Seconds of the shortest mean time between reports (RFC 3550 §6.2). */
const MINIMUM_SECONDS = 5;
/** The part of RTCP's bandwidth that is for those who send media (RFC 3550 §6.2). */
const SENDERS_FRACTION = 0.25;
/** e - 3/2: timer reconsideration makes intervals longer than meant, by this factor (RFC 3550 §6.3.1). */
const COMPENSATION = Math.E - 1.5;

/** What the time between two reports is reckoned from (RFC 3550 §6.3). */
export type IntervalInputs = {
  /** Participants known, oneself included. */
  members: number;
  /** Those among them who have sent media of late. */
  senders: number;
  /** Whether one is among these. */
  weSent: boolean;
  /** Bandwidth of all RTCP: 5 % of the session's. */
  rtcpOctetsPerSecond: number;
  /** Mean size of RTCP datagrams with the headers of UDP and IP. */
  averageOctets: number;
  /** Before the first report, half the minimum holds. */
  initial: boolean;
  /** Another minimum than 5 s: `reducedMinimumSeconds`, or 0 with feedback at once (RFC 4585 §3.4). */
  minimumSeconds?: number;
};

/** The minimum that grows shorter with bandwidth: 360 / (session bandwidth in kbit/s) seconds (RFC 3550 §6.2). */
export function reducedMinimumSeconds(sessionKilobitsPerSecond: number): number {
  return 360 / sessionKilobitsPerSecond;
}

/** Td, the interval before chance, in seconds: so many reports share so much bandwidth (RFC 3550 §6.3.1). */
export function deterministicInterval(inputs: IntervalInputs): number {
  const { members, senders, weSent, averageOctets, initial, minimumSeconds = MINIMUM_SECONDS } = inputs;
  let sharers = members;
  let bandwidth = inputs.rtcpOctetsPerSecond;
  if (senders <= members * SENDERS_FRACTION) {
    bandwidth *= weSent ? SENDERS_FRACTION : 1 - SENDERS_FRACTION;
    sharers = weSent ? senders : members - senders;
  }
  return Math.max(initial ? minimumSeconds / 2 : minimumSeconds, (averageOctets * sharers) / bandwidth);
}

/**
 * T, the interval as it is used, in seconds: between half of Td and one and a half, less the compensation (RFC 3550
 * §6.3.1, Appendix A.7). `chance` is in [0, 1).
 */
export function transmissionInterval(inputs: IntervalInputs, chance: number): number {
  return (deterministicInterval(inputs) * (chance + 0.5)) / COMPENSATION;
}
