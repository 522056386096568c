import { transaction } from '@/lib/server/db';
import { handle, json } from '@/lib/server/http/handle';
import { parseAfter } from '@/lib/server/http/parse-after';
import { claimedLearner, findLearner } from '@/lib/server/learners/session';
import { readEvents } from '@/lib/server/progress/read';
import { limitAddress } from '@/lib/server/rate-limit';

export const dynamic = 'force-dynamic';

/** The log of the learner who asks. Nobody is known yet: empty, and no learner is made for looking. */
export const GET = handle(async (request: Request) => {
  limitAddress(request);
  const after = parseAfter(request);
  const claimed = claimedLearner(request);
  if (claimed === null) return json({ learner: null, events: [], next: 0, more: false });
  const answer = await transaction(async (tx) => {
    const learner = await findLearner(tx, claimed);
    if (learner === null) return { learner, events: [], next: 0, more: false };
    return { learner, ...(await readEvents(tx, learner, after)) };
  });
  return json(answer);
});
