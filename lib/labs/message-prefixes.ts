import type { Lab } from './define-lab';

/** The parts of the message catalogue that a lab and its frame speak, beside `labFrame` and `visualiser`. */
export function messagePrefixes(lab: Pick<Lab, 'id' | 'sharedMessages'> & { wire?: unknown }): string[] {
  return [`labs.${lab.id}`, ...(lab.sharedMessages ?? []), ...(lab.wire ? ['wire'] : [])];
}
