import { defineLab } from '../define-lab';
import { choice, integer, params, text, type ParamsOf } from '../params';
import { exercise } from './exercise';
import { exportsOf } from './exports';
import { MAX_LISTS, MAX_TABLE } from './parse-lists';
import { predictions } from './predictions';
import { runHpack, type HpackResult } from './run';
import { stepsOf } from './steps';
import { tasks } from './tasks';
import { wire } from './wire';

/** Two requests for one page: what RFC 7541 C.4 begins with. */
export const FIRST_LISTS = `:method: GET
:scheme: https
:authority: www.example.com
:path: /

:method: GET
:scheme: https
:authority: www.example.com
:path: /style.css`;

const schema = params({
  /** A recording, lists written by the learner, or octets without a sender. */
  source: choice(['polling', 'page', 'client', 'own', 'octets']),
  /** How many requests of a recording are sent. */
  count: integer({ min: 1, max: 8, default: 2 }),
  lists: text({ maxLength: 6000, default: FIRST_LISTS }),
  /** Hex, a line a block. */
  octets: text({ maxLength: 4000, default: '828684418cf1e3c2e5f23a6ba0ab90f4ff\n828684be' }),
  /** SETTINGS_HEADER_TABLE_SIZE at the start. */
  tableSize: integer({ min: 0, max: MAX_TABLE, default: MAX_TABLE }),
  huffman: choice(['auto', 'always', 'never']),
  /** The block, from 1, that the receiver throws away without decoding it; 0: none. */
  skipped: integer({ min: 0, max: MAX_LISTS, default: 0 }),
});

export type HpackParams = ParamsOf<typeof schema>;

export const lab = defineLab<typeof schema, HpackResult>({
  id: 'hpack',
  chapter: 'http',
  layer: 'http',
  title: 'title',
  summary: 'summary',
  params: schema,
  run: runHpack,
  steps: stepsOf,
  predictions,
  tasks,
  exports: exportsOf,
  exercise,
  wire,
  truth: {
    real: ['truth.codec', 'truth.recorded', 'truth.decoder'],
    simplified: [
      { what: 'truth.choices.what', why: 'truth.choices.why', ref: 'RFC 7541 §2.2' },
      { what: 'truth.one-way.what', why: 'truth.one-way.why', ref: 'RFC 7541 §2.2' },
      { what: 'truth.frames.what', why: 'truth.frames.why', ref: 'RFC 9113 §6.2' },
      { what: 'truth.skipped.what', why: 'truth.skipped.why', ref: 'RFC 9113 §4.3' },
    ],
  },
});
