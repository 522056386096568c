/** HTTP caching: RFC 9111, with RFC 5861 (stale answers), RFC 8246 (immutable) and RFC 9213 (targeted fields). */
export { cacheControlOf, MAX_DELTA_SECONDS, NO_CACHE_CONTROL, parseCacheControl } from './cache-control';
export type { CacheControl } from './cache-control';
export { decide } from './decide';
export type { CacheAction, CacheDecision } from './decide';
export {
  ageOf,
  ageValueOf,
  freshnessOf,
  HEURISTIC_FRACTION,
  HEURISTICALLY_CACHEABLE,
  lifetimeOf,
} from './freshness';
export type { AgeArithmetic } from './freshness';
export { HttpCache } from './http-cache';
export type { CacheAnswer, Origin } from './http-cache';
export { invalidatedUrls } from './invalidation';
export type {
  CacheOptions,
  CacheRequest,
  CacheResponse,
  Freshness,
  Lifetime,
  StoredResponse,
} from './messages';
export { respondFrom } from './respond';
export { CACHE_RULES } from './rules';
export type { CacheRule, Reason } from './rules';
export { createStored, decideStoring } from './storing';
export type { ExchangeTimes, StoringDecision } from './storing';
export { freshen, headVerdict, isValidatedBy, validationRequest } from './validation';
export { normaliseForVary, varyMismatch, varyOf } from './vary';
