import { defineLab } from '../define-lab';
import { choice, flag, integer, number, params, type ParamsOf } from '../params';
import { exercise } from './exercise';
import { runSlowStart, type SlowStartResult } from './run';
import { stepsOf } from './steps';
import { tasks } from './tasks';

const schema = params({
  /** Octets of the response. */
  bytes: integer({ min: 1, max: 3_000_000, default: 65_535 }),
  rttMs: number({ min: 1, max: 1000, default: 56 }),
  mss: integer({ min: 536, max: 8960, default: 1460 }),
  /** Segments. */
  initialCwnd: integer({ min: 1, max: 100, default: 10 }),
  rwndBytes: integer({ min: 8960, max: 1_073_725_440, default: 1_048_576 }),
  serverTimeMs: number({ min: 0, max: 2000, default: 40 }),
  /** The connection has carried data before: no handshake, cwnd already open. */
  reused: flag(false),
  /** A reused connection was silent for longer than its RTO (RFC 5681 §4.1). */
  idleRestart: flag(false),
  /** Of the bottleneck; 0: serialisation is ignored. */
  bandwidthMbps: number({ min: 0, max: 10_000, default: 0 }),
  tls: choice(['none', '1.3', '1.2']),
});

export type SlowStartParams = ParamsOf<typeof schema>;

export const lab = defineLab<typeof schema, SlowStartResult>({
  id: 'slow-start',
  chapter: 'tcp',
  layer: 'transport',
  title: 'title',
  summary: 'summary',
  params: schema,
  run: runSlowStart,
  steps: stepsOf,
  predictions: [
    {
      id: 'old-window',
      set: { initialCwnd: 4, reused: false, idleRestart: false, bandwidthMbps: 0, tls: 'none' },
      kind: 'number',
      unit: 'ms',
      answer: (result) => result.total.measuredMs,
    },
    {
      id: 'warm',
      set: { initialCwnd: 10, reused: true, idleRestart: false, bandwidthMbps: 0, tls: 'none' },
      kind: 'choice',
      options: ['same', 'third-less', 'third-left'],
      answer: (result, settings) => {
        const cold = runSlowStart({ ...settings, reused: false });
        const share = result.total.measuredMs / cold.total.measuredMs;
        return share > 0.9 ? 'same' : share > 0.5 ? 'third-less' : 'third-left';
      },
    },
    {
      id: 'faster-line',
      set: { initialCwnd: 10, reused: false, bandwidthMbps: 1000, tls: 'none' },
      kind: 'choice',
      options: ['tenth', 'half', 'hardly'],
      answer: (result, settings) => {
        const slow = runSlowStart({ ...settings, bandwidthMbps: 100 });
        const share = result.total.measuredMs / slow.total.measuredMs;
        return share < 0.2 ? 'tenth' : share < 0.7 ? 'half' : 'hardly';
      },
    },
  ],
  tasks,
  exports: (result, settings) => [
    {
      filename: 'slow-start.json',
      mediaType: 'application/json',
      content: JSON.stringify({ params: settings, ...result }, null, 2),
    },
    {
      filename: 'slow-start-cwnd.csv',
      mediaType: 'text/csv',
      content: [
        'time_ms,cwnd_segments',
        ...result.cwnd.map(([timeMs, segments]) => `${timeMs},${segments}`),
      ].join('\n'),
    },
  ],
  exercise,
  truth: {
    real: ['truth.sender', 'truth.acks', 'truth.whole-rounds'],
    simplified: [
      { what: 'truth.no-loss.what', why: 'truth.no-loss.why', ref: 'RFC 5681 §3.1' },
      { what: 'truth.ack-each.what', why: 'truth.ack-each.why', ref: 'RFC 9293 §3.8.6.3' },
      { what: 'truth.small-request.what', why: 'truth.small-request.why', ref: 'RFC 9293 §3.5' },
    ],
  },
});
