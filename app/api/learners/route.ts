import { transaction } from '@/lib/server/db';
import { handle, json } from '@/lib/server/http/handle';
import { assertSameOrigin } from '@/lib/server/http/same-origin';
import { claimedLearner, createLearner, findLearner, learnerCookie } from '@/lib/server/learners/session';
import { limitAddress, limitNewLearner } from '@/lib/server/rate-limit';

export const dynamic = 'force-dynamic';

/**
 * Makes the browser a learner, if it is none. The outbox asks this before it first sends: were the answer to a
 * first write of events lost, the events would belong to a learner whose cookie nobody holds. An empty learner
 * lost in this way costs a row.
 */
export const POST = handle(async (request: Request) => {
  assertSameOrigin(request);
  limitAddress(request);
  const claimed = claimedLearner(request);
  const { learner, isNew } = await transaction(async (tx) => {
    const known = await findLearner(tx, claimed);
    if (known) return { learner: known, isNew: false };
    limitNewLearner(request);
    return { learner: await createLearner(tx), isNew: true };
  });
  return json(
    { learner },
    { status: isNew ? 201 : 200, headers: isNew ? { 'set-cookie': learnerCookie(request, learner) } : {} },
  );
});
