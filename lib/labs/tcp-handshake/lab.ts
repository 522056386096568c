import { MAX_FAULTS_LENGTH } from '../exchange-view';
import { defineLab } from '../define-lab';
import { choice, flag, integer, params, text, type ParamsOf } from '../params';
import { exportsOf } from './exports';
import { predictions } from './predictions';
import { runHandshake, type HandshakeResult } from './run';
import { stepsOf } from './steps';
import { tasks } from './tasks';

const sequenceNumber = (value: number) => integer({ min: 0, max: 4_294_967_295, default: value });

const schema = params({
  /** Two ends over a link, or a listener in a flood. */
  scene: choice(['link', 'flood']),
  /** Who opens. `nobody`: the server listens and the client sleeps; `no-listener`: the port is shut. */
  opening: choice(['client', 'both', 'nobody', 'no-listener']),
  /** One way. */
  delayMs: integer({ min: 5, max: 500, default: 50 }),
  clientIsn: sequenceNumber(100),
  serverIsn: sequenceNumber(300),
  /** What happens to single packets: see exchange-view/faults. */
  faults: text({ maxLength: MAX_FAULTS_LENGTH, default: '' }),
  /** A SYN of an earlier connection turns up. */
  oldSyn: flag(false),
  oldSynSeq: sequenceNumber(60),
  oldSynAtMs: integer({ min: 0, max: 20_000, default: 20 }),
  /** When the client hands its request to TCP: not at all, to go when it may, or to go in the SYN. */
  request: choice(['none', 'after', 'in-syn']),
  /** The Fast Open cookie in that SYN. */
  cookie: choice(['none', 'ask', 'right', 'wrong']),
  /** The flood: what the server remembers, what comes, and whether it may answer without remembering. */
  backlog: integer({ min: 1, max: 128, default: 16 }),
  floodSyns: integer({ min: 0, max: 256, default: 0 }),
  synCookies: flag(false),
  halfOpenSeconds: integer({ min: 1, max: 120, default: 63 }),
});

export type HandshakeParams = ParamsOf<typeof schema>;

export const lab = defineLab<typeof schema, HandshakeResult>({
  id: 'tcp-handshake',
  chapter: 'tcp',
  layer: 'transport',
  title: 'title',
  summary: 'summary',
  sharedMessages: ['labs.exchange-view'],
  params: schema,
  run: runHandshake,
  steps: stepsOf,
  predictions,
  tasks,
  exports: exportsOf,
  truth: {
    real: ['truth.machines', 'truth.octets', 'truth.cookies'],
    simplified: [
      { what: 'truth.isn.what', why: 'truth.isn.why', ref: 'RFC 9293 §3.4.1' },
      { what: 'truth.rate.what', why: 'truth.rate.why', ref: 'RFC 9293 §3.4' },
      { what: 'truth.delayed-ack.what', why: 'truth.delayed-ack.why', ref: 'RFC 9293 §3.8.6.3' },
      { what: 'truth.repeat.what', why: 'truth.repeat.why', ref: 'RFC 4987 §2' },
      { what: 'truth.hash.what', why: 'truth.hash.why', ref: 'RFC 4987 §3.6' },
    ],
  },
});
