import { lab as congestion } from './congestion/lab';
import { lab as slowStart } from './slow-start/lab';
import { lab as tcpSegment } from './tcp-segment/lab';

/** Every lab, by its permanent id: for the server, the content check and tests. Pages load one at a time. */
export const labCatalogue = {
  congestion,
  'slow-start': slowStart,
  'tcp-segment': tcpSegment,
} as const;

export type LabId = keyof typeof labCatalogue;

export function isLabId(id: string): id is LabId {
  return Object.hasOwn(labCatalogue, id);
}
