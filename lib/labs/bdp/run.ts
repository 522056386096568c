import {
  bandwidthDelayProductBytes,
  scaledWindowBytes,
  simulate,
  windowLimitedRateBps,
  windowShiftFor,
} from '@/lib/protocols/tcp';
import type { BdpParams } from './lab';

/** A segment, or several neighbours when a window has very many, and where it was when. */
export type Parcel = {
  id: number;
  /** Handed to the path: from now on it is unacknowledged. */
  sentMs: number;
  /** Its first bit is on the line, and its last. */
  startsMs: number;
  endsMs: number;
  /** Its last bit is at the receiver, which answers at once; the answer is at the sender. */
  arrivesMs: number;
  ackedMs: number;
};

/** Who holds the sender back. `field`: the 16 bits of the window field, since there is no scaling. */
export type Limit = 'line' | 'receiver' | 'field' | 'cwnd';

export type BdpResult = {
  /** rate × RTT, in octets. */
  bdpBytes: number;
  /** What the receiver announces of its buffer, and the shift that it needs (RFC 7323 §2.3). */
  announcedBytes: number;
  shift: number;
  /** min(announced, cwnd): as many octets may be unacknowledged; and as many whole segments are. */
  windowBytes: number;
  usedBytes: number;
  limitedBy: Limit;
  /** min(rate, window / RTT), and what went over the line in one steady round. */
  formulaBps: number;
  measuredBps: number;
  /** Share of the line's rate that was used in that round. */
  utilisation: number;
  /** Length of a steady round, and how long of it the line had nothing to send. */
  roundMs: number;
  idleMs: number;
  /** What a segment waits in the queue once the sender has settled, and how much stands there then. */
  queueMs: number;
  queueBytes: number;
  /** Octets of one parcel; several segments when a window has very many. */
  parcelBytes: number;
  parcels: readonly Parcel[];
  /** The moment of the last step. */
  endMs: number;
  timeouts: number;
};

/** A window is simulated as at most so many parcels: more would neither be seen nor computed within a frame. */
export const MAX_PARCELS = 64;
/** Windows simulated: enough to settle. */
const ROUNDS = 5;
const NEVER_MS = 3_600_000;

