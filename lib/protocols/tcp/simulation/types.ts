import type { Algorithm, Phase } from '../congestion/control';

/** One bottleneck between senders and receivers. Data crosses it; ACKs return without queue or loss. */
export type TcpPath = {
  /** Propagation there and back, half each way; queueing and serialisation come on top. */
  rttMs: number;
  /** Rate of the bottleneck; without it segments take no time to serialise. */
  rateBps?: number;
  /** Octets that may wait at the bottleneck (drop-tail); without it the queue has no end. */
  queueBytes?: number;
  /** Octets of data a segment; 1,460 if not given. */
  mss?: number;
  /** Octets of headers a segment, which count on the link and in the queue; 0 if not given. */
  headerBytes?: number;
  /** With it, segments of a flow with `ecn` that find more than this in the queue are marked (RFC 3168). */
  ecnThresholdBytes?: number;
};

/** What an application sends; everything but its amount has a default. */
export type TcpFlow = {
  /** Octets to send; without it (or `writes`) the flow sends for as long as the simulation lasts. */
  bytes?: number;
  /** Instead of `bytes`: the application writes these, at these times (ms after `startMs`, in order). */
  writes?: readonly { atMs: number; bytes: number }[];
  /** When the simulation ends at the latest; 10,000 for a flow without end, else an hour of virtual time. */
  durationMs?: number;
  /** When the flow begins; 0. */
  startMs?: number;
  /** Propagation of this flow, if it is not the path's. */
  rttMs?: number;
  /** Segments; 10 (RFC 6928). */
  initialCwnd?: number;
  /** Octets at which slow start ends; arbitrarily high (Infinity) as RFC 5681 §3.1 wants it. */
  initialSsthresh?: number;
  /** Octets that the receiver offers; 1,073,725,440, the most that TCP can say (RFC 7323 §2.3). */
  rwnd?: number;
  /** An ACK for every second segment, or after so many ms (true: 200); false: for every segment. */
  delayedAck?: boolean | number;
  /** Selective acknowledgements (RFC 2018, 6675); CUBIC and BBR have them by default. */
  sack?: boolean;
  /** Proportional Rate Reduction (RFC 6937); implies SACK. */
  prr?: boolean;
  /** Explicit Congestion Notification (RFC 3168). */
  ecn?: boolean;
  /** Back to the initial window after an RTO of silence (RFC 5681 §4.1); true. */
  slowStartAfterIdle?: boolean;
  /** An unused window does not grow (RFC 7661 §4.3); true. false: RFC 5681 to the letter, for Reno's family. */
  validatesWindow?: boolean;
  /**
   * Segments that one ACK may add to the window in slow start: 1 (RFC 5681 §3.1), 2 (RFC 3465 §2.2), or Infinity, as
   * Linux does, for which delayed ACKs slow nothing down; 1.
   */
  slowStartAckLimit?: number;
  /** Lower bound of the retransmission timeout; 1,000 (RFC 6298 §2.4). */
  minRtoMs?: number;
};

/**
 * What a flow loses on the wire, besides what the queue drops. `segments` are numbered from 1 as in traces; a
 * number that stands twice is lost twice, so its retransmission too.
 */
export type TcpLoss =
  { kind: 'none' } | { kind: 'scripted'; segments: readonly number[] } | { kind: 'random'; rate: number };

/** How much is written down. Events are for ladders of small runs, samples for charts of any. */
export type TcpRecord = {
  /**
   * Events of single segments; false. At most MAX_EVENTS are kept. 'turns': only what the senders conclude
   * (`fast-retransmit`, `rto`, `ecn`, `recovery-begin` and `-end`, `idle-restart`), which costs next to nothing.
   */
  events?: boolean | 'turns';
  /** The most samples a flow; 600, at most MAX_SAMPLES; 0 for none. Too many: every other goes. */
  samples?: number;
};

/** Events that a trace keeps at most. */
export const MAX_EVENTS = 50_000;
/** Samples of one flow that a trace keeps at most. */
export const MAX_SAMPLES = 10_000;
/** A run stops after so many segments sent, with `stopped: 'segment-limit'`. */
export const MAX_SEGMENTS = 20_000_000;
/** Flows that may share a bottleneck. */
export const MAX_FLOWS = 64;
/** Segments that one flow may have outstanding; a larger window is not used beyond it. */
export const MAX_OUTSTANDING_SEGMENTS = 1_048_576;

