import type { Prediction } from '../define-lab';
import type { StreamParams } from './lab';
import type { StreamResult } from './run';

export const predictions: readonly Prediction<StreamParams, StreamResult>[] = [
  {
    id: 'cut-character',
    // The euro sign is octets 6 to 8.
    set: { stream: 'data: €5\n\n', every: 0, cuts: '7' },
    kind: 'choice',
    options: ['whole', 'replacement', 'two-events'],
    answer: ({ events }) =>
      events.length > 1 ? 'two-events' : events[0]?.data.includes('\ufffd') ? 'replacement' : 'whole',
  },
  {
    id: 'no-blank-line',
    set: { stream: 'data: one\n\ndata: two\n', every: 0, cuts: '' },
    kind: 'number',
    unit: 'events',
    answer: ({ events }) => events.length,
  },
  {
    id: 'two-spaces',
    set: { stream: 'data:  padded\n\n', every: 0, cuts: '' },
    kind: 'choice',
    options: ['none', 'one', 'two'],
    answer: ({ events }) =>
      (['none', 'one', 'two'] as const)[/^ */.exec(events[0]?.data ?? '')?.[0].length ?? 0] ?? 'two',
  },
  {
    id: 'id-alone',
    set: { stream: 'id: 7\n\n', every: 0, cuts: '' },
    kind: 'choice',
    options: ['event-and-id', 'id-only', 'neither'],
    answer: ({ events, rest }) =>
      events.length > 0 ? 'event-and-id' : rest.lastEventId === '7' ? 'id-only' : 'neither',
  },
];
