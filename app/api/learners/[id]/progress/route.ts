import { transaction } from '@/lib/server/db';
import { AppError } from '@/lib/server/errors';
import { handle, json } from '@/lib/server/http/handle';
import { parseAfter } from '@/lib/server/http/parse-after';
import { claimedLearner, findLearner } from '@/lib/server/learners/session';
import { readEvents } from '@/lib/server/progress/read';
import { limitAddress } from '@/lib/server/rate-limit';

export const dynamic = 'force-dynamic';

/** A learner's log by id: one's own. Of another's, we do not even say whether it exists. */
export const GET = handle(async (request: Request, context: { params: Promise<{ id: string }> }) => {
  limitAddress(request);
  const after = parseAfter(request);
  const { id } = await context.params;
  const claimed = claimedLearner(request);
  const answer = await transaction(async (tx) => {
    const learner = await findLearner(tx, claimed);
    if (learner === null || learner !== id) throw new AppError('learner.not_found');
    return { learner, ...(await readEvents(tx, learner, after)) };
  });
  return json(answer);
});
