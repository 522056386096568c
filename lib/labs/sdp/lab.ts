import { defineLab } from '../define-lab';
import { choice, params, text, type ParamsOf } from '../params';
import { exportsOf } from './exports';
import { predictions } from './predictions';
import { runSdp, type SdpResult } from './run';
import { stepsOf } from './steps';
import { tasks } from './tasks';

/** Twice the longest offer that the browsers here wrote; two of them still fit an address. */
export const MAX_TEXT = 9_000;

const schema = params({
  /** Which offer one starts from; `own` is the one in `own`. */
  offer: choice([
    'chromium-data',
    'chromium-candidates',
    'chromium-call',
    'firefox-call',
    'chromium-simulcast',
    'notes',
    'own',
  ]),
  /** An offer of one's own, pasted or made by one's browser; lines end in LF. */
  own: text({ maxLength: MAX_TEXT, default: '' }),
  /** The whole offer as edited; empty: as it was. */
  text: text({ maxLength: MAX_TEXT, default: '' }),
});

export type SdpParams = ParamsOf<typeof schema>;

export const lab = defineLab<typeof schema, SdpResult>({
  id: 'sdp',
  chapter: 'webrtc',
  layer: 'application',
  title: 'title',
  summary: 'summary',
  params: schema,
  run: runSdp,
  steps: stepsOf,
  predictions,
  tasks,
  exports: exportsOf,
  truth: {
    real: ['truth.recorded', 'truth.room', 'truth.answer'],
    simplified: [
      { what: 'truth.ends.what', why: 'truth.ends.why', ref: 'RFC 8866 §9' },
      { what: 'truth.codecs.what', why: 'truth.codecs.why', ref: 'RFC 8829 §5.3.1' },
      { what: 'truth.transport.what', why: 'truth.transport.why', ref: 'RFC 8445 §6' },
      { what: 'truth.lenient.what', why: 'truth.lenient.why', ref: 'RFC 8829 §5.8' },
    ],
  },
});
