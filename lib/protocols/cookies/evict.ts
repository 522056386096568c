import type { Cookie, CookieOptions } from './cookie';

/** Whether a cookie's time is over (RFC 6265bis §5.7). */
export function isExpired({ expiryMs }: Cookie, nowMs: number): boolean {
  return expiryMs !== undefined && expiryMs <= nowMs;
}

/**
 * Who must go (RFC 6265bis §5.7): the expired always; then of a domain that has too many those without Secure, then any;
 * then, with too many in all, any. Of equals the one that was used longest ago.
 */
export function evict(
  cookies: readonly Cookie[],
  nowMs: number,
  { maxPerDomain = 50, maxTotal = 3000 }: CookieOptions = {},
): { kept: Cookie[]; removed: Cookie[] } {
  const gone = new Set(cookies.filter((cookie) => isExpired(cookie, nowMs)));
  const perDomain = new Map<string, number>();
  for (const cookie of cookies)
    if (!gone.has(cookie)) perDomain.set(cookie.domain, (perDomain.get(cookie.domain) ?? 0) + 1);
  for (const [domain, count] of perDomain) {
    if (count <= maxPerDomain) continue;
    const here = cookies.filter((cookie) => cookie.domain === domain && !gone.has(cookie));
    const order = [
      ...byAge(here.filter(({ secure }) => !secure)),
      ...byAge(here.filter(({ secure }) => secure)),
    ];
    for (const cookie of order.slice(0, count - maxPerDomain)) gone.add(cookie);
  }
  const left = cookies.filter((cookie) => !gone.has(cookie));
  for (const cookie of byAge(left).slice(0, Math.max(0, left.length - maxTotal))) gone.add(cookie);
  return { kept: left.filter((cookie) => !gone.has(cookie)), removed: [...gone] };
}

const byAge = (cookies: readonly Cookie[]) => [...cookies].sort((a, b) => a.lastAccessMs - b.lastAccessMs);
