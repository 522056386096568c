import { combinedField, fieldLines, isToken, splitList, type HeaderField } from '../http1';
import { includesCredentials, type CorsRequest } from './request';
import { corsReason, type CorsReason } from './rules';
import { isExposedHeader, normaliseMethod, SAFELISTED_METHODS, unsafeHeaderNames } from './safelist';

/** Passed or not, with what decided. */
export type CorsVerdict = { readonly passed: boolean; readonly why: readonly CorsReason[] };

/** The response of another origin, as far as CORS looks at it. */
export type CorsResponse = { readonly status: number; readonly headers: readonly HeaderField[] };

/**
 * The CORS check (Fetch §4.10): may the page see this response? Access-Control-Allow-Origin must be the origin itself,
 * octet by octet, or `*` where no credentials go; with credentials Access-Control-Allow-Credentials must be `true`.
 */
export function corsCheck(request: CorsRequest, response: CorsResponse): CorsVerdict {
  const { origin } = request;
  const withCredentials = request.credentials === 'include';
  const fail = (why: CorsReason): CorsVerdict => ({ passed: false, why: [why] });
  const allowed = combinedField(response.headers, 'access-control-allow-origin');
  if (allowed === undefined) return fail(corsReason('origin-missing', { origin }));
  if (allowed === '*' && !withCredentials)
    return { passed: true, why: [corsReason('origin-allowed', { allowed })] };
  if (allowed === '*') return fail(corsReason('origin-wildcard-with-credentials'));
  if (allowed !== origin) {
    const rule = allowed.includes(',') ? 'origin-several' : 'origin-differs';
    return fail(corsReason(rule, { origin, allowed }));
  }
  if (!withCredentials) return { passed: true, why: [corsReason('origin-allowed', { allowed })] };
  const credentials = combinedField(response.headers, 'access-control-allow-credentials');
  if (credentials === 'true') return { passed: true, why: [corsReason('origin-allowed', { allowed })] };
  return fail(corsReason('credentials-not-allowed', { seen: credentials ?? '' }));
}

/** The response headers that a script gets to see (Fetch §2.2.6 "CORS filtered response"). */
export function exposedHeaders(request: CorsRequest, response: CorsResponse): HeaderField[] {
  // A list with a member that is no name is no list, and exposes nothing.
  const named = tokenList(response.headers, 'access-control-expose-headers') ?? [];
  const withCredentials = includesCredentials(request);
  return response.headers.filter(({ name }) => isExposedHeader(name, named, withCredentials));
}

/** What a preflight allowed, and for how long (Fetch §4.8). `*` stands for itself in the lists. */
export type PreflightGrant = {
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly maxAgeSeconds: number;
};

/** Five seconds, when the server names no time (Fetch §4.8 step 7.14). */
const DEFAULT_MAX_AGE = 5;

/**
 * The answer to a preflight (Fetch §4.8): the CORS check, a status of 200 to 299, then method and headers, each
 * refusal named. `*` does for anything without credentials, but never for Authorization.
 */
export function checkPreflight(
  request: CorsRequest,
  response: CorsResponse,
): CorsVerdict & { readonly grant: PreflightGrant | undefined } {
  const fail = (why: readonly CorsReason[]) => ({ passed: false, why, grant: undefined });
  const check = corsCheck(request, response);
  if (!check.passed) return fail(check.why);
  if (response.status < 200 || response.status > 299)
    return fail([corsReason('preflight-status', { status: response.status })]);
  const methods = tokenList(response.headers, 'access-control-allow-methods');
  const headers = tokenList(response.headers, 'access-control-allow-headers');
  if (!methods || !headers)
    return fail([corsReason('preflight-list-malformed', { field: methods ? 'headers' : 'methods' })]);
  // A preflight that only a listener asked for allows the method that it was about.
  const granted =
    methods.length === 0 && request.usesPreflight === true ? [normaliseMethod(request.method)] : methods;
  const why = refusals(request, granted, headers);
  if (why.length > 0) return fail(why);
  const seconds = combinedField(response.headers, 'access-control-max-age') ?? '';
  const maxAgeSeconds = /^\d+$/.test(seconds) ? Number(seconds) : DEFAULT_MAX_AGE;
  return {
    passed: true,
    why: [...check.why, corsReason('preflight-passed')],
    grant: { methods: granted, headers, maxAgeSeconds },
  };
}

/** What of a request these lists do not allow. */
export function refusals(
  request: CorsRequest,
  methods: readonly string[],
  headers: readonly string[],
): CorsReason[] {
  const withCredentials = request.credentials === 'include';
  const method = normaliseMethod(request.method);
  const why: CorsReason[] = [];
  const isMethodAllowed =
    methods.includes(method) || SAFELISTED_METHODS.has(method) || (!withCredentials && methods.includes('*'));
  if (!isMethodAllowed) why.push(corsReason('method-not-allowed', { method }));
  const names = headers.map((name) => name.toLowerCase());
  for (const header of unsafeHeaderNames(request.headers).names) {
    if (names.includes(header)) continue;
    const isWild = !withCredentials && names.includes('*');
    if (header === 'authorization' && isWild) why.push(corsReason('authorization-not-named'));
    else if (!isWild) why.push(corsReason('header-not-allowed', { header }));
  }
  return why;
}

/** Tokens of all lines; undefined when one is none. */
function tokenList(headers: readonly HeaderField[], name: string): string[] | undefined {
  const members = splitList(fieldLines(headers, name).join(','));
  return members.every(isToken) ? members : undefined;
}
