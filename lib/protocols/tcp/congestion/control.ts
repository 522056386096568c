/** The algorithms of this room. */
export const ALGORITHMS = ['tahoe', 'reno', 'newreno', 'cubic', 'bbr'] as const;
/** The name of a congestion control. */
export type Algorithm = (typeof ALGORITHMS)[number];

/** What a sender is doing. The last four are BBR's. */
export type Phase =
  'slow-start' | 'congestion-avoidance' | 'fast-recovery' | 'startup' | 'drain' | 'probe-bw' | 'probe-rtt';

/**
 * What an ACK told the sender. One object lives as long as its sender and is filled anew for each ACK: read it
 * during the call, do not keep it.
 */
export type Ack = {
  nowMs: number;
  /** Octets that this ACK acknowledges cumulatively for the first time (N of RFC 5681 §3.1); 0 in a duplicate. */
  ackedBytes: number;
  /** Octets now known to have arrived, by the cumulative ACK or by SACK (DeliveredData of RFC 6937 §2). */
  deliveredBytes: number;
  /** Outstanding octets before and after this ACK: FlightSize, or with SACK the pipe of RFC 6675. */
  flightBeforeBytes: number;
  flightBytes: number;
  /** The most that was outstanding in the window of data that this ACK belongs to; flightBeforeBytes if not given. */
  peakFlightBytes?: number;
  /** A valid measurement, or NaN (Karn's algorithm). */
  rttMs: number;
  /** Smoothed RTT, or NaN before the first measurement. */
  srttMs: number;
  /** Delivery rate in octets/ms over the last flight, or NaN; only for an algorithm that `samplesRate`. */
  deliveryRate: number;
  /** The sample was taken while the application had nothing to send: it shows less than the path can do. */
  isAppLimited: boolean;
  /** All octets delivered so far, and how many were when the segment acknowledged now was sent. */
  totalDeliveredBytes: number;
  deliveredAtSendBytes: number;
};

/**
 * One congestion control algorithm. Time comes in as an argument, windows are octets, nothing here sends: the
 * sender asks `cwndBytes` before it does. Between `onLoss` and `onRecoveryEnd` the window is set by a
 * FastRecovery instead of `onAck`.
 */
export interface CongestionControl {
  readonly algorithm: Algorithm;
  /** At least one segment, always. May hold a fraction of a segment; the sender sends whole ones. */
  cwndBytes: number;
  /** Slow start below, congestion avoidance from here on. Starts arbitrarily high (RFC 5681 §3.1): Infinity. */
  ssthreshBytes: number;
  readonly phase: Phase;
  /** Octets/ms between departures; Infinity: send whenever the window allows. */
  readonly pacingRate: number;
  /** Wants `onAck` for every ACK, in recovery and for duplicates too, with a delivery rate: a model, not AIMD. */
  readonly samplesRate: boolean;
  /** New data was acknowledged outside recovery. */
  onAck(ack: Ack): void;
  /**
   * Three duplicate ACKs, or as many SACKed segments, or an ECN echo: once a window of data. Sets ssthresh.
   * `flightBytes`: FlightSize without what limited transmit added (RFC 5681 §3.2 step 2).
   */
  onLoss(nowMs: number, flightBytes: number): void;
  /** Everything outstanding at the loss has been acknowledged. */
  onRecoveryEnd(nowMs: number): void;
  /** The retransmission timer expired; `isRepeated`: again for the same segment (RFC 5681 §3.1: ssthresh stays). */
  onTimeout(nowMs: number, flightBytes: number, isRepeated: boolean): void;
  /** Nothing was sent for more than one RTO: back to the restart window (RFC 5681 §4.1). */
  onIdle(idleMs: number, restartWindowBytes: number): void;
}

/**
 * How cwnd moves while a loss is repaired. The control has halved ssthresh; this sets cwnd until the recovery
 * ends, and then sets it to ssthresh, which stays where it is (RFC 5681 §3.2 step 6).
 */
export interface FastRecovery {
  /** With SACK the sender counts the pipe of RFC 6675 and knows the holes; without, it counts duplicate ACKs. */
  readonly usesSack: boolean;
  /** Reno's recovery ends at the first ACK of new data; NewReno's when all that was outstanding is acknowledged. */
  readonly endsAtFirstNewAck: boolean;
  /** The loss was just detected by this ACK. `recoverFlightBytes`: FlightSize at the loss. */
  enter(control: CongestionControl, ack: Ack, recoverFlightBytes: number): void;
  onDuplicateAck(control: CongestionControl, ack: Ack): void;
  /** New data acknowledged, but not all of it: there is another hole (RFC 6582 §3.2 step 3). */
  onPartialAck(control: CongestionControl, ack: Ack): void;
  /** Octets sent during recovery. */
  onSend(bytes: number): void;
  exit(control: CongestionControl): void;
}
