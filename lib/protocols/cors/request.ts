import type { HeaderField } from '../http1';
import { corsReason, type CorsReason } from './rules';
import { isForbiddenMethod, normaliseMethod, SAFELISTED_METHODS, unsafeHeaderNames } from './safelist';

/** A request as a script makes it; `origin` is its page's, serialised (`null` for an opaque one). */
export type CorsRequest = {
  readonly origin: string;
  readonly url: string;
  /** As the script wrote it: `post` is POST, `patch` is not PATCH (Fetch §2.2.1). */
  readonly method: string;
  /** What the script set; not what the browser adds. */
  readonly headers: readonly HeaderField[];
  /** Default `cors`. */
  readonly mode?: 'cors' | 'no-cors' | 'same-origin';
  /** Default `same-origin`. */
  readonly credentials?: 'omit' | 'same-origin' | 'include';
  /** Asked for by a listener on an upload or by a ReadableStream as body (Fetch §2.2.5). */
  readonly usesPreflight?: boolean;
};

/**
 * What a browser does with a request (Fetch §4.1 "main fetch"): `direct`, not subject to CORS; `opaque`, sent without
 * asking and the answer hidden; `cors`, sent and the answer checked; `preflight`, asked about first; `blocked`.
 */
export type CorsPlan = {
  readonly kind: 'direct' | 'opaque' | 'cors' | 'preflight' | 'blocked';
  readonly why: readonly CorsReason[];
  /** Names for Access-Control-Request-Headers, sorted. */
  readonly unsafeHeaders: readonly string[];
};

/** The origin of a URL, serialised; `null` for one that has none. */
export function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'null';
}

/** Whether cookies and the like go along (Fetch §2.2.5). */
export function includesCredentials({ credentials = 'same-origin', origin, url }: CorsRequest): boolean {
  return credentials === 'include' || (credentials === 'same-origin' && origin === originOf(url));
}

/** Does it need a preflight, and why (Fetch §4.1)? */
export function planRequest(request: CorsRequest): CorsPlan {
  const { origin, url, headers, mode = 'cors' } = request;
  const method = normaliseMethod(request.method);
  const plan = (kind: CorsPlan['kind'], ...why: CorsReason[]): CorsPlan => ({ kind, why, unsafeHeaders: [] });
  if (isForbiddenMethod(method)) return plan('blocked', corsReason('method-forbidden', { method }));
  const target = originOf(url);
  if (origin === target && origin !== 'null') return plan('direct', corsReason('same-origin', { origin }));
  if (/^data:/i.test(url)) return plan('direct', corsReason('scheme-data'));
  if (mode === 'same-origin') return plan('blocked', corsReason('mode-same-origin', { origin, target }));
  const { names, tooLong } = unsafeHeaderNames(headers);
  if (mode === 'no-cors') {
    if (!SAFELISTED_METHODS.has(method)) return plan('blocked', corsReason('mode-no-cors', { method }));
    return plan('opaque', corsReason('mode-no-cors', { method }));
  }
  if (URL.canParse(url) && (new URL(url).username !== '' || new URL(url).password !== ''))
    return plan('blocked', corsReason('url-has-credentials'));

  const why: CorsReason[] = [];
  if (!SAFELISTED_METHODS.has(method)) why.push(corsReason('method-not-safelisted', { method }));
  if (tooLong) why.push(corsReason('headers-too-long'));
  for (const header of names) why.push(corsReason('header-not-safelisted', { header }));
  if (request.usesPreflight === true) why.push(corsReason('use-cors-preflight'));
  if (why.length > 0) return { kind: 'preflight', why, unsafeHeaders: names };
  return plan('cors', corsReason('method-safelisted', { method }));
}

/** The OPTIONS request that asks (Fetch §4.8). It carries no credentials. */
export function preflightRequest({ origin, url, method, headers }: CorsRequest): {
  method: 'OPTIONS';
  url: string;
  headers: HeaderField[];
} {
  const { names } = unsafeHeaderNames(headers);
  const asked: HeaderField[] = [
    { name: 'Accept', value: '*/*' },
    { name: 'Access-Control-Request-Method', value: normaliseMethod(method) },
  ];
  if (names.length > 0) asked.push({ name: 'Access-Control-Request-Headers', value: names.join(',') });
  return { method: 'OPTIONS', url, headers: [...asked, { name: 'Origin', value: origin }] };
}
