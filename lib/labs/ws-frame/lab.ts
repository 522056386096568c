import { defineLab } from '../define-lab';
import { exercise } from './exercise';
import { exportsOf } from './exports';
import { schema } from './params';
import { predictions } from './predictions';
import { runWsFrame, type WsFrameResult } from './run';
import { tasks } from './tasks';
import { wire } from './wire';

export type { WsFrameParams } from './params';

export const lab = defineLab<typeof schema, WsFrameResult>({
  id: 'ws-frame',
  chapter: 'websocket',
  layer: 'application',
  title: 'title',
  summary: 'summary',
  params: schema,
  run: runWsFrame,
  steps: ({ reading }) => reading.map(({ text }) => ({ text })),
  predictions,
  tasks,
  exports: exportsOf,
  exercise,
  wire,
  truth: {
    real: ['truth.codec', 'truth.rules', 'truth.wire'],
    simplified: [
      { what: 'truth.key.what', why: 'truth.key.why', ref: 'RFC 6455 §5.3' },
      { what: 'truth.fresh.what', why: 'truth.fresh.why', ref: 'RFC 6455 §5.4' },
      { what: 'truth.extensions.what', why: 'truth.extensions.why', ref: 'RFC 7692 §6' },
      { what: 'truth.pasted.what', why: 'truth.pasted.why', ref: 'RFC 6455 §5.2' },
    ],
  },
});
