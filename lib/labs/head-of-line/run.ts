import { simulate, type TcpEvent } from '@/lib/protocols/tcp';
import type { HeadOfLineParams } from './lab';

/** One segment's fate. Times are since the first segment was sent. */
export type SegmentFate = {
  /** From 1, in the order of the stream. */
  segment: number;
  /** From 1. */
  message: number;
  sentMs: number;
  /** Copies of it that were lost, and when the first of them would have arrived. */
  losses: number;
  missedMs: number | undefined;
  /** When the sender sent it again. */
  resentMs: readonly number[];
  /** It is at the host: its TCP has it. */
  arrivedMs: number;
  /** The application can read it: everything before it is there too. */
  deliveredMs: number;
};

export type MessageFate = {
  message: number;
  /** Its application wrote it. */
  writtenMs: number;
  /** Each of its octets is at the host: when a stream of its own could deliver it. */
  completeMs: number;
  /** The application has it from TCP. */
  deliveredMs: number;
  /** It had been lost in part itself. */
  wasHit: boolean;
};

export type HeadOfLineResult = {
  segments: readonly SegmentFate[];
  messages: readonly MessageFate[];
  /** Octets that arrived and may not be read yet: [ms, octets], after each change. */
  held: readonly (readonly [number, number])[];
  /** How the loss was found. */
  repairs: readonly { kind: 'fast-retransmit' | 'rto'; timeMs: number }[];
  /** Messages that were complete at the host before the application got them. */
  waiting: number;
  /** Of the messages that lost nothing, the longest wait. */
  worstWaitMs: number;
  maxHeldBytes: number;
  /** Mean delay above that of the quickest message (RFC 5481 §4.2): TCP, and streams of their own. */
  jitterMs: { inOrder: number; independent: number };
  endMs: number;
};

/** An hour: a run ends when everything is acknowledged. */
const DURATION_MS = 3_600_000;

/** Sends the messages over one TCP connection that loses one segment, once or twice. */
export function runHeadOfLine(params: HeadOfLineParams): HeadOfLineResult {
  const { rttMs, messages, segmentsPerMessage, rateMbps, lostSegment, lostTwice } = params;
  const segmentBytes = params.bytesPerSegment;
  const count = messages * segmentsPerMessage;
  const perMessage = segmentsPerMessage * segmentBytes;
  const atOnce = params.intervalMs === 0;
  const lost = Math.min(lostSegment, count);
  const { events, flows } = simulate({
    algorithm: 'newreno',
    path: { rttMs, mss: segmentBytes, rateBps: rateMbps * 1e6 },
    flow: {
      writes: atOnce
        ? [{ atMs: 0, bytes: messages * perMessage }]
        : Array.from({ length: messages }, (_, i) => ({ atMs: i * params.intervalMs, bytes: perMessage })),
      durationMs: DURATION_MS,
      minRtoMs: Number(params.minRtoMs),
    },
    loss: { kind: 'scripted', segments: lost === 0 ? [] : lostTwice ? [lost, lost] : [lost] },
    record: { events: true, samples: 0 },
  });
  const ofMessage = (segment: number) =>
    params.interleaved && atOnce
      ? ((segment - 1) % messages) + 1
      : Math.floor((segment - 1) / segmentsPerMessage) + 1;
  const segments = fatesOf(events, count, ofMessage);
  const transmissionMs = (segmentBytes * 8) / (rateMbps * 1000);
  for (const fate of segments) {
    if (fate.losses === 0) continue;
    const before = segments[fate.segment - 2]?.arrivedMs ?? 0;
    fate.missedMs = Math.max(fate.sentMs + rttMs / 2, before) + transmissionMs;
  }
  const fates = Array.from({ length: messages }, (_, i) =>
    messageOf(
      i + 1,
      atOnce ? 0 : i * params.intervalMs,
      segments.filter(({ message }) => message === i + 1),
    ),
  );
  const held = heldOf(segments, segmentBytes);
  const late = fates.filter(({ completeMs, deliveredMs }) => deliveredMs > completeMs);
  return {
    segments,
    messages: fates,
    held,
    repairs: events.flatMap(({ type, timeMs }) =>
      type === 'fast-retransmit' || type === 'rto' ? [{ kind: type, timeMs }] : [],
    ),
    waiting: late.length,
    worstWaitMs: Math.max(0, ...late.map(({ completeMs, deliveredMs }) => deliveredMs - completeMs)),
    maxHeldBytes: Math.max(0, ...held.map(([, bytes]) => bytes)),
    jitterMs: {
      inOrder: jitterOf(fates.map(({ writtenMs, deliveredMs }) => deliveredMs - writtenMs)),
      independent: jitterOf(fates.map(({ writtenMs, completeMs }) => completeMs - writtenMs)),
    },
    endMs: flows[0]?.summary.completedMs ?? 0,
  };
}

/** Reads from the trace when each segment was sent and lost, when it came, and when RCV.NXT passed it. */
function fatesOf(
  events: readonly TcpEvent[],
  count: number,
  ofMessage: (segment: number) => number,
): SegmentFate[] {
  const fates = Array.from({ length: count }, (_, i) => ({
    segment: i + 1,
    message: ofMessage(i + 1),
    sentMs: NaN,
    losses: 0,
    missedMs: undefined as number | undefined,
    resentMs: [] as number[],
    arrivedMs: NaN,
    deliveredMs: NaN,
  }));
  let next = 1;
  for (const { type, segment, ack, timeMs } of events) {
    const fate = segment === undefined ? undefined : fates[segment - 1];
    if (!fate) continue;
    if (type === 'sent') fate.sentMs = timeMs;
    else if (type === 'retransmitted') fate.resentMs.push(timeMs);
    else if (type === 'dropped') fate.losses++;
    else if (type === 'received') {
      if (Number.isNaN(fate.arrivedMs)) fate.arrivedMs = timeMs;
      for (; next < (ack ?? next); next++) {
        const passed = fates[next - 1];
        if (passed) passed.deliveredMs = timeMs;
      }
    }
  }
  return fates;
}

function messageOf(message: number, writtenMs: number, segments: readonly SegmentFate[]): MessageFate {
  return {
    message,
    writtenMs,
    completeMs: Math.max(...segments.map(({ arrivedMs }) => arrivedMs)),
    deliveredMs: Math.max(...segments.map(({ deliveredMs }) => deliveredMs)),
    wasHit: segments.some(({ losses }) => losses > 0),
  };
}

function heldOf(segments: readonly SegmentFate[], bytes: number): (readonly [number, number])[] {
  const changes = segments
    .filter(({ arrivedMs, deliveredMs }) => deliveredMs > arrivedMs)
    .flatMap(({ arrivedMs, deliveredMs }) => [
      { timeMs: arrivedMs, bytes },
      { timeMs: deliveredMs, bytes: -bytes },
    ])
    .sort((a, b) => a.timeMs - b.timeMs);
  const held: [number, number][] = [[0, 0]];
  let now = 0;
  for (const change of changes) {
    now += change.bytes;
    const last = held.at(-1);
    if (last?.[0] === change.timeMs) last[1] = now;
    else held.push([change.timeMs, now]);
  }
  return held;
}

/** The mean packet delay variation of RFC 5481 §4.2: what a message takes above the quickest of them. */
function jitterOf(delaysMs: readonly number[]): number {
  const least = Math.min(...delaysMs);
  return delaysMs.reduce((sum, delay) => sum + delay - least, 0) / delaysMs.length;
}
