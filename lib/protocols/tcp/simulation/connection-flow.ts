import { createRandom, DelayLine } from '@/lib/sim';
import { createControl } from '../congestion/create-control';
import { assertInRange, TcpModelError } from '../model-error';
import { ApplicationData } from './application';
import { createSegmentLoss } from './loss-process';
import { Receiver } from './receiver';
import { Sender, type SenderWorld } from './sender';
import type { TcpCompetition, TcpPath } from './types';

/** A flow's settings with its algorithm, as TcpCompetition holds them. */
type FlowOptions = TcpCompetition['flows'][number];

/** Both ends of one flow, and what is between them. */
export type SimulatedFlow = {
  sender: Sender;
  receiver: Receiver;
  application: ApplicationData;
  /** Writes that have not happened yet, at absolute times. */
  writes: { atMs: number; bytes: number }[];
  oneWayMs: number;
  delayedAckMs: number;
  /** Data on its way: segment, 1 if marked. */
  data: DelayLine;
  /** ACKs on their way: the next segment expected, and `encodeSack`. */
  acks: DelayLine;
  isLost: ((segment: number) => boolean) | undefined;
  usesEcn: boolean;
  startMs: number;
  endMs: number;
  deliveredBytes: number;
  /** When the last octet arrived, and when its ACK did; NaN: not yet. */
  completedMs: number;
  acknowledgedMs: number;
  sentSegments: number;
  lostSegments: number;
  queueDrops: number;
};

/** The largest window that TCP can announce: 65,535 × 2^14 (RFC 7323 §2.3). */
const MAX_WINDOW_BYTES = 1_073_725_440;
const HOUR_MS = 3_600_000;

/** Builds a flow from its settings; throws TCP_INVALID_INPUT on one that makes no sense. */
export function createFlow(
  options: FlowOptions,
  path: TcpPath,
  seed: number,
  world: SenderWorld,
): SimulatedFlow {
  const mss = path.mss ?? 1460;
  const startMs = options.startMs ?? 0;
  const rttMs = options.rttMs ?? path.rttMs;
  const initialCwnd = options.initialCwnd ?? 10;
  const slowStartAckLimit = options.slowStartAckLimit ?? 1;
  const rwndBytes = options.rwnd ?? MAX_WINDOW_BYTES;
  assertInRange('mss', mss, 1, 65_535);
  if (!Number.isInteger(mss)) throw new TcpModelError(`mss = ${mss}: expected whole octets`);
  assertInRange('rttMs', rttMs, 0.001, HOUR_MS);
  assertInRange('startMs', startMs, 0, HOUR_MS);
  assertInRange('initialCwnd', initialCwnd, 1, 1_000_000);
  assertInRange('slowStartAckLimit', slowStartAckLimit, 1, Infinity);
  assertInRange('rwnd', rwndBytes, mss, Infinity);
  const application = new ApplicationData(mss);
  const isEndless = options.bytes === undefined && options.writes === undefined;
  const durationMs = options.durationMs ?? (isEndless ? 10_000 : HOUR_MS);
  assertInRange('durationMs', durationMs, 0, HOUR_MS);

  const random = createRandom(seed);
  const pair = createControl({
    algorithm: options.algorithm,
    smss: mss,
    initialCwndBytes: initialCwnd * mss,
    initialSsthreshBytes: Math.max(options.initialSsthresh ?? Infinity, 2 * mss),
    sack: options.sack,
    prr: options.prr ?? false,
    validatesWindow: options.validatesWindow ?? true,
    slowStartAckLimit,
    random,
  });
  const sender = new Sender(
    {
      ...pair,
      application,
      mss,
      rwndBytes,
      initialCwndBytes: initialCwnd * mss,
      slowStartAfterIdle: options.slowStartAfterIdle ?? true,
      minRtoMs: options.minRtoMs ?? 1000,
    },
    world,
  );
  const delayedAckMs = options.delayedAck === true ? 200 : options.delayedAck || 0;
  return {
    sender,
    receiver: new Receiver(delayedAckMs > 0),
    application,
    writes: writesOf(options, startMs),
    oneWayMs: rttMs / 2,
    delayedAckMs,
    data: new DelayLine(),
    acks: new DelayLine(),
    isLost: createSegmentLoss(options.loss ?? { kind: 'none' }, random),
    usesEcn: (options.ecn ?? false) && path.ecnThresholdBytes !== undefined,
    startMs,
    endMs: startMs + durationMs,
    deliveredBytes: 0,
    completedMs: NaN,
    acknowledgedMs: NaN,
    sentSegments: 0,
    lostSegments: 0,
    queueDrops: 0,
  };
}

function writesOf(options: FlowOptions, startMs: number): { atMs: number; bytes: number }[] {
  const writes = options.writes ?? [{ atMs: 0, bytes: options.bytes ?? Infinity }];
  let previousMs = 0;
  return writes.map(({ atMs, bytes }) => {
    assertInRange('bytes', bytes, 0, Infinity);
    if (bytes !== Infinity && !Number.isInteger(bytes))
      throw new TcpModelError(`bytes = ${bytes}: expected whole octets`);
    if (!(atMs >= previousMs))
      throw new TcpModelError(`write at ${atMs} ms: expected ${previousMs} ms or later`);
    previousMs = atMs;
    return { atMs: startMs + atMs, bytes };
  });
}
