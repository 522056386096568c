import { parseHttpDate } from './date';
import { isSameStrongly, isSameWeakly, parseEntityTag, parseEntityTagList } from './entity-tag';
import { combinedField, findField, type HeaderField } from './fields';

/** What a condition is compared with: the selected representation's validators (RFC 9110 §8.8). */
export type Validators = { readonly etag?: string | undefined; readonly lastModifiedMs?: number | undefined };

/** What follows from a request's preconditions; `by` names the field that decided. */
export type Precondition =
  | { readonly outcome: 'perform'; readonly by?: string; readonly ignoreRange?: boolean }
  | { readonly outcome: 'not-modified'; readonly by: string }
  | { readonly outcome: 'failed'; readonly by: string };

/**
 * The preconditions of a request in the order of RFC 9110 §13.2.2: If-Match, else If-Unmodified-Since; If-None-Match,
 * else If-Modified-Since; then If-Range. `not-modified` is answered by 304, `failed` by 412. `current` is undefined when
 * there is no representation.
 */
export function evaluatePreconditions(
  method: string,
  fields: readonly HeaderField[],
  current: Validators | undefined,
  nowMs = 0,
): Precondition {
  const isRead = method === 'GET' || method === 'HEAD';
  const ifMatch = combinedField(fields, 'if-match');
  const ifUnmodifiedSince = findField(fields, 'if-unmodified-since');
  if (ifMatch !== undefined) {
    if (!matches(ifMatch, current, isSameStrongly)) return { outcome: 'failed', by: 'If-Match' };
  } else if (ifUnmodifiedSince !== undefined && current?.lastModifiedMs !== undefined) {
    const since = parseHttpDate(ifUnmodifiedSince, nowMs);
    if (since !== undefined && current.lastModifiedMs > since)
      return { outcome: 'failed', by: 'If-Unmodified-Since' };
  }

  const ifNoneMatch = combinedField(fields, 'if-none-match');
  const ifModifiedSince = findField(fields, 'if-modified-since');
  if (ifNoneMatch !== undefined) {
    if (matches(ifNoneMatch, current, isSameWeakly))
      return { outcome: isRead ? 'not-modified' : 'failed', by: 'If-None-Match' };
  } else if (isRead && ifModifiedSince !== undefined && current?.lastModifiedMs !== undefined) {
    const since = parseHttpDate(ifModifiedSince, nowMs);
    if (since !== undefined && current.lastModifiedMs <= since)
      return { outcome: 'not-modified', by: 'If-Modified-Since' };
  }

  const ifRange = findField(fields, 'if-range');
  if (ifRange !== undefined && !isSameRepresentation(ifRange, current, nowMs))
    return { outcome: 'perform', by: 'If-Range', ignoreRange: true };
  return { outcome: 'perform' };
}

function matches(value: string, current: Validators | undefined, isSame: typeof isSameWeakly): boolean {
  const wanted = parseEntityTagList(value);
  if (wanted === '*') return current !== undefined;
  const tag = current?.etag === undefined ? undefined : parseEntityTag(current.etag);
  return tag !== undefined && wanted.some((candidate) => isSame(candidate, tag));
}

/** RFC 9110 §13.1.5: a strong tag that matches strongly, or exactly the Last-Modified date. */
function isSameRepresentation(ifRange: string, current: Validators | undefined, nowMs: number): boolean {
  const tag = parseEntityTag(ifRange);
  if (tag) {
    const own = current?.etag === undefined ? undefined : parseEntityTag(current.etag);
    return own !== undefined && isSameStrongly(tag, own);
  }
  const date = parseHttpDate(ifRange, nowMs);
  return date !== undefined && date === current?.lastModifiedMs;
}
