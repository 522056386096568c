import type { Prediction } from '../define-lab';
import type { SdpParams } from './lab';
import type { SdpResult } from './run';

const asRecorded = (offer: SdpParams['offer']): Partial<SdpParams> => ({ offer, own: '', text: '' });

export const predictions: readonly Prediction<SdpParams, SdpResult>[] = [
  {
    id: 'addresses',
    set: asRecorded('chromium-data'),
    kind: 'number',
    unit: '',
    answer: ({ readings }) => readings.reduce((sum, { candidates }) => sum + candidates.length, 0),
  },
  {
    id: 'flows',
    set: asRecorded('chromium-call'),
    kind: 'number',
    unit: '',
    answer: ({ outcome }) => (outcome.kind === 'answered' ? outcome.flows : 0),
  },
  {
    id: 'direction',
    set: asRecorded('chromium-simulcast'),
    kind: 'choice',
    options: ['sendrecv', 'sendonly', 'recvonly'],
    answer: ({ outcome }) => (outcome.kind === 'answered' ? (outcome.sections[0]?.direction ?? '') : ''),
  },
  {
    id: 'same-call',
    set: asRecorded('firefox-call'),
    kind: 'choice',
    options: ['same', 'order', 'numbers'],
    // The same codec under another number: what only the offer's own rtpmap can tell.
    answer: ({ readings }) => {
      const opus = readings[0]?.rtpmaps.find(({ encodingName }) => encodingName === 'opus')?.payloadType;
      return opus === 111 ? 'same' : 'numbers';
    },
  },
];
