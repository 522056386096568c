import { findField } from '../http1';
import type { CacheRequest, CacheResponse } from './messages';
import { cacheUrl, resolveUrl } from './storing';

/** Methods that change nothing (RFC 9110 §9.2.1). */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * The URLs whose stored responses an answer makes invalid (RFC 9111 §4.4): after an unsafe or unknown method that did
 * not fail, the target, and what Location and Content-Location name on the same origin.
 */
export function invalidatedUrls(request: CacheRequest, response: CacheResponse): string[] {
  const isFailure = response.status < 200 || response.status >= 400;
  if (SAFE.has(request.method) || isFailure) return [];
  const urls = new Set([cacheUrl(request.url)]);
  for (const name of ['location', 'content-location']) {
    const reference = findField(response.headers, name);
    const url = reference === undefined ? undefined : resolveUrl(reference, request.url);
    if (url !== undefined && new URL(url).origin === new URL(request.url).origin) urls.add(url);
  }
  return [...urls];
}
