import { runJourney, SWITCHES, type Journey, type Switch, type Switches } from './journey';
import type { TcpTuningParams } from './lab';

/** One item of the checklist, measured. Savings in ms of the whole journey; below 0 it costs. */
export type Item = {
  id: Switch;
  on: boolean;
  /** Switched on when all others are off. */
  aloneMs: number;
  /** With against without it, all others as they are now. */
  hereMs: number;
};

export type TcpTuningResult = {
  /** With every switch off, and as it is now. */
  before: Journey;
  now: Journey;
  items: readonly Item[];
  /** How many are on. */
  used: number;
};

const ALL_OFF = Object.fromEntries(SWITCHES.map((id) => [id, false])) as Switches;

/** The journey as it is, as it was, and with each switch turned: alone, and among the others. */
export function runTuning(params: TcpTuningParams): TcpTuningResult {
  const path = { ...params, lossOneIn: Number(params.lossOneIn) };
  const switches = Object.fromEntries(SWITCHES.map((id) => [id, params[id]])) as Switches;
  // Turning the only switch that is on, and turning none from the start, is the same journey: run once.
  const run = new Map<string, Journey>();
  const journey = (change: Partial<Switches>, from = switches): Journey => {
    const turned = { ...from, ...change };
    const key = SWITCHES.map((id) => Number(turned[id])).join('');
    const known = run.get(key) ?? runJourney(path, turned);
    run.set(key, known);
    return known;
  };
  const before = journey({}, ALL_OFF);
  const now = journey({});
  return {
    before,
    now,
    items: SWITCHES.map((id) => {
      const turned = journey({ [id]: !switches[id] }).totalMs;
      return {
        id,
        on: switches[id],
        aloneMs: before.totalMs - journey({ [id]: true }, ALL_OFF).totalMs,
        hereMs: switches[id] ? turned - now.totalMs : now.totalMs - turned,
      };
    }),
    used: SWITCHES.filter((id) => switches[id]).length,
  };
}
