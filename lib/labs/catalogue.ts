import { lab as slowStart } from './slow-start/lab';
import { lab as tcpHandshake } from './tcp-handshake/lab';
import { lab as tcpTeardown } from './tcp-teardown/lab';

/** Every lab, by its permanent id: for the server, the content check and tests. Pages load one at a time. */
export const labCatalogue = {
  'slow-start': slowStart,
  'tcp-handshake': tcpHandshake,
  'tcp-teardown': tcpTeardown,
} as const;

export type LabId = keyof typeof labCatalogue;

export function isLabId(id: string): id is LabId {
  return Object.hasOwn(labCatalogue, id);
}
