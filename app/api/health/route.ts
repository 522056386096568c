import { transaction } from '@/lib/server/db';
import { handle, json } from '@/lib/server/http/handle';

export const dynamic = 'force-dynamic';

/** 200 when the database answers. */
export const GET = handle(async () => {
  await transaction((tx) => tx.learner.findFirst({ select: { id: true } }));
  return json({ status: 'ok' });
});
