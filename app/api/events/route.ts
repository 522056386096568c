import { z } from 'zod';
import { progressEventSchema } from '@/lib/course/events';
import { transaction } from '@/lib/server/db';
import { AppError } from '@/lib/server/errors';
import { handle, json } from '@/lib/server/http/handle';
import { readJson } from '@/lib/server/http/read-json';
import { assertSameOrigin } from '@/lib/server/http/same-origin';
import { claimedLearner, createLearner, findLearner, learnerCookie } from '@/lib/server/learners/session';
import { assertKnown, knownCourse } from '@/lib/server/progress/known-course';
import { recordEvents } from '@/lib/server/progress/record';
import { limitAddress, limitLearner, limitNewLearner } from '@/lib/server/rate-limit';

export const dynamic = 'force-dynamic';

const bodySchema = z.strictObject({
  events: z.array(progressEventSchema).min(1).max(100),
  /** Whose events these are, so that a cookie changed meanwhile does not make them another's. */
  learner: z.uuid().optional(),
});

/** Adds to the log of the learner who asks; without a cookie, of a new one. */
export const POST = handle(async (request: Request) => {
  assertSameOrigin(request);
  limitAddress(request);
  const { events, learner: expected } = await readJson(request, bodySchema);
  assertKnown(events, knownCourse());

  const claimed = claimedLearner(request);
  const result = await transaction(async (tx) => {
    const known = await findLearner(tx, claimed);
    if (expected !== undefined && expected !== known) throw new AppError('learner.changed');
    if (known) limitLearner(known);
    else limitNewLearner(request);
    const learner = known ?? (await createLearner(tx));
    return { learner, isNew: known === null, recorded: await recordEvents(tx, learner, events) };
  });
  return json(
    { ...result.recorded, learner: result.learner },
    { headers: result.isNew ? { 'set-cookie': learnerCookie(request, result.learner) } : {} },
  );
});
