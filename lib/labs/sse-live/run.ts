import { EVENTS, simulate, type Message, type Simulation } from './simulate';
import type { LiveParams } from './lab';

/** What became of each piece of news. */
export type News = { n: number; outcome: 'live' | 'replayed' | 'late' | 'missed'; atMs: number | undefined };

export type LiveResult = Simulation & {
  news: readonly News[];
  /** How many never came. */
  missed: number;
  /** From the cut until the stream was open again; undefined if it never was, or never broke. */
  absenceMs: number | undefined;
  /** Published while the browser was away, or lost on the way by the cut. */
  duringAbsence: number;
  /** When everything had happened. */
  endMs: number;
};

/** An event is late if it was held back for longer than this, beyond the way itself. */
const LATE_MS = 50;

/** The simulation, and what it comes to. */
export function runLive(params: LiveParams): LiveResult {
  const simulation = simulate(params);
  const { received, messages, changes } = simulation;
  const news = Array.from({ length: EVENTS }, (_, index): News => {
    const n = index + 1;
    const got = received.find((one) => one.n === n);
    if (!got) return { n, outcome: 'missed', atMs: undefined };
    const waitedMs = got.atMs - n * params.everyMs - params.delayMs;
    return { n, outcome: got.replayed ? 'replayed' : waitedMs > LATE_MS ? 'late' : 'live', atMs: got.atMs };
  });
  const lost = changes.find(({ atMs, readyState }) => atMs > 0 && readyState === 'connecting');
  const back = changes.find(({ atMs, readyState }) => lost && atMs > lost.atMs && readyState === 'open');
  const away = (atMs: number) => lost !== undefined && atMs > lost.atMs && atMs <= (back?.atMs ?? Infinity);
  const duringAbsence = news.filter(({ n }) => away(n * params.everyMs + params.delayMs)).length;
  const endMs = Math.max(EVENTS * params.everyMs + params.delayMs, ...messages.map(timeOf));
  return {
    ...simulation,
    news,
    missed: news.filter(({ outcome }) => outcome === 'missed').length,
    absenceMs: lost && back ? back.atMs - lost.atMs : undefined,
    duringAbsence,
    endMs,
  };
}

const timeOf = ({ sentMs, receivedMs }: Message) => receivedMs ?? sentMs;
