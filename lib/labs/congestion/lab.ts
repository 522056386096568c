import { defineLab } from '../define-lab';
import { exportsOf } from './exports';
import { schema } from './params';
import { predictions } from './predictions';
import { runCongestion, type CongestionResult } from './run';
import { stepsOf } from './steps';
import { tasks } from './tasks';

/** Senders of five kinds on one bottleneck, or side by side; losses by the queue, by script or by chance. */
export const lab = defineLab<typeof schema, CongestionResult>({
  id: 'congestion',
  chapter: 'tcp',
  layer: 'transport',
  title: 'title',
  summary: 'summary',
  params: schema,
  run: runCongestion,
  steps: stepsOf,
  predictions,
  tasks,
  exports: exportsOf,
  truth: {
    real: ['truth.senders', 'truth.queue', 'truth.no-script'],
    simplified: [
      { what: 'truth.ack-path.what', why: 'truth.ack-path.why', ref: 'RFC 5681 §3.1' },
      { what: 'truth.ack-each.what', why: 'truth.ack-each.why', ref: 'RFC 9293 §3.8.6.3' },
      { what: 'truth.greedy.what', why: 'truth.greedy.why', ref: 'RFC 7661 §4.3' },
      { what: 'truth.rto.what', why: 'truth.rto.why', ref: 'RFC 6298 §2.4' },
      { what: 'truth.handshake.what', why: 'truth.handshake.why', ref: 'RFC 9293 §3.5' },
      { what: 'truth.bbr.what', why: 'truth.bbr.why', ref: 'draft-cardwell-iccrg-bbr-congestion-control-00' },
    ],
  },
});
