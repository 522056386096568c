import { findCookieValues, parseCookieValue, writeCookieValue, writeSetCookie } from './cookie';
import { cookieSecret } from './secret';
import type { Transaction } from '../db';

/** What the cookie proves: the id was once given out by us. The learner may have been deleted since. */
export function claimedLearner(request: Request): string | null {
  for (const value of findCookieValues(request.headers.get('cookie'))) {
    const learnerId = parseCookieValue(value, cookieSecret());
    if (learnerId) return learnerId;
  }
  return null;
}

/** The learner who asks, or null: no cookie, a forged one, or one of a learner who is no longer there. */
export async function findLearner(tx: Transaction, claimed: string | null): Promise<string | null> {
  if (claimed === null) return null;
  const learner = await tx.learner.findUnique({ where: { id: claimed }, select: { id: true } });
  return learner?.id ?? null;
}

/** Makes a learner with an empty log; its id is random, and no secret. */
export async function createLearner(tx: Transaction): Promise<string> {
  const { id } = await tx.learner.create({ data: { id: crypto.randomUUID() }, select: { id: true } });
  return id;
}

/** The header that tells the browser who it is from now on. */
export function learnerCookie(request: Request, learnerId: string): string {
  return writeSetCookie(writeCookieValue(learnerId, cookieSecret()), isHttps(request));
}

function isHttps(request: Request): boolean {
  return request.headers.get('x-roundtrip-scheme') === 'https' || new URL(request.url).protocol === 'https:';
}
