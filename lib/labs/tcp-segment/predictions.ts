import { fromHex } from '@/lib/bytes';
import { decodeSegment, seqDistance } from '@/lib/protocols/tcp';
import type { Prediction } from '../define-lab';
import type { SegmentParams } from './lab';
import { recordings, type Recording } from './recordings';
import type { SegmentResult } from './run';

export const predictions: readonly Prediction<SegmentParams, SegmentResult>[] = [
  {
    id: 'empty-ack',
    set: recordings.ack,
    kind: 'number',
    unit: 'B',
    answer: ({ segment }) => segment?.headerLength ?? 0,
  },
  {
    id: 'window-field',
    set: recordings.ack,
    kind: 'choice',
    options: ['as-it-stands', 'shifted', 'segments'],
    answer: ({ segment, windowOctets }) => (windowOctets === segment?.window ? 'as-it-stands' : 'shifted'),
  },
  {
    id: 'what-ack-says',
    set: recordings.request,
    kind: 'choice',
    options: ['one-more', 'octets-more', 'whole-segment'],
    answer: ({ segment, next, octets }) => {
      const more = seqDistance(segment?.sequenceNumber ?? 0, next);
      return more === 1 ? 'one-more' : more === octets.length ? 'whole-segment' : 'octets-more';
    },
  },
  {
    id: 'two-connections',
    set: recordings['syn-2'],
    kind: 'choice',
    options: ['source', 'source-port', 'destination', 'destination-port'],
    answer: (_result, params) => differingPart(params, recordings.syn),
  },
];

/** The part of the 4-tuple in which two segments of different connections differ. */
function differingPart(a: Omit<Recording, 'shift'>, b: Recording): string {
  const [one, other] = [tupleOf(a), tupleOf(b)];
  const parts = ['source', 'source-port', 'destination', 'destination-port'] as const;
  return parts.find((part) => one[part] !== other[part]) ?? '';
}

function tupleOf({ octets, source, destination }: Omit<Recording, 'shift'>) {
  const segment = decodeSegment(fromHex(octets));
  return {
    source,
    'source-port': segment?.sourcePort,
    destination,
    'destination-port': segment?.destinationPort,
  };
}
