import type { Prediction } from '../define-lab';
import { SWITCHES, type Switches } from './journey';
import type { TcpTuningParams } from './lab';
import { runTuning, type TcpTuningResult } from './run';

const allOff = Object.fromEntries(SWITCHES.map((id) => [id, false])) as Switches;
const start = { site: 'shop', rttMs: 100, rateMbps: 50, lossOneIn: '0', ...allOff } as const;

const savingOf = ({ items }: TcpTuningResult, id: string) => items.find((item) => item.id === id);

/** Each answer is read from the measured items, the one on loss against the run before the change. */
export const predictions: readonly Prediction<TcpTuningParams, TcpTuningResult>[] = [
  {
    id: 'biggest',
    set: start,
    kind: 'choice',
    options: ['compress', 'initialWindow', 'reuse', 'near', 'scaling'],
    answer: ({ items }) => items.reduce((best, item) => (item.aloneMs > best.aloneMs ? item : best)).id,
  },
  {
    id: 'silence',
    set: { ...start, keepWindow: true },
    kind: 'choice',
    options: ['rounds', 'one', 'nothing'],
    answer: (result, { rttMs }) => {
      const saved = (savingOf(result, 'keepWindow')?.hereMs ?? 0) / rttMs;
      return saved > 1.5 ? 'rounds' : saved > 0.5 ? 'one' : 'nothing';
    },
  },
  {
    id: 'together',
    set: { ...start, near: true, initialWindow: true },
    kind: 'choice',
    options: ['more', 'sum', 'less'],
    answer: (result) => {
      const apart =
        (savingOf(result, 'near')?.aloneMs ?? 0) + (savingOf(result, 'initialWindow')?.aloneMs ?? 0);
      const together = result.before.totalMs - result.now.totalMs;
      return together > apart * 1.02 ? 'more' : together < apart * 0.98 ? 'less' : 'sum';
    },
  },
  {
    id: 'lossy',
    set: { ...start, lossOneIn: '50', reuse: true },
    kind: 'choice',
    options: ['faster', 'same', 'slower'],
    answer: (result, params) => {
      const apart = runTuning({ ...params, reuse: false }).now.pageMs;
      const times = result.now.pageMs / apart;
      return times < 0.9 ? 'faster' : times < 1.1 ? 'same' : 'slower';
    },
  },
];
