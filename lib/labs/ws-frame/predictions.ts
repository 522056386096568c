import { headerLengthOf } from '@/lib/protocols/websocket';
import type { Prediction } from '../define-lab';
import { examples } from './examples';
import type { WsFrameParams } from './params';
import type { WsFrameResult } from './run';

export const predictions: readonly Prediction<WsFrameParams, WsFrameResult>[] = [
  {
    id: 'client-126',
    set: examples['length-126'],
    kind: 'number',
    unit: 'B',
    answer: ({ octets }) => octets.length,
  },
  {
    id: 'one-more',
    set: { ...examples['length-126'], from: 'server', masked: false },
    kind: 'number',
    unit: 'B',
    // Against the same frame with one octet of payload less.
    answer: ({ octets, sizes }) =>
      octets.length - (headerLengthOf(sizes.payload - 1, false) + sizes.payload - 1),
  },
  {
    id: 'no-mask',
    set: { ...examples.hello, masked: false },
    kind: 'choice',
    options: ['reads', 'ignores', 'fails'],
    answer: ({ problem, events }) => (problem ? 'fails' : events.length > 0 ? 'reads' : 'ignores'),
  },
  {
    id: 'zero-key',
    set: { ...examples.hello, key: '00000000' },
    kind: 'choice',
    options: ['refused', 'garbled', 'readable'],
    answer: ({ problem, masking }) =>
      problem ? 'refused' : masking.every(({ plain, wire }) => plain === wire) ? 'readable' : 'garbled',
  },
];
