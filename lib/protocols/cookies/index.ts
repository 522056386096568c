/** Cookies: RFC 6265bis (draft-ietf-httpbis-rfc6265bis-20), the browser's side and the server's. */
export { EMPTY_JAR } from './cookie';
export type { Cookie, CookieContext, CookieJar, CookieOptions } from './cookie';
export { parseCookieDate } from './date';
export { defaultPath, domainMatches, pathMatches } from './domain';
export { evict, isExpired } from './evict';
export { cookiesFor, parseCookies, writeCookies } from './retrieve';
export type { RetrieveResult } from './retrieve';
export { COOKIE_RULES, cookieRuleRef } from './rules';
export type { CookieRule } from './rules';
export { MAX_ATTRIBUTE_OCTETS, MAX_NAME_VALUE_OCTETS, parseSetCookie } from './set-cookie';
export type { SameSite, SetCookie } from './set-cookie';
export { MAX_AGE_MS, storeCookie } from './store';
export type { StoreResult } from './store';
export { CookieError, writeSetCookie } from './write-set-cookie';