/** One flow alone. */
export type TcpSimulation = {
  algorithm: Algorithm;
  path: TcpPath;
  flow?: TcpFlow;
  loss?: TcpLoss;
  seed?: number;
  record?: TcpRecord;
};

/** Several flows on one bottleneck. `durationMs` overrides that of the flows. */
export type TcpCompetition = {
  path: TcpPath;
  flows: readonly (TcpFlow & { algorithm: Algorithm; loss?: TcpLoss })[];
  durationMs?: number;
  seed?: number;
  record?: TcpRecord;
};

/** A sender’s state at a virtual time; windows in octets. */
export type TcpSample = {
  timeMs: number;
  cwndBytes: number;
  /** Infinity until the first loss, and always for BBR. */
  ssthreshBytes: number;
  flightBytes: number;
  /** Octets that the receiver has in order. */
  deliveredBytes: number;
  phase: Phase;
};

/**
 * - `sent`, `retransmitted`: a segment leaves the sender; `arrivesMs` is set unless it is dropped.
 * - `dropped`: it will not arrive; `reason`.
 * - `received`: it arrives. `ack`: what the receiver acknowledges with the ACK that it sends now, if it does.
 * - `acked`: an ACK arrives at the sender; `ack` is the first segment still expected; `isDuplicate`.
 * - `fast-retransmit`, `rto`, `ecn`: the sender concludes that there is congestion.
 * - `recovery-begin`, `recovery-end`: fast recovery.
 */
export type TcpEventType =
  | 'sent'
  | 'retransmitted'
  | 'dropped'
  | 'received'
  | 'acked'
  | 'fast-retransmit'
  | 'rto'
  | 'ecn'
  | 'recovery-begin'
  | 'recovery-end'
  | 'idle-restart';

/** Something that happened to a segment or to a sender, at a virtual time. */
export type TcpEvent = {
  timeMs: number;
  /** Index into `flows`. */
  flow: number;
  type: TcpEventType;
  /** From 1. Of an `acked`, and of `received` with an ACK: see `ack`. */
  segment?: number;
  ack?: number;
  arrivesMs?: number;
  reason?: 'loss' | 'queue';
  isDuplicate?: boolean;
  /** The sender's state after the event. */
  cwndBytes: number;
  ssthreshBytes: number;
  flightBytes: number;
};

/** What became of one flow’s segments and octets. */
export type FlowSummary = {
  algorithm: Algorithm;
  /** Segments handed to the path, first ones and retransmissions. */
  sentSegments: number;
  retransmittedSegments: number;
  /** Where the sent ones are: sent = arrived + lost + queueDrops + inTransit. */
  arrivedSegments: number;
  lostSegments: number;
  queueDrops: number;
  inTransitSegments: number;
  /** Arrived, but the receiver had it already. */
  duplicateSegments: number;
  timeouts: number;
  fastRetransmits: number;
  ecnReductions: number;
  /** Octets that the receiver's application got, each once. */
  deliveredBytes: number;
  /** deliveredBytes a second, from the flow's start to its end or the end of the run. */
  goodputBps: number;
  /** When the last octet arrived; undefined if it did not. */
  completedMs: number | undefined;
  /** When its ACK arrived. */
  acknowledgedMs: number | undefined;
  meanRttMs: number | undefined;
  maxCwndBytes: number;
};

/** One flow’s samples over time, and its sums. */
export type FlowTrace = {
  samples: readonly TcpSample[];
  summary: FlowSummary;
};

/** A whole run. The same input gives a deeply equal trace. */
export type TcpTrace = {
  flows: readonly FlowTrace[];
  /** Octets waiting at the bottleneck. */
  queue: readonly { timeMs: number; bytes: number }[];
  events: readonly TcpEvent[];
  summary: {
    endMs: number;
    stopped: 'completed' | 'duration' | 'segment-limit';
    sentSegments: number;
    goodputBps: number;
    /** Share of the bottleneck's rate that was goodput; undefined without a rate. */
    utilisation: number | undefined;
    meanQueueBytes: number;
    maxQueueBytes: number;
    /** Jain's index of the flows' goodputs. */
    fairness: number;
    /** More events happened than are kept. */
    eventsTruncated: boolean;
  };
};
