import { defineLab } from '../define-lab';
import { schema } from './params';
import { predictions } from './predictions';
import { runHandshake, type WsHandshakeResult } from './run';
import { tasks } from './tasks';
import { wire } from './wire';

export type { WsHandshakeParams } from './params';

export const lab = defineLab<typeof schema, WsHandshakeResult>({
  id: 'ws-handshake',
  chapter: 'websocket',
  layer: 'application',
  title: 'title',
  summary: 'summary',
  params: schema,
  run: runHandshake,
  steps: ({ reading }) => reading.map(({ text }) => ({ text })),
  predictions,
  tasks,
  exports: ({ request, response }) => [
    { filename: 'request.txt', mediaType: 'text/plain', content: request },
    { filename: 'response.txt', mediaType: 'text/plain', content: response },
  ],
  wire,
  truth: {
    real: ['truth.room', 'truth.key', 'truth.wire'],
    simplified: [
      { what: 'truth.fields.what', why: 'truth.fields.why', ref: 'RFC 6455 §4.1' },
      { what: 'truth.sample.what', why: 'truth.sample.why', ref: 'RFC 6455 §4.1' },
      { what: 'truth.origin.what', why: 'truth.origin.why', ref: 'RFC 6455 §10.2' },
    ],
  },
});
