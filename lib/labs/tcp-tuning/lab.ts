import { defineLab } from '../define-lab';
import { choice, flag, number, params, type ParamsOf } from '../params';
import { predictions } from './predictions';
import { runTuning, type TcpTuningResult } from './run';
import { stepsOf } from './steps';
import { tasks } from './tasks';

const schema = params({
  site: choice(['shop', 'article', 'app']),
  /** To the origin. */
  rttMs: number({ min: 5, max: 300, default: 100 }),
  rateMbps: number({ min: 1, max: 1000, default: 50 }),
  /** Every nth segment of a connection is lost; 0: none. */
  lossOneIn: choice(['0', '200', '50']),
  /** One connection for everything, kept open. */
  reuse: flag(false),
  /** An edge at a fifth of the way. */
  near: flag(false),
  compress: flag(false),
  /** Ten segments in place of four. */
  initialWindow: flag(false),
  /** No slow start after silence. */
  keepWindow: flag(false),
  scaling: flag(false),
  /** In place of 1.2. */
  tls13: flag(false),
  fastOpen: flag(false),
  /** In place of CUBIC. */
  bbr: flag(false),
});

export type TcpTuningParams = ParamsOf<typeof schema>;

export const lab = defineLab<typeof schema, TcpTuningResult>({
  id: 'tcp-tuning',
  chapter: 'tcp',
  layer: 'transport',
  title: 'title',
  summary: 'summary',
  params: schema,
  run: runTuning,
  steps: stepsOf,
  predictions,
  tasks,
  exports: (result, settings) => [
    {
      filename: 'tcp-tuning.json',
      mediaType: 'application/json',
      content: JSON.stringify({ params: settings, ...result }, null, 2),
    },
    {
      filename: 'tcp-tuning.csv',
      mediaType: 'text/csv',
      content: [
        'item,on,saves_alone_ms,saves_here_ms',
        ...result.items.map(({ id, on, aloneMs, hereMs }) => [id, on, aloneMs, hereMs].join(',')),
      ].join('\n'),
    },
  ],
  truth: {
    real: ['truth.transfers', 'truth.windows', 'truth.both'],
    simplified: [
      { what: 'truth.phases.what', why: 'truth.phases.why', ref: 'RFC 9112 §9.4' },
      { what: 'truth.even-loss.what', why: 'truth.even-loss.why', ref: 'RFC 5681 §3.2' },
      { what: 'truth.edge.what', why: 'truth.edge.why', ref: 'RFC 9110 §3.7' },
      { what: 'truth.cookie.what', why: 'truth.cookie.why', ref: 'RFC 7413 §3' },
      { what: 'truth.no-cpu.what', why: 'truth.no-cpu.why', ref: 'RFC 9110 §8.4' },
    ],
  },
});
