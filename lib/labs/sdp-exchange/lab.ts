import { defineLab } from '../define-lab';
import { exercise } from './exercise';
import { exportsOf } from './exports';
import { schema } from './params';
import { predictions } from './predictions';
import { runExchangeLab, type ExchangeResult } from './run';
import { stepsOf } from './steps';
import { tasks } from './tasks';

export const lab = defineLab<typeof schema, ExchangeResult>({
  id: 'sdp-exchange',
  chapter: 'webrtc',
  layer: 'application',
  title: 'title',
  summary: 'summary',
  params: schema,
  run: runExchangeLab,
  steps: stepsOf,
  predictions,
  tasks,
  exports: exportsOf,
  exercise,
  truth: {
    real: ['truth.machine', 'truth.text', 'truth.same-faults', 'truth.host-only'],
    simplified: [
      { what: 'truth.transport.what', why: 'truth.transport.why', ref: 'RFC 9143 §7' },
      { what: 'truth.once.what', why: 'truth.once.why', ref: 'RFC 8445 §14.3' },
      { what: 'truth.reflexive.what', why: 'truth.reflexive.why', ref: 'RFC 8445 §6.1.2' },
      { what: 'truth.certificate.what', why: 'truth.certificate.why', ref: 'RFC 8122 §5' },
      { what: 'truth.instant.what', why: 'truth.instant.why', ref: 'RFC 8829 §3.2' },
    ],
  },
});
