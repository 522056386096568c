import type { Field, Run } from './fields';

/** Octets `start` to `end` (exclusive) that belong to one field. */
export type OctetRun = { start: number; end: number; field: Field };

/**
 * Whole octets between `start` and `end`, grouped by the field that owns them. An octet shared by several
 * fields goes to the one with its first bit.
 */
export function findOctetRuns(runs: readonly Run[], start: number, end: number): OctetRun[] {
  const octetRuns: OctetRun[] = [];
  let at = runs.findIndex((run) => run.end > start * 8);
  for (let octet = start; octet < end && at >= 0; octet++) {
    let run = runs[at];
    while (run && run.end <= octet * 8) run = runs[++at];
    if (!run) break;
    const last = octetRuns.at(-1);
    if (last && last.field === run.field) last.end = octet + 1;
    else octetRuns.push({ start: octet, end: octet + 1, field: run.field });
  }
  return octetRuns;
}
