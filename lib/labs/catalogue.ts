import { lab as slowStart } from './slow-start/lab';
import { lab as tcpHandshake } from './tcp-handshake/lab';

/** Every lab, by its permanent id: for the server, the content check and tests. Pages load one at a time. */
export const labCatalogue = {
  'slow-start': slowStart,
  'tcp-handshake': tcpHandshake,
} as const;

export type LabId = keyof typeof labCatalogue;

export function isLabId(id: string): id is LabId {
  return Object.hasOwn(labCatalogue, id);
}
