import { defineLab } from '../define-lab';
import { choice, flag, integer, params, type ParamsOf } from '../params';
import { exportsOf } from './exports';
import { predictions } from './predictions';
import { runLive, type LiveResult } from './run';
import { stepsOf } from './steps';
import { tasks } from './tasks';

const schema = params({
  /** Whether the server writes an id with each event. */
  ids: flag(false),
  /** What its `retry` says. */
  retryMs: integer({ min: 100, max: 10_000, default: 3000 }),
  /** News comes this often; the first when the stream is surely open. */
  everyMs: integer({ min: 600, max: 3000, default: 1000 }),
  /** When the connection breaks; 0: never. */
  cutAtMs: integer({ min: 0, max: 20_000, default: 3500 }),
  /** How long there is no way to the server after that. */
  outageMs: integer({ min: 0, max: 15_000, default: 0 }),
  /** How many past events the server remembers. */
  keep: integer({ min: 0, max: 50, default: 50 }),
  /** What it says to a browser that comes back. */
  answer: choice(['stream', '204', '500']),
  /** One way. */
  delayMs: integer({ min: 5, max: 500, default: 100 }),
  /** A proxy on the way hands on whole buffers of so many octets; 0: none. */
  proxyOctets: integer({ min: 0, max: 4096, default: 0 }),
});

export type LiveParams = ParamsOf<typeof schema>;

export const lab = defineLab<typeof schema, LiveResult>({
  id: 'sse-live',
  chapter: 'sse',
  layer: 'application',
  title: 'title',
  summary: 'summary',
  params: schema,
  run: runLive,
  steps: stepsOf,
  predictions,
  tasks,
  exports: exportsOf,
  truth: {
    real: ['truth.octets', 'truth.rules', 'truth.live'],
    simplified: [
      { what: 'truth.noticed.what', why: 'truth.noticed.why', ref: 'RFC 9293 §3.8.4' },
      { what: 'truth.handshake.what', why: 'truth.handshake.why', ref: 'RFC 9293 §3.5' },
      { what: 'truth.backoff.what', why: 'truth.backoff.why', ref: 'HTML §9.2.3' },
    ],
  },
});
