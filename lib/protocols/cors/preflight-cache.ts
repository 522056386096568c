import { refusals, type PreflightGrant } from './check';
import type { CorsRequest } from './request';

/** A grant in the CORS-preflight cache (Fetch §4.9). */
export type PreflightEntry = {
  readonly origin: string;
  readonly url: string;
  readonly withCredentials: boolean;
  readonly grant: PreflightGrant;
  readonly expiresMs: number;
};

/** Two hours, as Chromium keeps them at most; the standard lets the browser choose (Fetch §4.8 step 7.15). */
export const MAX_PREFLIGHT_SECONDS = 7200;
const MAX_ENTRIES = 1000;

/** A new cache with this grant in it; expired entries leave, and above 1,000 the oldest. */
export function rememberPreflight(
  cache: readonly PreflightEntry[],
  request: CorsRequest,
  grant: PreflightGrant,
  nowMs: number,
): PreflightEntry[] {
  const seconds = Math.min(grant.maxAgeSeconds, MAX_PREFLIGHT_SECONDS);
  const withCredentials = request.credentials === 'include';
  const entry = {
    origin: request.origin,
    url: request.url,
    withCredentials,
    grant,
    expiresMs: nowMs + seconds * 1000,
  };
  return [...cache.filter(({ expiresMs }) => expiresMs > nowMs), entry].slice(-MAX_ENTRIES);
}

/** The entry that makes another preflight unnecessary: same origin and URL, everything allowed (Fetch §4.9). */
export function findPreflight(
  cache: readonly PreflightEntry[],
  request: CorsRequest,
  nowMs: number,
): PreflightEntry | undefined {
  return cache.find(({ origin, url, withCredentials, grant, expiresMs }) => {
    const isMatch = origin === request.origin && url === request.url && expiresMs > nowMs;
    const isCredentialed = withCredentials || request.credentials !== 'include';
    return isMatch && isCredentialed && refusals(request, grant.methods, grant.headers).length === 0;
  });
}