/** A sender that always has something to send, with a window that stays as it is, over one line. */
export function runBdp(params: BdpParams): BdpResult {
  const { rttMs, mss, cwndBytes } = params;
  const rateBps = params.rateMbps * 1e6;
  const shift = params.windowScaling ? windowShiftFor(params.bufferBytes) : 0;
  const announcedBytes = announcedOf(params.bufferBytes, shift);
  const windowBytes = Math.min(announcedBytes, cwndBytes);
  // A sender waits rather than fill the rest of a window with a part of a segment (RFC 9293 §3.8.6.2.1).
  const segments = Math.max(1, Math.floor(windowBytes / mss));
  const parcelsInWindow = Math.min(segments, MAX_PARCELS);
  const segmentsInParcel = segments / parcelsInWindow;
  const parcelBytes = segmentsInParcel * mss;
  const usedBytes = segments * mss;
  const parcelMs = (parcelBytes * 8000) / rateBps;
  const cycleMs = Math.max(rttMs + parcelMs, (usedBytes * 8000) / rateBps);

  // Window and rate divided by the same number: every time stays what it is.
  const { events, flows } = simulate({
    algorithm: 'newreno',
    path: { rttMs, mss, rateBps: rateBps / segmentsInParcel },
    flow: {
      rwnd: parcelsInWindow * mss,
      initialCwnd: parcelsInWindow,
      durationMs: ROUNDS * cycleMs,
      minRtoMs: NEVER_MS,
    },
    record: { events: true, samples: 0 },
  });
  const parcels: Parcel[] = [];
  for (const { type, segment, timeMs, arrivesMs } of events) {
    if (type !== 'sent' || segment === undefined || arrivesMs === undefined) continue;
    const endsMs = arrivesMs - rttMs / 2;
    parcels.push({
      id: segment,
      sentMs: timeMs,
      startsMs: Math.max(timeMs, endsMs - parcelMs),
      endsMs,
      arrivesMs,
      ackedMs: arrivesMs + rttMs / 2,
    });
  }

  const steady = parcels.slice(3 * parcelsInWindow, 4 * parcelsInWindow + 1);
  const first = steady[0];
  const last = steady.at(-1);
  const roundMs = first && last ? last.startsMs - first.startsMs : cycleMs;
  const idleMs = Math.max(0, roundMs - parcelsInWindow * parcelMs);
  const measuredBps = (usedBytes * 8000) / roundMs;
  const queueMs = first ? Math.max(0, first.startsMs - first.sentMs) : 0;
  const bdpBytes = bandwidthDelayProductBytes({ rateBps, rttMs });

  return {
    bdpBytes,
    announcedBytes,
    shift,
    windowBytes,
    usedBytes,
    limitedBy: limitOf(params, announcedBytes, windowBytes, bdpBytes),
    formulaBps: Math.min(rateBps, windowLimitedRateBps({ windowBytes, rttMs })),
    measuredBps,
    utilisation: Math.min(1, measuredBps / rateBps),
    roundMs,
    idleMs: idleMs < roundMs * 1e-6 ? 0 : idleMs,
    queueMs: queueMs < roundMs * 1e-6 ? 0 : queueMs,
    queueBytes: (queueMs * rateBps) / 8000,
    parcelBytes,
    parcels,
    endMs: 3 * cycleMs + (Math.max(parcelsInWindow * parcelMs * 0.9, rttMs * 0.3) % cycleMs),
    timeouts: flows[0]?.summary.timeouts ?? 0,
  };
}

/** The field counts in units of 2^shift octets, so what it says is rounded down to one. */
function announcedOf(bufferBytes: number, shift: number): number {
  return scaledWindowBytes(Math.min(65_535, Math.floor(bufferBytes / 2 ** shift)), shift);
}

function limitOf(params: BdpParams, announced: number, window: number, bdp: number): Limit {
  if (window >= bdp) return 'line';
  if (params.cwndBytes < announced) return 'cwnd';
  return !params.windowScaling && params.bufferBytes > 65_535 ? 'field' : 'receiver';
}

/** Where the window's octets are at a moment; `idle` if the line has nothing to do just then. */
export function momentOf(result: BdpResult, timeMs: number) {
  const octets = { queued: 0, onTheWay: 0, answered: 0 };
  let busy = false;
  let nextAckMs = Infinity;
  for (const { sentMs, startsMs, endsMs, arrivesMs, ackedMs } of result.parcels) {
    if (sentMs > timeMs || ackedMs <= timeMs) continue;
    nextAckMs = Math.min(nextAckMs, ackedMs);
    if (timeMs < startsMs) octets.queued += result.parcelBytes;
    else if (timeMs < arrivesMs) octets.onTheWay += result.parcelBytes;
    else octets.answered += result.parcelBytes;
    if (startsMs <= timeMs && timeMs < endsMs) busy = true;
  }
  return { ...octets, unacknowledged: octets.queued + octets.onTheWay + octets.answered, busy, nextAckMs };
}

/** When the line was busy: stretches without a gap. */
export function busyStretches(result: BdpResult, untilMs: number): { fromMs: number; toMs: number }[] {
  const stretches: { fromMs: number; toMs: number }[] = [];
  const joint = result.roundMs * 1e-6;
  for (const { startsMs, endsMs } of result.parcels) {
    if (startsMs >= untilMs) break;
    const last = stretches.at(-1);
    const toMs = Math.min(endsMs, untilMs);
    if (last && startsMs - last.toMs <= joint) last.toMs = toMs;
    else stretches.push({ fromMs: startsMs, toMs });
  }
  return stretches;
}
