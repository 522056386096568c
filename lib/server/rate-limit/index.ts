import { AppError } from '../errors';
import { createTokenBuckets } from './token-bucket';

/**
 * A class of two hundred may sit behind one address, so an address gets much more than a learner. In memory and a
 * process: this is against runaway scripts; a flood is stopped in front of the server.
 */
const limits = {
  address: createTokenBuckets({ burst: 3_000, perSecond: 200, maxKeys: 20_000 }),
  learner: createTokenBuckets({ burst: 300, perSecond: 10, maxKeys: 20_000 }),
  newLearner: createTokenBuckets({ burst: 500, perSecond: 2, maxKeys: 20_000 }),
  wire: createTokenBuckets({ burst: 30, perSecond: 1, maxKeys: 20_000 }),
  liveStream: createTokenBuckets({ burst: 400, perSecond: 20, maxKeys: 20_000 }),
  wireAddress: createTokenBuckets({ burst: 400, perSecond: 20, maxKeys: 20_000 }),
};

function limit(kind: keyof typeof limits, key: string): void {
  const retryAfterS = limits[kind].take(key, performance.now());
  if (retryAfterS > 0) throw new AppError('request.too_many', { retryAfterS });
}

/** The header in which our server (launch/serve.ts) puts the peer's address; what a client sends there is lost. */
const addressOf = (request: Request) => request.headers.get('x-roundtrip-address') ?? 'unknown';

export const limitAddress = (request: Request) => limit('address', addressOf(request));
export const limitLearner = (learnerId: string) => limit('learner', learnerId);
/** Counts learners made from an address: each costs a row. */
export const limitNewLearner = (request: Request) => limit('newLearner', addressOf(request));

/** Counts runs of the wire: by the learner's cookie when there is one; by the address always, for cookies are cheap. */
export function limitWire(request: Request, learner: string | null): void {
  limit('wireAddress', addressOf(request));
  if (learner) limit('wire', learner);
}

/** Counts connections to live streams, and cuts. Answers the address, of which only so many may be open. */
export function limitLiveStream(request: Request): string {
  limit('liveStream', addressOf(request));
  return addressOf(request);
}
