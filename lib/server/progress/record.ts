import type { ProgressEvent } from '@/lib/course/events';
import type { Transaction } from '../db';
import { AppError } from '../errors';

/** The limits of one learner's log. The whole course done twice, with every attempt kept, is a tenth of it. */
export const MAX_EVENTS = 20_000;
export const MAX_LOG_BYTES = 32 * 1024 * 1024;

export type Recorded = { accepted: string[]; duplicates: string[] };

/**
 * Adds events to a learner's log, all or none. An event whose id the log already has is a duplicate: left as it
 * was first written. An id that another learner's log has is refused as unknown, and nothing is written.
 * Errors: learner.not_found, progress.event_not_found, progress.log_full.
 */
export async function recordEvents(
  tx: Transaction,
  learnerId: string,
  events: readonly ProgressEvent[],
): Promise<Recorded> {
  // Writing to the learner's row first locks it (in SQLite, the file): what is read below stays true.
  const [learner] = await tx.learner.updateManyAndReturn({
    where: { id: learnerId },
    data: { eventCount: { increment: 0 } },
    select: { eventCount: true, eventBytes: true },
  });
  if (!learner) throw new AppError('learner.not_found');

  const byId = new Map<string, ProgressEvent>();
  for (const event of events) if (!byId.has(event.id)) byId.set(event.id, event);
  const stored = await tx.event.findMany({
    where: { id: { in: [...byId.keys()] } },
    select: { id: true, learnerId: true },
  });
  if (stored.some((event) => event.learnerId !== learnerId)) throw new AppError('progress.event_not_found');

  const storedIds = new Set(stored.map((event) => event.id));
  const fresh = [...byId.values()].filter((event) => !storedIds.has(event.id));
  const rows = fresh.map((event, index) => ({
    id: event.id,
    learnerId,
    seq: learner.eventCount + 1 + index,
    lesson: event.lesson,
    type: event.type,
    body: JSON.stringify(event),
    clientAt: new Date(event.at),
  }));
  if (rows.length > 0) {
    const bytes = rows.reduce((sum, row) => sum + Buffer.byteLength(row.body), learner.eventBytes);
    if (learner.eventCount + rows.length > MAX_EVENTS || bytes > MAX_LOG_BYTES)
      throw new AppError('progress.log_full');
    await tx.event.createMany({ data: rows });
    await tx.learner.update({
      where: { id: learnerId },
      data: { eventCount: learner.eventCount + rows.length, eventBytes: bytes },
      select: { id: true },
    });
  }
  return { accepted: fresh.map((event) => event.id), duplicates: [...storedIds] };
}
