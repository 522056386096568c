import type { ProgressEvent } from '@/lib/course/events';
import type { Transaction } from '../db';

export const PAGE_SIZE = 200;

export type ProgressPage = {
  events: ProgressEvent[];
  /** Ask for `after: next` to go on; unchanged when there was nothing. */
  next: number;
  /** Whether there is more now. */
  more: boolean;
};

/** A learner's log after position `after` (0 is the beginning), in order, a page at a time. */
export async function readEvents(tx: Transaction, learnerId: string, after: number): Promise<ProgressPage> {
  const rows = await tx.event.findMany({
    where: { learnerId, seq: { gt: after } },
    orderBy: { seq: 'asc' },
    take: PAGE_SIZE + 1,
    select: { seq: true, body: true },
  });
  const page = rows.slice(0, PAGE_SIZE);
  return {
    // We wrote the body ourselves, from an event that fitted the schema then: it is not checked again.
    events: page.map((row) => JSON.parse(row.body) as ProgressEvent),
    next: page.at(-1)?.seq ?? after,
    more: rows.length > PAGE_SIZE,
  };
}
