import type { SameSite } from './set-cookie';

/** A cookie in store (RFC 6265bis §5.7). Times are milliseconds since 1970. */
export type Cookie = {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  /** Only for exactly this host, for Set-Cookie named no domain. */
  readonly hostOnly: boolean;
  readonly path: string;
  /** Undefined: until the session ends. */
  readonly expiryMs: number | undefined;
  readonly creationMs: number;
  readonly lastAccessMs: number;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: SameSite;
};

/** All cookies, oldest first. Plain data: every step gives a new one. */
export type CookieJar = { readonly cookies: readonly Cookie[] };

/** A jar with nothing in it. */
export const EMPTY_JAR: CookieJar = { cookies: [] };

/** Where a cookie comes from or goes to. */
export type CookieContext = {
  /** Absolute. */
  readonly url: string;
  /** False for `document.cookie` (a "non-HTTP" API). Default true. */
  readonly isHttp?: boolean;
  /** The request goes to the site that the page is of (RFC 6265bis §5.2). Default true. */
  readonly isSameSite?: boolean;
  /** It changes what the address bar shows. Default false. */
  readonly isTopLevelNavigation?: boolean;
  /** Default GET. */
  readonly method?: string;
};

/** What a browser may choose. */
export type CookieOptions = {
  /** Whether anyone may register names below this domain; the list is not ours. Default: names of one label are. */
  readonly isPublicSuffix?: (domain: string) => boolean;
  /** At least 50 (RFC 6265bis §6.1), which is the default. */
  readonly maxPerDomain?: number;
  /** At least 3000, which is the default. */
  readonly maxTotal?: number;
  /** Cookies without SameSite go with top-level POSTs for two minutes (RFC 6265bis §5.6.7.2). Default false. */
  readonly laxAllowsUnsafe?: boolean;
};

/** Scheme, host and path of a request, as cookies compare them. */
export function placeOf({ url }: CookieContext): { host: string; path: string; isSecure: boolean } {
  const parsed = new URL(url);
  // A loopback host over plain HTTP is potentially trustworthy too, but most browsers ask for TLS all the same.
  const isSecure = parsed.protocol === 'https:' || parsed.protocol === 'wss:';
  return { host: parsed.hostname.toLowerCase(), path: parsed.pathname || '/', isSecure };
}
