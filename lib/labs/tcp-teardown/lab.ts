import { defineLab } from '../define-lab';
import { exchangeExports, MAX_FAULTS_LENGTH } from '../exchange-view';
import { choice, flag, integer, params, text, type ParamsOf } from '../params';
import { predictions } from './predictions';
import { runTeardown, type TeardownResult } from './run';
import { stepsOf } from './steps';
import { tasks } from './tasks';

const schema = params({
  /** Who ends it first. */
  closer: choice(['client', 'server', 'both']),
  /** How: CLOSE, ABORT, or the machine crashes and comes back. */
  ending: choice(['close', 'abort', 'crash']),
  /** What the other side's program does when it learns that nothing more will come. */
  peer: choice(['closes', 'closes-later', 'stays']),
  /** What the other side still sends, a round trip after the end began; 0: nothing. */
  stillToSend: integer({ min: 0, max: 8000, default: 0 }),
  /** One way. */
  delayMs: integer({ min: 5, max: 500, default: 50 }),
  /** TIME-WAIT lasts twice this. */
  mslSeconds: integer({ min: 1, max: 120, default: 120 }),
  /** What happens to single packets: see exchange-view/faults. */
  faults: text({ maxLength: MAX_FAULTS_LENGTH, default: '' }),
  /** Before the end the client sends an order, and a second copy of it arrives so much later; 0: neither. */
  oldCopyMs: integer({ min: 0, max: 600_000, default: 0 }),
  /** The client opens again, from the same port, so long after the end began; 0: never. */
  reopenMs: integer({ min: 0, max: 600_000, default: 0 }),
  /** Initial sequence numbers move on with the clock (RFC 9293 §3.4.1), or are the same every time. */
  isnClock: flag(true),
});

export type TeardownParams = ParamsOf<typeof schema>;

export const lab = defineLab<typeof schema, TeardownResult>({
  id: 'tcp-teardown',
  chapter: 'tcp',
  layer: 'transport',
  title: 'title',
  summary: 'summary',
  sharedMessages: ['labs.exchange-view'],
  params: schema,
  run: runTeardown,
  steps: stepsOf,
  predictions,
  tasks,
  exports: ({ trace }) => exchangeExports(trace, 'tcp-teardown'),
  truth: {
    real: ['truth.machines', 'truth.time-wait', 'truth.octets'],
    simplified: [
      { what: 'truth.close.what', why: 'truth.close.why', ref: 'RFC 9293 §3.6.1' },
      { what: 'truth.timers.what', why: 'truth.timers.why', ref: 'RFC 9293 §3.8.4' },
      { what: 'truth.reuse.what', why: 'truth.reuse.why', ref: 'RFC 6191' },
      { what: 'truth.delayed-ack.what', why: 'truth.delayed-ack.why', ref: 'RFC 9293 §3.8.6.3' },
      { what: 'truth.isn.what', why: 'truth.isn.why', ref: 'RFC 9293 §3.4.1' },
    ],
  },
});
