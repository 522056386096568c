import {
  evaluatePreconditions,
  findField,
  parseRange,
  withField,
  withoutFields,
  writeContentRange,
} from '../http1';
import { ageOf } from './freshness';
import type { CacheRequest, CacheResponse, StoredResponse } from './messages';

/** Conditions that only the origin can answer: a stored response says nothing of the present one (RFC 9111 §4.3.2). */
const FOR_THE_ORIGIN: ReadonlySet<string> = new Set(['if-match', 'if-unmodified-since']);

/** Representation data's own fields, which a 304 leaves out (RFC 9110 §15.4.5). */
const NOT_IN_304: ReadonlySet<string> = new Set(['content-length', 'content-encoding', 'content-type']);

/**
 * The answer that a stored response gives: its Age (RFC 9111 §5.1), 304 by the client's own preconditions (§4.3.2), 206
 * or 416 for one range (RFC 9110 §14.2), no content for HEAD.
 */
export function respondFrom(request: CacheRequest, stored: StoredResponse, nowMs: number): CacheResponse {
  const age = String(Math.floor(ageOf(stored, nowMs).currentAge));
  const headers = withField(stored.headers, 'Age', age);
  const { status, body } = stored;
  const whole = {
    status,
    headers,
    ...(body && { body: request.method === 'HEAD' ? new Uint8Array(0) : body }),
  };
  if (status !== 200) return whole;

  // Without Last-Modified the date of the response stands in for it (RFC 9111 §4.3.2).
  const lastModifiedMs = stored.lastModifiedMs ?? stored.dateMs;
  const validators = { etag: stored.etag, lastModifiedMs };
  const conditions = withoutFields(request.headers, FOR_THE_ORIGIN);
  const condition = evaluatePreconditions(request.method, conditions, validators, nowMs);
  if (condition.outcome === 'not-modified')
    return { status: 304, headers: withoutFields(headers, NOT_IN_304) };

  const range = findField(request.headers, 'range');
  const ignoresRange = condition.outcome === 'perform' && condition.ignoreRange === true;
  const canSlice = request.method === 'GET' && body && range !== undefined && !ignoresRange;
  if (!canSlice) return whole;
  const length = body.length;
  const asked = parseRange(range, length);
  if (asked.kind === 'unsatisfiable') {
    const value = writeContentRange({ unit: 'bytes', unsatisfied: true, length });
    return { status: 416, headers: [{ name: 'Content-Range', value }] };
  }
  const only = asked.kind === 'ranges' && asked.ranges.length === 1 ? asked.ranges[0] : undefined;
  // Several ranges may be answered with the whole (RFC 9110 §14.2).
  if (!only) return whole;
  const value = writeContentRange({ unit: 'bytes', ...only, length });
  const count = String(only.last - only.first + 1);
  return {
    status: 206,
    headers: withField(withField(headers, 'Content-Range', value), 'Content-Length', count),
    body: body.subarray(only.first, only.last + 1),
  };
}
