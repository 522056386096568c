import { defineLab } from '../define-lab';
import { integer, params, text, type ParamsOf } from '../params';
import { exercise } from './exercise';
import { exportsOf } from './exports';
import { predictions } from './predictions';
import { MAX_OCTETS, runStream, type StreamResult } from './run';
import { samples } from './samples';
import { stepsOf } from './steps';
import { tasks } from './tasks';

const schema = params({
  /** The stream in the notation of source.ts: an octet may take four characters. */
  stream: text({ maxLength: 4 * MAX_OCTETS, default: samples.prices.stream }),
  /** A chunk ends after so many octets; 0: all come at once. */
  every: integer({ min: 0, max: MAX_OCTETS, default: 0 }),
  /** And before these octets: offsets, as `12,40`. */
  cuts: text({ maxLength: 400, default: '' }),
});

export type StreamParams = ParamsOf<typeof schema>;

export const lab = defineLab<typeof schema, StreamResult>({
  id: 'event-stream',
  chapter: 'sse',
  layer: 'application',
  title: 'title',
  summary: 'summary',
  params: schema,
  run: runStream,
  steps: stepsOf,
  predictions,
  tasks,
  exports: exportsOf,
  exercise,
  truth: {
    real: ['truth.parser', 'truth.browser', 'truth.naive'],
    simplified: [
      { what: 'truth.length.what', why: 'truth.length.why', ref: 'HTML §9.2.5' },
      { what: 'truth.transport.what', why: 'truth.transport.why', ref: 'RFC 9112 §7.1' },
      { what: 'truth.chunks.what', why: 'truth.chunks.why', ref: 'RFC 9293 §3.8' },
    ],
  },
});
