import { findField } from '../http1';
import { cacheControlOf, type CacheControl } from './cache-control';
import { freshnessOf } from './freshness';
import type { CacheOptions, CacheRequest, Freshness, StoredResponse } from './messages';
import { reason, type Reason } from './rules';
import { cacheUrl } from './storing';
import { varyMismatch } from './vary';

/**
 * What a cache does with a request:
 * `serve` the stored response, fresh or allowed to be stale; `serve-and-revalidate` it and ask the origin meanwhile
 * (RFC 5861 §3); `revalidate`: ask the origin with the stored validators, or plainly when there is none; `forward`:
 * nothing stored fits; `fail`: answer 504, as only-if-cached wants (RFC 9111 §5.2.1.7).
 */
export type CacheAction = 'serve' | 'serve-and-revalidate' | 'revalidate' | 'forward' | 'fail';

/** A decision with everything that it rests on. `freshness` is undefined when nothing stored fits. */
export type CacheDecision = {
  readonly action: CacheAction;
  readonly freshness: Freshness | undefined;
  readonly why: readonly Reason[];
};

const SOURCE_RULES = {
  's-maxage': 'lifetime-s-maxage',
  'max-age': 'lifetime-max-age',
  Expires: 'lifetime-expires',
  heuristic: 'lifetime-heuristic',
  none: 'lifetime-none',
} as const;

/**
 * May this stored response answer this request now (RFC 9111 §4)? `stored` comes from `createStored`, or is undefined
 * when there is nothing for the URL. Pure; `why` lists the rules in the order in which they were applied.
 */
export function decide(
  request: CacheRequest,
  stored: StoredResponse | undefined,
  nowMs: number,
  options: CacheOptions = {},
): CacheDecision {
  const why: Reason[] = [];
  const wanted = cacheControlOf(request.headers);
  if (!stored) {
    why.push(reason('nothing-stored'));
    return unanswered(wanted, why);
  }
  if (!fits(request, stored, why)) return unanswered(wanted, why);

  const freshness = freshnessOf(stored, nowMs);
  const { isFresh, lifetimeSeconds, ageSeconds } = freshness;
  why.push(reason(SOURCE_RULES[freshness.source], { lifetimeSeconds }));
  why.push(reason(isFresh ? 'fresh' : 'stale', { lifetimeSeconds, ageSeconds }));

  if (mustAskOrigin(request, wanted, stored, freshness, why)) return ask(wanted, stored, freshness, why);
  if (isFresh) return { action: 'serve', freshness, why };

  const forbidden = staleForbidden(stored, options);
  if (forbidden) {
    why.push(forbidden);
    return ask(wanted, stored, freshness, why);
  }
  const staleSeconds = ageSeconds - lifetimeSeconds;
  if (wanted.maxStale !== undefined && staleSeconds <= wanted.maxStale) {
    const maxStaleSeconds = Number.isFinite(wanted.maxStale) ? wanted.maxStale : 'any';
    why.push(reason('request-max-stale', { staleSeconds, maxStaleSeconds }));
    return { action: 'serve', freshness, why };
  }
  const windowSeconds = stored.cacheControl.staleWhileRevalidate;
  if (windowSeconds !== undefined && staleSeconds <= windowSeconds && !wanted.onlyIfCached) {
    why.push(reason('stale-while-revalidate', { staleSeconds, windowSeconds }));
    return { action: 'serve-and-revalidate', freshness, why };
  }
  return ask(wanted, stored, freshness, why);
}

/** URL, method and Vary (RFC 9111 §4, first conditions). */
function fits(request: CacheRequest, stored: StoredResponse, why: Reason[]): boolean {
  if (request.method !== stored.method && !(request.method === 'HEAD' && stored.method === 'GET')) {
    why.push(reason('method-not-served', { method: request.method }));
    return false;
  }
  if (request.url !== stored.url && cacheUrl(request.url) !== stored.url) {
    why.push(reason('url-differs', { stored: stored.url, requested: request.url }));
    return false;
  }
  if (stored.vary.length === 0) return true;
  const field = varyMismatch(stored, request.headers);
  if (field === undefined) why.push(reason('vary-matches'));
  else why.push(field === '*' ? reason('vary-star') : reason('vary-differs', { field }));
  return field === undefined;
}

/** What makes even a fresh response ask first; pushes the reason. */
function mustAskOrigin(
  request: CacheRequest,
  wanted: CacheControl,
  stored: StoredResponse,
  { isFresh, lifetimeSeconds, ageSeconds }: Freshness,
  why: Reason[],
): boolean {
  if (stored.cacheControl.noCache) return why.push(reason('response-no-cache')) > 0;
  if (request.isReload === true) {
    if (isFresh && stored.cacheControl.immutable) {
      why.push(reason('immutable'));
      return false;
    }
    return why.push(reason('request-reload')) > 0;
  }
  if (wanted.noCache) return why.push(reason('request-no-cache')) > 0;
  if (findField(request.headers, 'pragma')?.toLowerCase().includes('no-cache') === true) {
    // HTTP/1.0's way to say it, heard only where Cache-Control says nothing.
    if (findField(request.headers, 'cache-control') === undefined)
      return why.push(reason('request-pragma-no-cache')) > 0;
  }
  if (wanted.maxAge !== undefined && ageSeconds > wanted.maxAge) {
    // max-stale can still widen it: an age limit and a staleness limit in one request (§5.2.1.2).
    const staleSeconds = ageSeconds - lifetimeSeconds;
    if (wanted.maxStale === undefined || staleSeconds <= 0 || staleSeconds > wanted.maxStale)
      return why.push(reason('request-max-age', { ageSeconds, maxAgeSeconds: wanted.maxAge })) > 0;
  }
  if (wanted.minFresh !== undefined && lifetimeSeconds - ageSeconds < wanted.minFresh) {
    const freshForSeconds = lifetimeSeconds - ageSeconds;
    return why.push(reason('request-min-fresh', { freshForSeconds, minFreshSeconds: wanted.minFresh })) > 0;
  }
  return false;
}

/** The directive that forbids a stale answer, if there is one (RFC 9111 §4.2.4). */
export function staleForbidden(stored: StoredResponse, options: CacheOptions): Reason | undefined {
  const control = stored.cacheControl;
  if (control.noCache) return reason('response-no-cache');
  if (control.mustRevalidate) return reason('must-revalidate');
  if (options.shared !== true) return undefined;
  if (control.proxyRevalidate) return reason('proxy-revalidate');
  return control.sMaxage === undefined ? undefined : reason('s-maxage-revalidate');
}

function ask(
  wanted: CacheControl,
  stored: StoredResponse,
  freshness: Freshness,
  why: Reason[],
): CacheDecision {
  if (wanted.onlyIfCached) return { ...unanswered(wanted, why), freshness };
  if (stored.etag !== undefined) why.push(reason('validate-etag', { etag: stored.etag }));
  else if (stored.lastModified !== undefined)
    why.push(reason('validate-last-modified', { lastModified: stored.lastModified }));
  else why.push(reason('no-validator'));
  return { action: 'revalidate', freshness, why };
}

function unanswered(wanted: CacheControl, why: Reason[]): CacheDecision {
  if (!wanted.onlyIfCached) return { action: 'forward', freshness: undefined, why };
  why.push(reason('request-only-if-cached'));
  return { action: 'fail', freshness: undefined, why };
}
