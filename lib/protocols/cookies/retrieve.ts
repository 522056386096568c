import type { TraceSink } from '@/lib/bytes';
import { placeOf, type Cookie, type CookieContext, type CookieJar, type CookieOptions } from './cookie';
import { domainMatches, isTopLevelDomain, pathMatches } from './domain';
import { isExpired } from './evict';
import type { CookieRule } from './rules';
import { traceCookies } from './trace';
import { trimWsp } from './white-space';

/** Methods that a Lax cookie goes along with from another site (RFC 9110 §9.2.1). */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** RFC 6265bis §5.6.7.2 */
const LAX_UNSAFE_MS = 120_000;

/** What goes with a request, what does not and why, and the jar with its times of use. */
export type RetrieveResult = {
  readonly jar: CookieJar;
  readonly cookies: readonly Cookie[];
  /** The Cookie field's value; undefined: no field is sent. */
  readonly header: string | undefined;
  readonly withheld: readonly { readonly cookie: Cookie; readonly by: CookieRule }[];
};

/** The cookies for a request, the longest path first, then the oldest (RFC 6265bis §5.8.3). */
export function cookiesFor(
  jar: CookieJar,
  context: CookieContext,
  nowMs: number,
  options: CookieOptions = {},
): RetrieveResult {
  const place = placeOf(context);
  const sent: Cookie[] = [];
  const withheld: { cookie: Cookie; by: CookieRule }[] = [];
  const kept = jar.cookies.filter((cookie) => {
    if (!isExpired(cookie, nowMs)) return true;
    withheld.push({ cookie, by: 'expired' });
    return false;
  });
  for (const cookie of kept) {
    const by = withheldBy(cookie, context, place, nowMs, options);
    if (by === undefined) sent.push(cookie);
    else withheld.push({ cookie, by });
  }
  const used = new Set(sent);
  sent.sort((a, b) => b.path.length - a.path.length || a.creationMs - b.creationMs);
  const cookies = kept.map((cookie) => (used.has(cookie) ? { ...cookie, lastAccessMs: nowMs } : cookie));
  const header = sent.length === 0 ? undefined : writeCookies(sent);
  return { jar: { cookies }, cookies: sent, header, withheld };
}

function withheldBy(
  cookie: Cookie,
  context: CookieContext,
  { host, path, isSecure }: ReturnType<typeof placeOf>,
  nowMs: number,
  { isPublicSuffix = isTopLevelDomain, laxAllowsUnsafe = false }: CookieOptions,
): CookieRule | undefined {
  if (cookie.hostOnly ? host !== cookie.domain : !domainMatches(host, cookie.domain)) return 'other-domain';
  if (!cookie.hostOnly && isPublicSuffix(cookie.domain)) return 'public-suffix';
  if (!pathMatches(path, cookie.path)) return 'other-path';
  if (cookie.secure && !isSecure) return 'needs-secure';
  if (cookie.httpOnly && context.isHttp === false) return 'hidden-from-script';
  if (cookie.sameSite === 'none' || context.isSameSite !== false) return undefined;
  const isLax = cookie.sameSite === 'lax' || cookie.sameSite === 'default';
  if (!isLax || context.isHttp === false || context.isTopLevelNavigation !== true) return 'cross-site';
  if (SAFE.has(context.method ?? 'GET')) return undefined;
  const isNew = cookie.sameSite === 'default' && nowMs - cookie.creationMs < LAX_UNSAFE_MS;
  return laxAllowsUnsafe && isNew ? undefined : 'cross-site';
}

/** A Cookie field's value (RFC 6265bis §5.8.3): `name=value`, or the value alone where there is no name. */
export function writeCookies(cookies: readonly Pick<Cookie, 'name' | 'value'>[]): string {
  return cookies.map(({ name, value }) => (name === '' ? value : `${name}=${value}`)).join('; ');
}

/**
 * What a server reads in a Cookie field (RFC 6265bis §4.2): pairs in order; a part without "=" is a value without a name.
 * Spans count UTF-8 octets.
 */
export function parseCookies(header: string, trace?: TraceSink): { name: string; value: string }[] {
  if (trace) traceCookies(trace, header);
  return header.split(';').flatMap((part) => {
    const pair = trimWsp(part);
    const at = pair.indexOf('=');
    if (pair === '') return [];
    return [at < 0 ? { name: '', value: pair } : { name: pair.slice(0, at), value: pair.slice(at + 1) }];
  });
}
