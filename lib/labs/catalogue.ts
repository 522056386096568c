import type { z } from 'zod';
import type { Lab } from './define-lab';
import { lab as slowStart } from './slow-start/lab';

/** Every lab, by its permanent id: for the server, the content check and tests. Pages load one at a time. */
export const labCatalogue = {
  'slow-start': slowStart,
} as const;

export type LabId = keyof typeof labCatalogue;

/** A lab whose params and result are not known here; its own functions still fit together. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a heterogeneous table needs a bivariant element
export type AnyLab = Lab<z.ZodType<any>, any>;

export function isLabId(id: string): id is LabId {
  return Object.hasOwn(labCatalogue, id);
}
