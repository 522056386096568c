import { defineLab } from '../define-lab';
import { choice, flag, integer, params, type ParamsOf } from '../params';
import { exportsOf } from './exports';
import { predictions } from './predictions';
import { runWindow, type WindowResult } from './run';
import { tasks } from './tasks';

const schema = params({
  /** How often the sending application writes, how much each time, and how long it waits in between. */
  writes: integer({ min: 1, max: 24, default: 1 }),
  writeBytes: integer({ min: 1, max: 300_000, default: 17_520 }),
  writeEveryMs: integer({ min: 0, max: 2000, default: 10 }),
  nagle: flag(true),
  /** Silly window avoidance at the sender. */
  senderAvoidance: flag(true),
  oneWayMs: integer({ min: 1, max: 400, default: 50 }),
  /** The first window update after a zero window is lost. */
  loseUpdate: flag(false),
  bufferBytes: integer({ min: 500, max: 1_048_576, default: 5840 }),
  /** Both ends offer window scaling. */
  windowScale: flag(true),
  reading: choice(['paced', 'at-once', 'never']),
  /** Of a paced reader: how much, how often, and from when on, counted from the first write. */
  readBytes: integer({ min: 1, max: 1_048_576, default: 2920 }),
  readEveryMs: integer({ min: 1, max: 5000, default: 400 }),
  readFromMs: integer({ min: 0, max: 60_000, default: 0 }),
  delayedAck: flag(true),
  /** Silly window avoidance at the receiver. */
  receiverAvoidance: flag(true),
});

export type WindowParams = ParamsOf<typeof schema>;

export const lab = defineLab<typeof schema, WindowResult>({
  id: 'sliding-window',
  chapter: 'tcp',
  layer: 'transport',
  title: 'title',
  summary: 'summary',
  params: schema,
  run: runWindow,
  steps: (result) => result.moments.map(({ text, timeMs }) => ({ text, timeMs })),
  predictions,
  tasks,
  exports: exportsOf,
  truth: {
    real: ['truth.machines', 'truth.windows', 'truth.timers'],
    simplified: [
      { what: 'truth.no-cwnd.what', why: 'truth.no-cwnd.why', ref: 'RFC 5681 §3.1' },
      { what: 'truth.no-rate.what', why: 'truth.no-rate.why', ref: 'RFC 9293 §3.8.6' },
      { what: 'truth.one-loss.what', why: 'truth.one-loss.why', ref: 'RFC 9293 §3.8.6.1' },
      { what: 'truth.fixed-delay.what', why: 'truth.fixed-delay.why', ref: 'RFC 9293 §3.8.6.3' },
      { what: 'truth.open-before.what', why: 'truth.open-before.why', ref: 'RFC 9293 §3.5' },
      { what: 'truth.cut-short.what', why: 'truth.cut-short.why', ref: 'RFC 9293 §3.8.6.1' },
    ],
  },
});
