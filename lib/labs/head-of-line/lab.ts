import { defineLab } from '../define-lab';
import { choice, flag, integer, number, params, type ParamsOf } from '../params';
import { predictions } from './predictions';
import { runHeadOfLine, type HeadOfLineResult } from './run';
import { stepsOf } from './steps';
import { tasks } from './tasks';

const schema = params({
  messages: integer({ min: 2, max: 12, default: 6 }),
  segmentsPerMessage: integer({ min: 1, max: 6, default: 2 }),
  bytesPerSegment: integer({ min: 100, max: 1460, default: 1460 }),
  /** Between two messages; 0: all are written at once. */
  intervalMs: integer({ min: 0, max: 300, default: 0 }),
  /** Written at once, their segments take turns, as HTTP/2's frames do. */
  interleaved: flag(true),
  rttMs: number({ min: 4, max: 300, default: 80 }),
  rateMbps: number({ min: 1, max: 1000, default: 5 }),
  /** Which segment of the stream is lost, from 1; 0 for none. */
  lostSegment: integer({ min: 0, max: 72, default: 3 }),
  /** Its first retransmission is lost too. */
  lostTwice: flag(false),
  /** The least that the retransmission timer waits: RFC 6298's, or Linux's. */
  minRtoMs: choice(['1000', '200']),
});

export type HeadOfLineParams = ParamsOf<typeof schema>;

export const lab = defineLab<typeof schema, HeadOfLineResult>({
  id: 'head-of-line',
  chapter: 'tcp',
  layer: 'transport',
  title: 'title',
  summary: 'summary',
  params: schema,
  run: runHeadOfLine,
  steps: stepsOf,
  predictions,
  tasks,
  exports: (result, settings) => [
    {
      filename: 'head-of-line.json',
      mediaType: 'application/json',
      content: JSON.stringify({ params: settings, ...result }, null, 2),
    },
    {
      filename: 'head-of-line-messages.csv',
      mediaType: 'text/csv',
      content: [
        'message,written_ms,complete_ms,delivered_ms',
        ...result.messages.map(({ message, writtenMs, completeMs, deliveredMs }) =>
          [message, writtenMs, completeMs, deliveredMs].join(','),
        ),
      ].join('\n'),
    },
  ],
  truth: {
    real: ['truth.receiver', 'truth.repair', 'truth.same-packets'],
    simplified: [
      { what: 'truth.independent.what', why: 'truth.independent.why', ref: 'RFC 9002 §6' },
      { what: 'truth.one-loss.what', why: 'truth.one-loss.why', ref: 'RFC 5681 §3.2' },
      { what: 'truth.no-probe.what', why: 'truth.no-probe.why', ref: 'RFC 8985 §7' },
      { what: 'truth.whole.what', why: 'truth.whole.why', ref: 'RFC 9293 §3.7.4' },
    ],
  },
});
