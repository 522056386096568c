import { essenceOf, parseMimeType } from '../mime';
import type { HeaderField } from '../http1';
import { parseRange } from '../http1';

/** Methods that need no preflight (Fetch §2.2.1). */
export const SAFELISTED_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST']);

const FORBIDDEN_METHODS: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK']);
const NORMALISED: ReadonlySet<string> = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT']);

/** Whether scripts may not send this method at all (Fetch §2.2.1). */
export function isForbiddenMethod(method: string): boolean {
  return FORBIDDEN_METHODS.has(method.toUpperCase());
}

/** Six methods in upper case however they are written; `patch` stays as it is (Fetch §2.2.1). */
export function normaliseMethod(method: string): string {
  const upper = method.toUpperCase();
  return NORMALISED.has(upper) ? upper : method;
}

const FORBIDDEN_HEADERS: ReadonlySet<string> = new Set([
  ...['accept-charset', 'accept-encoding', 'access-control-request-headers', 'access-control-request-method'],
  ...['access-control-request-private-network', 'connection', 'content-length', 'cookie', 'cookie2', 'date'],
  ...['dnt', 'expect', 'host', 'keep-alive', 'origin', 'referer', 'set-cookie', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade', 'via'],
]);
const OVERRIDES: ReadonlySet<string> = new Set([
  ...['x-http-method', 'x-http-method-override', 'x-method-override'],
]);

/** Whether scripts may not set this request header (Fetch §2.2.2 "forbidden request-header"). */
export function isForbiddenRequestHeader({ name, value }: HeaderField): boolean {
  const lower = name.toLowerCase();
  if (FORBIDDEN_HEADERS.has(lower) || lower.startsWith('proxy-') || lower.startsWith('sec-')) return true;
  return OVERRIDES.has(lower) && value.split(',').some((method) => isForbiddenMethod(method.trim()));
}

const FORM_TYPES: ReadonlySet<string> = new Set([
  ...['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'],
]);

/** A value longer than this is not safe, and all safelisted values together must not be longer than 1,024. */
const MAX_VALUE = 128;
const MAX_VALUES = 1024;

/** "CORS-unsafe request-header byte" (Fetch §2.2.2). */
function hasUnsafeByte(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f || '"():<>?@[\\]{}'.includes(value.charAt(i)))
      return true;
  }
  return false;
}

/** Whether a header may go across origins without asking (Fetch §2.2.2 "CORS-safelisted request-header"). */
export function isSafelistedHeader({ name, value }: HeaderField): boolean {
  if (value.length > MAX_VALUE) return false;
  switch (name.toLowerCase()) {
    case 'accept':
      return !hasUnsafeByte(value);
    case 'accept-language':
    case 'content-language':
      return /^[0-9A-Za-z *,\-.;=]*$/.test(value);
    case 'content-type': {
      const mimeType = hasUnsafeByte(value) ? undefined : parseMimeType(value);
      return mimeType !== undefined && FORM_TYPES.has(essenceOf(mimeType));
    }
    case 'range':
      return isSimpleRange(value);
    default:
      return false;
  }
}

/** One range with a first octet: `bytes=0-` or `bytes=0-99` (Fetch §2.2.2). */
function isSimpleRange(value: string): boolean {
  return /^bytes=\d+-\d*$/.test(value) && parseRange(value, Number.MAX_SAFE_INTEGER).kind !== 'ignored';
}

/**
 * Names in lower case of the headers that must be asked for, sorted (Fetch §2.2.2 "CORS-unsafe request-header names");
 * `tooLong` when the safe ones, taken together, are not safe either.
 */
export function unsafeHeaderNames(headers: readonly HeaderField[]): { names: string[]; tooLong: boolean } {
  const unsafe: string[] = [];
  const safe: string[] = [];
  let length = 0;
  for (const header of headers) {
    if (!isSafelistedHeader(header)) unsafe.push(header.name.toLowerCase());
    else {
      safe.push(header.name.toLowerCase());
      length += header.value.length;
    }
  }
  const tooLong = length > MAX_VALUES;
  return { names: [...new Set(tooLong ? [...unsafe, ...safe] : unsafe)].sort(), tooLong };
}

/** Response headers that scripts see without being allowed to (Fetch §2.2.2). */
const SAFELISTED_RESPONSE: ReadonlySet<string> = new Set([
  ...[
    'cache-control',
    'content-language',
    'content-length',
    'content-type',
    'expires',
    'last-modified',
    'pragma',
  ],
]);

/** Whether a script of another origin may read this response header. */
export function isExposedHeader(name: string, exposed: readonly string[], withCredentials: boolean): boolean {
  const lower = name.toLowerCase();
  // Set-Cookie is never shown (Fetch §2.2.2 "forbidden response-header name").
  if (lower === 'set-cookie' || lower === 'set-cookie2') return false;
  if (SAFELISTED_RESPONSE.has(lower)) return true;
  return exposed.some((entry) => entry.toLowerCase() === lower || (entry === '*' && !withCredentials));
}
