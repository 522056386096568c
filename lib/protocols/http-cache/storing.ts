import {
  combinedField,
  findField,
  parseHttpDate,
  splitList,
  writeHttpDate,
  type HeaderField,
} from '../http1';
import { cacheControlOf, type CacheControl } from './cache-control';
import { ageValueOf, HEURISTICALLY_CACHEABLE, lifetimeOf } from './freshness';
import type { CacheOptions, CacheRequest, CacheResponse, StoredResponse } from './messages';
import { reason, type Reason } from './rules';
import { targetedCacheControl } from './targeted';
import { varyOf } from './vary';

/** Final statuses that this cache knows the caching rules of (RFC 9110 §15); `must-understand` asks for that. */
const UNDERSTOOD: ReadonlySet<number> = new Set([
  ...[200, 201, 202, 203, 204, 205, 300, 301, 302, 303, 305, 307, 308],
  ...[
    400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 426,
  ],
  ...[500, 501, 502, 503, 504, 505],
]);

/** Fields that belong to one connection or one proxy and are not kept (RFC 9111 §3.1). */
const NEVER_STORED: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['proxy-authenticate', 'proxy-authentication-info', 'proxy-authorization'],
]);

/** Whether to store, and why (RFC 9111 §3). */
export type StoringDecision = { readonly store: boolean; readonly why: readonly Reason[] };

/** Whether a response to a request may be stored: RFC 9111 §3, condition by condition. */
export function decideStoring(
  request: CacheRequest,
  response: CacheResponse,
  options: CacheOptions = {},
): StoringDecision {
  const no = (why: Reason): StoringDecision => ({ store: false, why: [why] });
  const { status, headers } = response;
  const { control, isTargeted } = controlOf(headers, options);
  const hasExplicit =
    control.maxAge !== undefined ||
    (options.shared === true && control.sMaxage !== undefined) ||
    (!isTargeted && findField(headers, 'expires') !== undefined);

  if (status < 200) return no(reason('status-not-final', { status }));
  if (status === 304) return no(reason('status-not-modified', { status }));
  // Content-Range says nothing where the status gives it no meaning (RFC 9110 §14.4).
  if (status === 206) return no(reason('status-partial', { status }));
  if (request.method === 'POST') {
    // RFC 9110 §9.3.3: with explicit freshness and a Content-Location that names the target, for a later GET.
    if (!hasExplicit || !isOwnLocation(request, headers)) return no(reason('post-content-location'));
  } else if (request.method !== 'GET') return no(reason('method-not-storable', { method: request.method }));

  if (control.mustUnderstand && !UNDERSTOOD.has(status)) return no(reason('must-understand', { status }));
  if (!control.mustUnderstand && control.noStore) return no(reason('response-no-store'));
  if (cacheControlOf(request.headers).noStore) return no(reason('request-no-store'));
  if (options.shared === true && control.isPrivate) return no(reason('response-private'));
  if (options.shared === true && findField(request.headers, 'authorization') !== undefined) {
    const isAllowed = control.isPublic || control.mustRevalidate || control.sMaxage !== undefined;
    if (!isAllowed) return no(reason('authorization'));
  }
  if (hasExplicit || control.isPublic || control.isPrivate || control.noCache)
    return { store: true, why: [reason('store-explicit', { status })] };
  if (HEURISTICALLY_CACHEABLE.has(status))
    return { store: true, why: [reason('store-heuristic', { status })] };
  return no(reason('not-cacheable', { status }));
}

function isOwnLocation(request: CacheRequest, headers: readonly HeaderField[]): boolean {
  const location = findField(headers, 'content-location');
  return location !== undefined && resolveUrl(location, request.url) === cacheUrl(request.url);
}

/** The URL as a key: absolute, without fragment. */
export function cacheUrl(url: string): string {
  const at = url.indexOf('#');
  return at < 0 ? url : url.slice(0, at);
}

/** A reference resolved against a URL, or undefined if it is none. */
export function resolveUrl(reference: string, base: string): string | undefined {
  return URL.canParse(reference, base) ? cacheUrl(new URL(reference, base).href) : undefined;
}

/** The directives that hold for this cache: a targeted field, if there is a valid one, replaces Cache-Control. */
export function controlOf(
  headers: readonly HeaderField[],
  options: CacheOptions,
): { control: CacheControl; isTargeted: boolean } {
  for (const name of options.targetedFields ?? []) {
    const control = targetedCacheControl(headers, name.toLowerCase());
    if (control) return { control, isTargeted: true };
  }
  return { control: cacheControlOf(headers), isTargeted: false };
}

/** Why `createStored` is asked: when the request left and when the response came, by the cache's clock. */
export type ExchangeTimes = { readonly requestTimeMs: number; readonly responseTimeMs: number };

/** A response as it is kept: fields of the connection dropped (RFC 9111 §3.1), everything else read once. */
export function createStored(
  request: CacheRequest,
  response: CacheResponse,
  { requestTimeMs, responseTimeMs }: ExchangeTimes,
  options: CacheOptions = {},
): StoredResponse {
  const { control, isTargeted } = controlOf(response.headers, options);
  const headers = storableFields(response.headers, control, options);
  const date = findField(headers, 'date');
  const dateMs = (date === undefined ? undefined : parseHttpDate(date, responseTimeMs)) ?? responseTimeMs;
  // A message without Date gets the time at which it came (RFC 9110 §6.6.1).
  if (date === undefined) headers.push({ name: 'Date', value: writeHttpDate(responseTimeMs) });
  const lastModified = findField(headers, 'last-modified');
  return {
    method: 'GET',
    url: cacheUrl(request.url),
    status: response.status,
    headers,
    ...(response.body && { body: response.body }),
    vary: varyOf(request.headers, headers),
    contentLanguage: findField(headers, 'content-language'),
    cacheControl: control,
    requestTimeMs,
    responseTimeMs,
    dateMs,
    ageValue: ageValueOf(headers),
    etag: findField(headers, 'etag'),
    lastModified,
    lastModifiedMs: lastModified === undefined ? undefined : parseHttpDate(lastModified, responseTimeMs),
    lifetime: lifetimeOf(response.status, headers, control, dateMs, options, isTargeted),
  };
}

function storableFields(
  headers: readonly HeaderField[],
  control: CacheControl,
  options: CacheOptions,
): HeaderField[] {
  const dropped = new Set(NEVER_STORED);
  for (const name of splitList(combinedField(headers, 'connection') ?? '')) dropped.add(name.toLowerCase());
  // no-cache="x": not reused without validation; private="x": not kept by shared caches. Not keeping them does both.
  for (const name of control.noCacheFields) dropped.add(name);
  if (options.shared === true) for (const name of control.privateFields) dropped.add(name);
  return headers.filter(({ name }) => !dropped.has(name.toLowerCase()));
}
