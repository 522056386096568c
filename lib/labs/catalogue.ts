import { lab as bdp } from './bdp/lab';
import { lab as headOfLine } from './head-of-line/lab';
import { lab as slowStart } from './slow-start/lab';
import { lab as tcpTuning } from './tcp-tuning/lab';

/** Every lab, by its permanent id: for the server, the content check and tests. Pages load one at a time. */
export const labCatalogue = {
  bdp,
  'head-of-line': headOfLine,
  'slow-start': slowStart,
  'tcp-tuning': tcpTuning,
} as const;

export type LabId = keyof typeof labCatalogue;

export function isLabId(id: string): id is LabId {
  return Object.hasOwn(labCatalogue, id);
}
