import {
  simulate,
  simulateFlows,
  TLS_ROUND_TRIPS,
  segmentsOf,
  type TcpFlow,
  type TcpLoss,
  type TcpPath,
} from '@/lib/protocols/tcp';
import { phasesOf, type Phase, type PhaseId, type SiteId } from './sites';

/** The checklist, in the order in which the lesson goes through it. */
export const SWITCHES = [
  'reuse',
  'near',
  'compress',
  'initialWindow',
  'keepWindow',
  'scaling',
  'tls13',
  'fastOpen',
  'bbr',
] as const;
export type Switch = (typeof SWITCHES)[number];
export type Switches = Record<Switch, boolean>;

export type Path = { site: SiteId; rttMs: number; rateMbps: number; lossOneIn: number };

/** A part of the time that the user waits. `setup` is TCP's handshake and TLS's. */
export type Leg = { id: PhaseId; setupMs: number; transferMs: number };
export type Journey = {
  legs: readonly Leg[];
  /** Until the page is complete, and from the click to its answer. */
  pageMs: number;
  clickMs: number;
  totalMs: number;
};

/** From request received to response begun. */
export const SERVER_MS = 20;
/** Between the page and the click; longer than any retransmission timeout here. */
export const SILENCE_MS = 10_000;
/** What compression leaves of text. */
export const COMPRESSED = 0.3;
/** The way to an edge near the user. */
export const NEAR_SHARE = 0.2;
/** The window without scaling, and with a buffer of today. */
const WINDOWS = { unscaled: 65_535, scaled: 4_194_304 };
/** Linux's, so that a loss at the tail does not decide everything. */
const MIN_RTO_MS = 200;
const MSS = 1460;
const HOUR_MS = 3_600_000;
const LOSSES = 100;

/** A page load and a click after a silence, with these switches: every transfer is run by the engine. */
export function runJourney(path: Path, switches: Switches): Journey {
  const rttMs = switches.near ? path.rttMs * NEAR_SHARE : path.rttMs;
  const setupMs = ((switches.fastOpen ? 0 : 1) + TLS_ROUND_TRIPS[switches.tls13 ? '1.3' : '1.2']) * rttMs;
  const phases = phasesOf(path.site).map((phase) => ({
    id: phase.id,
    files: phase.files.map((bytes) =>
      switches.compress && phase.isText ? Math.ceil(bytes * COMPRESSED) : bytes,
    ),
    // The edge has the page, but not the answer to a click: it asks the server, over a connection that is warm.
    serverMs: SERVER_MS + (switches.near && phase.id === 'click' ? path.rttMs - rttMs : 0),
  }));
  const network: TcpPath = { rttMs, rateBps: path.rateMbps * 1e6, mss: MSS };
  const legs = switches.reuse
    ? onOneConnection(phases, network, setupMs, path, switches)
    : onNewConnections(phases, network, setupMs, path, switches);
  const sum = (parts: readonly Leg[]) => parts.reduce((ms, leg) => ms + leg.setupMs + leg.transferMs, 0);
  const pageMs = sum(legs.slice(0, -1));
  const clickMs = sum(legs.slice(-1));
  return { legs, pageMs, clickMs, totalMs: pageMs + clickMs };
}

type Work = Pick<Phase, 'id' | 'files'> & { serverMs: number };

function flowOf(switches: Switches): TcpFlow {
  return {
    initialCwnd: switches.initialWindow ? 10 : 4,
    rwnd: switches.scaling ? WINDOWS.scaled : WINDOWS.unscaled,
    slowStartAfterIdle: !switches.keepWindow,
    minRtoMs: MIN_RTO_MS,
    durationMs: HOUR_MS,
  };
}

const algorithmOf = ({ bbr }: Switches) => (bbr ? 'bbr' : 'cubic');

/** Every nth segment of the whole journey is lost; `before` of them have been sent on other connections. */
function lossOf({ lossOneIn }: Path, before: number): { loss?: TcpLoss } {
  if (lossOneIn === 0) return {};
  const first = lossOneIn - (before % lossOneIn);
  return {
    loss: { kind: 'scripted', segments: Array.from({ length: LOSSES }, (_, i) => first + i * lossOneIn) },
  };
}

/** One connection carries all: what it has learned of the path it keeps. */
function onOneConnection(
  phases: readonly Work[],
  path: TcpPath,
  setupMs: number,
  conditions: Path,
  switches: Switches,
): Leg[] {
  const writes: { atMs: number; bytes: number }[] = [];
  const legs: Leg[] = [];
  let readyMs = 0; // on the connection's own clock, which starts with the first request
  for (const { id, files, serverMs } of phases) {
    if (id === 'click') readyMs += SILENCE_MS;
    const atMs = readyMs + path.rttMs / 2 + serverMs;
    writes.push({ atMs, bytes: files.reduce((sum, bytes) => sum + bytes, 0) });
    const { flows } = simulate({
      algorithm: algorithmOf(switches),
      path,
      flow: { ...flowOf(switches), writes },
      ...lossOf(conditions, 0),
      record: { samples: 0 },
    });
    const doneMs = flows[0]?.summary.completedMs ?? HOUR_MS;
    legs.push({ id, setupMs: legs.length === 0 ? setupMs : 0, transferMs: doneMs - readyMs });
    readyMs = doneMs;
  }
  return legs;
}

/** A connection for each file: all of a phase side by side, each with its handshake and a cold window. */
function onNewConnections(
  phases: readonly Work[],
  path: TcpPath,
  setupMs: number,
  conditions: Path,
  switches: Switches,
): Leg[] {
  let segments = 0;
  return phases.map(({ id, files, serverMs }) => {
    const { flows } = simulateFlows({
      path,
      flows: files.map((bytes) => {
        const before = segments;
        segments += segmentsOf(bytes, MSS);
        return {
          ...flowOf(switches),
          algorithm: algorithmOf(switches),
          bytes,
          ...lossOf(conditions, before),
        };
      }),
      record: { samples: 0 },
    });
    const transferMs = Math.max(...flows.map(({ summary }) => summary.completedMs ?? HOUR_MS));
    return { id, setupMs, transferMs: path.rttMs / 2 + serverMs + transferMs };
  });
}
