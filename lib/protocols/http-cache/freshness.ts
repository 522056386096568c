import { fieldLines, findField, parseHttpDate, splitList, type HeaderField } from '../http1';
import { parseDeltaSeconds, type CacheControl } from './cache-control';
import type { CacheOptions, Freshness, Lifetime, StoredResponse } from './messages';

/** Statuses that may be kept without explicit freshness (RFC 9110 §15.1). */
export const HEURISTICALLY_CACHEABLE: ReadonlySet<number> = new Set([
  ...[200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501],
]);

/** Ten percent, the typical setting (RFC 9111 §4.2.2). */
export const HEURISTIC_FRACTION = 0.1;

/** Freshness lifetime in the order of RFC 9111 §4.2.1: s-maxage, max-age, Expires − Date, heuristic. */
export function lifetimeOf(
  status: number,
  headers: readonly HeaderField[],
  control: CacheControl,
  dateMs: number,
  options: CacheOptions = {},
  isTargeted = false,
): Lifetime {
  if (options.shared === true && control.sMaxage !== undefined)
    return { source: 's-maxage', seconds: control.sMaxage };
  if (control.maxAge !== undefined) return { source: 'max-age', seconds: control.maxAge };
  const expires = isTargeted ? undefined : findField(headers, 'expires');
  if (expires !== undefined) {
    // What is no date, "0" above all, is a time in the past (§5.3).
    const expiresMs = parseHttpDate(expires, dateMs);
    const seconds = expiresMs === undefined ? 0 : Math.max(0, (expiresMs - dateMs) / 1000);
    return { source: 'Expires', seconds };
  }
  const lastModified = findField(headers, 'last-modified');
  const modifiedMs = lastModified === undefined ? undefined : parseHttpDate(lastModified, dateMs);
  if (modifiedMs !== undefined && (HEURISTICALLY_CACHEABLE.has(status) || control.isPublic)) {
    const fraction = options.heuristicFraction ?? HEURISTIC_FRACTION;
    const seconds = Math.max(0, Math.floor(((dateMs - modifiedMs) / 1000) * fraction));
    return { source: 'heuristic', seconds };
  }
  return { source: 'none', seconds: 0 };
}

/** The Age field: the first member of the first line counts, what is no number counts as absent (RFC 9111 §5.1). */
export function ageValueOf(headers: readonly HeaderField[]): number {
  const first = splitList(fieldLines(headers, 'age').join(','))[0];
  return (first === undefined ? undefined : parseDeltaSeconds(first)) ?? 0;
}

/** The times that an age is made of, in seconds (RFC 9111 §4.2.3). */
export type AgeArithmetic = {
  readonly apparentAge: number;
  readonly responseDelay: number;
  readonly correctedAgeValue: number;
  readonly correctedInitialAge: number;
  readonly residentTime: number;
  readonly currentAge: number;
};

/** RFC 9111 §4.2.3, line by line. */
export function ageOf(
  {
    ageValue,
    dateMs,
    requestTimeMs,
    responseTimeMs,
  }: Pick<StoredResponse, 'ageValue' | 'dateMs' | 'requestTimeMs' | 'responseTimeMs'>,
  nowMs: number,
): AgeArithmetic {
  const apparentAge = Math.max(0, (responseTimeMs - dateMs) / 1000);
  const responseDelay = Math.max(0, (responseTimeMs - requestTimeMs) / 1000);
  const correctedAgeValue = ageValue + responseDelay;
  const correctedInitialAge = Math.max(apparentAge, correctedAgeValue);
  const residentTime = Math.max(0, (nowMs - responseTimeMs) / 1000);
  return {
    apparentAge,
    responseDelay,
    correctedAgeValue,
    correctedInitialAge,
    residentTime,
    currentAge: correctedInitialAge + residentTime,
  };
}

/** A stored response's freshness at a time (RFC 9111 §4.2). */
export function freshnessOf(stored: StoredResponse, nowMs: number): Freshness {
  const { source, seconds } = stored.lifetime;
  // The same sum as ageOf, without the parts.
  const initial = Math.max(
    0,
    (stored.responseTimeMs - stored.dateMs) / 1000,
    stored.ageValue + Math.max(0, stored.responseTimeMs - stored.requestTimeMs) / 1000,
  );
  const ageSeconds = initial + Math.max(0, nowMs - stored.responseTimeMs) / 1000;
  return { isFresh: seconds > ageSeconds, source, lifetimeSeconds: seconds, ageSeconds };
}
