import { MAX_WINDOW_SHIFT } from '@/lib/protocols/tcp';
import { defineLab } from '../define-lab';
import { integer, params, text, type ParamsOf } from '../params';
import { exportsOf } from './exports';
import { predictions } from './predictions';
import { recordings } from './recordings';
import { runSegment, type SegmentResult } from './run';
import { tasks } from './tasks';

/** The longest segment that the lab holds, in octets: enough to see every part of one. */
export const MAX_OCTETS = 200;

const schema = params({
  /** The whole segment, header and data, in hex without separators. */
  octets: text({ maxLength: 2 * MAX_OCTETS, default: recordings.syn.octets }),
  /** From the IP header around it: the checksum covers them. IPv4 or IPv6, both the same. */
  source: text({ maxLength: 45, default: recordings.syn.source }),
  destination: text({ maxLength: 45, default: recordings.syn.destination }),
  /** The window scale that the sender announced in its SYN, which no later segment repeats. */
  shift: integer({ min: 0, max: MAX_WINDOW_SHIFT, default: recordings.syn.shift }),
});

export type SegmentParams = ParamsOf<typeof schema>;

export const lab = defineLab<typeof schema, SegmentResult>({
  id: 'tcp-segment',
  chapter: 'tcp',
  layer: 'transport',
  title: 'title',
  summary: 'summary',
  params: schema,
  run: runSegment,
  steps: ({ reading }) => reading.map(({ text: said }) => ({ text: said })),
  predictions,
  tasks,
  exports: exportsOf,
  truth: {
    real: ['truth.recorded', 'truth.codec', 'truth.answer'],
    simplified: [
      { what: 'truth.short.what', why: 'truth.short.why', ref: 'RFC 9293 §3.7.1' },
      { what: 'truth.options.what', why: 'truth.options.why', ref: 'RFC 9293 §3.1' },
      { what: 'truth.listener.what', why: 'truth.listener.why', ref: 'RFC 9293 §3.10.7.2' },
      { what: 'truth.addresses.what', why: 'truth.addresses.why', ref: 'RFC 8200 §8.1' },
    ],
  },
});
