import type { TraceSink } from '@/lib/bytes';
import { fieldLines, isToken, parseQuotedString, splitList, type HeaderField } from '../http1';
import { traceCacheControl } from './trace-cache-control';

/** The largest delta-seconds; larger ones count as this (RFC 9111 §1.2.2). */
export const MAX_DELTA_SECONDS = 2 ** 31;

/**
 * Cache-Control read once (RFC 9111 §5.2; RFC 5861; RFC 8246). Seconds are undefined when the directive is absent; a
 * directive whose value is no number has 0 where it gives freshness, so that it is stale (§4.2.1).
 */
export type CacheControl = {
  readonly maxAge: number | undefined;
  readonly sMaxage: number | undefined;
  readonly maxStale: number | undefined;
  readonly minFresh: number | undefined;
  readonly staleWhileRevalidate: number | undefined;
  readonly staleIfError: number | undefined;
  readonly noCache: boolean;
  readonly noStore: boolean;
  readonly onlyIfCached: boolean;
  readonly mustRevalidate: boolean;
  readonly proxyRevalidate: boolean;
  readonly mustUnderstand: boolean;
  readonly isPublic: boolean;
  readonly isPrivate: boolean;
  readonly immutable: boolean;
  /** Fields named by `no-cache="…"` and `private="…"`, lower case. */
  readonly noCacheFields: readonly string[];
  readonly privateFields: readonly string[];
};

/** Members of one field that are read; the rest is passed over. */
const MAX_MEMBERS = 256;

/** No directive at all. */
export const NO_CACHE_CONTROL: CacheControl = {
  maxAge: undefined,
  sMaxage: undefined,
  maxStale: undefined,
  minFresh: undefined,
  staleWhileRevalidate: undefined,
  staleIfError: undefined,
  noCache: false,
  noStore: false,
  onlyIfCached: false,
  mustRevalidate: false,
  proxyRevalidate: false,
  mustUnderstand: false,
  isPublic: false,
  isPrivate: false,
  immutable: false,
  noCacheFields: [],
  privateFields: [],
};

/** All Cache-Control lines of a message; NO_CACHE_CONTROL itself when there is none. */
export function cacheControlOf(headers: readonly HeaderField[], name = 'cache-control'): CacheControl {
  const lines = fieldLines(headers, name);
  return lines.length === 0 ? NO_CACHE_CONTROL : parseCacheControl(lines.join(','));
}

/**
 * Reads directives: names in either case, values as token or quoted string, unknown ones passed over, the first of
 * several with one name counts (RFC 9111 §4.2.1). Spans count one octet a character, for HTTP fields are read as Latin-1.
 */
export function parseCacheControl(text: string, trace?: TraceSink): CacheControl {
  if (trace) traceCacheControl(text, trace, MAX_MEMBERS);
  const control: { -readonly [K in keyof CacheControl]: CacheControl[K] } = { ...NO_CACHE_CONTROL };
  for (const member of splitList(text).slice(0, MAX_MEMBERS)) {
    const at = member.indexOf('=');
    const name = (at < 0 ? member : member.slice(0, at)).toLowerCase();
    const value = at < 0 ? undefined : member.slice(at + 1);
    switch (name) {
      case 'max-age':
        control.maxAge ??= deltaSeconds(value) ?? 0;
        break;
      case 's-maxage':
        control.sMaxage ??= deltaSeconds(value) ?? 0;
        break;
      case 'max-stale':
        // Without a value a stale response of any age will do (§5.2.1.2).
        control.maxStale ??= value === undefined ? Number.POSITIVE_INFINITY : (deltaSeconds(value) ?? 0);
        break;
      case 'min-fresh':
        control.minFresh ??= deltaSeconds(value) ?? 0;
        break;
      case 'stale-while-revalidate':
        control.staleWhileRevalidate ??= deltaSeconds(value);
        break;
      case 'stale-if-error':
        control.staleIfError ??= deltaSeconds(value);
        break;
      case 'no-cache':
        if (value === undefined) control.noCache = true;
        else {
          control.noCacheFields = [...control.noCacheFields, ...fieldNames(value)];
          if (fieldNames(value).length === 0) control.noCache = true;
        }
        break;
      case 'private':
        if (value === undefined) control.isPrivate = true;
        else {
          control.privateFields = [...control.privateFields, ...fieldNames(value)];
          if (fieldNames(value).length === 0) control.isPrivate = true;
        }
        break;
      case 'no-store':
        control.noStore = true;
        break;
      case 'only-if-cached':
        control.onlyIfCached = true;
        break;
      case 'must-revalidate':
        control.mustRevalidate = true;
        break;
      case 'proxy-revalidate':
        control.proxyRevalidate = true;
        break;
      case 'must-understand':
        control.mustUnderstand = true;
        break;
      case 'public':
        control.isPublic = true;
        break;
      case 'immutable':
        control.immutable = true;
        break;
    }
  }
  return control;
}

/** Digits, plain or quoted (RFC 9111 §5.2 asks recipients to take both); undefined for anything else. */
function deltaSeconds(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const digits = value.startsWith('"') ? parseQuotedString(value) : value;
  return digits === undefined ? undefined : parseDeltaSeconds(digits);
}

/** delta-seconds = 1*DIGIT (RFC 9111 §1.2.2), at most 2^31. */
export function parseDeltaSeconds(digits: string): number | undefined {
  return /^\d+$/.test(digits) ? Math.min(Number(digits), MAX_DELTA_SECONDS) : undefined;
}

function fieldNames(value: string): string[] {
  const list = value.startsWith('"') ? (parseQuotedString(value) ?? '') : value;
  return splitList(list)
    .filter(isToken)
    .map((name) => name.toLowerCase());
}
