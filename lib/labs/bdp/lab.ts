import { defineLab } from '../define-lab';
import { flag, integer, number, params, type ParamsOf } from '../params';
import { predictions } from './predictions';
import { runBdp, type BdpResult } from './run';
import { stepsOf } from './steps';
import { tasks } from './tasks';

/** The largest buffer and cwnd that can be set: 16 MiB. */
export const MAX_BYTES = 16_777_216;

const schema = params({
  /** Of the line. */
  rateMbps: number({ min: 1, max: 10_000, default: 10 }),
  rttMs: number({ min: 1, max: 600, default: 100 }),
  /** What the receiver has room for. */
  bufferBytes: integer({ min: 8960, max: MAX_BYTES, default: 16_384 }),
  /** Both ends sent the window scale option in their SYNs (RFC 7323 §2). */
  windowScaling: flag(true),
  /** The sender's own window, held at this size. */
  cwndBytes: integer({ min: 8960, max: MAX_BYTES, default: 4_194_304 }),
  mss: integer({ min: 536, max: 8960, default: 1460 }),
});

export type BdpParams = ParamsOf<typeof schema>;

export const lab = defineLab<typeof schema, BdpResult>({
  id: 'bdp',
  chapter: 'tcp',
  layer: 'transport',
  title: 'title',
  summary: 'summary',
  params: schema,
  run: runBdp,
  steps: stepsOf,
  predictions,
  tasks,
  exports: (result, settings) => [
    {
      filename: 'bdp.json',
      mediaType: 'application/json',
      content: JSON.stringify({ params: settings, ...result }, null, 2),
    },
    {
      filename: 'bdp-segments.csv',
      mediaType: 'text/csv',
      content: [
        'segment,sent_ms,on_line_ms,off_line_ms,arrives_ms,acknowledged_ms',
        ...result.parcels.map(({ id, sentMs, startsMs, endsMs, arrivesMs, ackedMs }) =>
          [id, sentMs, startsMs, endsMs, arrivesMs, ackedMs].join(','),
        ),
      ].join('\n'),
    },
  ],
  truth: {
    real: ['truth.sender', 'truth.window', 'truth.queue'],
    simplified: [
      { what: 'truth.fixed.what', why: 'truth.fixed.why', ref: 'RFC 5681 §3.1' },
      { what: 'truth.endless.what', why: 'truth.endless.why', ref: 'RFC 7567 §1.1' },
      { what: 'truth.parcels.what', why: 'truth.parcels.why', ref: 'RFC 9293 §3.7.1' },
      { what: 'truth.acks.what', why: 'truth.acks.why', ref: 'RFC 3449 §2' },
    ],
  },
});
