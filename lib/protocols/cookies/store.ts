import { placeOf, type Cookie, type CookieContext, type CookieJar, type CookieOptions } from './cookie';
import { defaultPath, domainMatches, isTopLevelDomain, pathMatches } from './domain';
import { evict } from './evict';
import type { CookieRule } from './rules';
import { MAX_NAME_VALUE_OCTETS, parseSetCookie, type SetCookie } from './set-cookie';

/** No cookie lives longer (RFC 6265bis §5.6.1, §5.6.2). */
export const MAX_AGE_MS = 400 * 24 * 3600 * 1000;

/** What came of a Set-Cookie: the jar after it, and the cookie or the rule that kept it out. */
export type StoreResult = {
  readonly jar: CookieJar;
  readonly stored: Cookie | undefined;
  readonly rejectedBy: CookieRule | undefined;
  /** Cookies that left: replaced, expired or evicted. */
  readonly removed: readonly Cookie[];
};

/**
 * A Set-Cookie field's value into the jar (RFC 6265bis §5.7). A cookie that is expired already removes the one it
 * replaces; it counts as stored.
 */
export function storeCookie(
  jar: CookieJar,
  setCookie: string | SetCookie,
  context: CookieContext,
  nowMs: number,
  options: CookieOptions = {},
): StoreResult {
  const parsed = typeof setCookie === 'string' ? parseSetCookie(setCookie) : setCookie;
  const made = typeof parsed === 'string' ? parsed : createCookie(jar, parsed, context, nowMs, options);
  if (typeof made === 'string') return { jar, stored: undefined, rejectedBy: made, removed: [] };
  const old = jar.cookies.find((cookie) => isSameCookie(cookie, made));
  if (old?.httpOnly && context.isHttp === false)
    return { jar, stored: undefined, rejectedBy: 'covers-http-only', removed: [] };
  const stored = old ? { ...made, creationMs: old.creationMs } : made;
  const others = jar.cookies.filter((cookie) => cookie !== old);
  const cookies = [...others, stored].sort((a, b) => a.creationMs - b.creationMs);
  const evicted = evict(cookies, nowMs, options);
  const removed = old ? [old, ...evicted.removed] : evicted.removed;
  return { jar: { cookies: evicted.kept }, stored, rejectedBy: undefined, removed };
}

const isSameCookie = (a: Cookie, b: Cookie) =>
  a.name === b.name && a.domain === b.domain && a.hostOnly === b.hostOnly && a.path === b.path;

/** The checks of RFC 6265bis §5.7 in their order; a cookie, or the rule that it breaks. */
function createCookie(
  jar: CookieJar,
  set: SetCookie,
  context: CookieContext,
  nowMs: number,
  options: CookieOptions,
): Cookie | CookieRule {
  const { host, path, isSecure } = placeOf(context);
  if (set.name === '' && set.value === '') return 'empty-name-and-value';
  if (set.name.length + set.value.length > MAX_NAME_VALUE_OCTETS) return 'too-long';
  const domain = domainOf(set, host, options);
  if (typeof domain === 'string') return domain;
  const cookie: Cookie = {
    name: set.name,
    value: set.value,
    domain: domain.domain,
    hostOnly: domain.hostOnly,
    path: set.path ?? defaultPath(path),
    expiryMs: expiryOf(set, nowMs),
    creationMs: nowMs,
    lastAccessMs: nowMs,
    secure: set.secure,
    httpOnly: set.httpOnly,
    sameSite: set.sameSite,
  };
  if (cookie.secure && !isSecure) return 'secure-from-insecure';
  if (cookie.httpOnly && context.isHttp === false) return 'http-only-from-script';
  if (!cookie.secure && !isSecure && jar.cookies.some((old) => isCovered(old, cookie)))
    return 'covers-secure';
  if (cookie.sameSite !== 'none' && context.isSameSite === false) {
    // Only a navigation may bring home a cookie that does not go across sites.
    if (context.isHttp === false || context.isTopLevelNavigation !== true) return 'same-site-from-cross-site';
  }
  if (cookie.sameSite === 'none' && !cookie.secure) return 'same-site-none-insecure';
  return prefixProblem(set, cookie) ?? cookie;
}

function domainOf(
  set: SetCookie,
  host: string,
  { isPublicSuffix = isTopLevelDomain }: CookieOptions,
): { domain: string; hostOnly: boolean } | CookieRule {
  if (/[^\0-\x7f]/.test(set.domain)) return 'domain-not-ascii';
  if (set.domain === '') return { domain: host, hostOnly: true };
  if (isPublicSuffix(set.domain))
    return set.domain === host ? { domain: host, hostOnly: true } : 'public-suffix';
  return domainMatches(host, set.domain) ? { domain: set.domain, hostOnly: false } : 'domain-mismatch';
}

/** Max-Age before Expires; neither further away than 400 days. */
function expiryOf({ maxAgeSeconds, expiresMs }: SetCookie, nowMs: number): number | undefined {
  const limit = nowMs + MAX_AGE_MS;
  if (maxAgeSeconds !== undefined)
    return maxAgeSeconds <= 0 ? Number.MIN_SAFE_INTEGER : Math.min(nowMs + maxAgeSeconds * 1000, limit);
  return expiresMs === undefined ? undefined : Math.min(expiresMs, limit);
}

/** "Leave secure cookies alone": a plain-HTTP cookie that would stand in front of a secure one. */
function isCovered(old: Cookie, fresh: Cookie): boolean {
  const isNear = domainMatches(old.domain, fresh.domain) || domainMatches(fresh.domain, old.domain);
  return old.secure && old.name === fresh.name && isNear && pathMatches(fresh.path, old.path);
}

/** `__Secure-` and `__Host-` promise what the cookie must then keep; case does not count. */
function prefixProblem(set: SetCookie, cookie: Cookie): CookieRule | undefined {
  const startsWith = (text: string, prefix: string) => text.slice(0, prefix.length).toLowerCase() === prefix;
  if (set.name === '' && (startsWith(set.value, '__secure-') || startsWith(set.value, '__host-')))
    return 'prefix-without-name';
  if (startsWith(set.name, '__secure-') && !cookie.secure) return 'prefix-secure';
  const isHostKept = cookie.secure && cookie.hostOnly && set.hasPath && cookie.path === '/';
  return startsWith(set.name, '__host-') && !isHostKept ? 'prefix-host' : undefined;
}
