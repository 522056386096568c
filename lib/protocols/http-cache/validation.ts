import {
  combinedField,
  findField,
  isSameWeakly,
  parseEntityTag,
  withField,
  withoutFields,
  type HeaderField,
} from '../http1';
import type { CacheOptions, CacheRequest, CacheResponse, StoredResponse } from './messages';
import { createStored, type ExchangeTimes } from './storing';

/** A request's own range would make the answer partial; a cache that validates asks for the whole. */
const RANGE_FIELDS: ReadonlySet<string> = new Set(['range', 'if-range']);

/**
 * The request that validates stored responses (RFC 9111 §4.3.1): their entity tags in If-None-Match beside the
 * client's own, their Last-Modified in If-Modified-Since unless the client sent one.
 */
export function validationRequest(request: CacheRequest, stored: readonly StoredResponse[]): CacheRequest {
  let headers: HeaderField[] = withoutFields(request.headers, RANGE_FIELDS);
  const own = combinedField(headers, 'if-none-match');
  const tags = stored.map(({ etag }) => etag).filter((etag) => etag !== undefined);
  if (own !== '*' && tags.length > 0) {
    const all = own === undefined ? tags : [own, ...tags.filter((tag) => !own.includes(tag))];
    headers = withField(headers, 'If-None-Match', all.join(', '));
  }
  const lastModified = stored.length === 1 ? stored[0]?.lastModified : undefined;
  if (lastModified !== undefined && findField(headers, 'if-modified-since') === undefined)
    headers = withField(headers, 'If-Modified-Since', lastModified);
  return { ...request, method: 'GET', headers };
}

/** Fields of a 304 that do not replace stored ones (RFC 9111 §3.2): they describe the stored octets. */
const NOT_UPDATED: ReadonlySet<string> = new Set([
  ...['content-length', 'content-encoding', 'content-range', 'transfer-encoding'],
]);

/** Whether a 304 speaks of this stored response: same validator, or it names none (RFC 9111 §4.3.3, §4.3.4). */
export function isValidatedBy(stored: StoredResponse, notModified: CacheResponse): boolean {
  const etag = findField(notModified.headers, 'etag');
  if (etag !== undefined) return isSameTag(etag, stored.etag);
  const lastModified = findField(notModified.headers, 'last-modified');
  return lastModified === undefined || lastModified === stored.lastModified;
}

function isSameTag(text: string, other: string | undefined): boolean {
  if (other === undefined) return false;
  const [a, b] = [parseEntityTag(text), parseEntityTag(other)];
  return a && b ? isSameWeakly(a, b) : text === other;
}

/** A stored response freshened by a 304 or by a HEAD's 200 (RFC 9111 §3.2): its fields replaced, its times new. */
export function freshen(
  stored: StoredResponse,
  request: CacheRequest,
  update: CacheResponse,
  times: ExchangeTimes,
  options: CacheOptions = {},
): StoredResponse {
  const fields = withoutFields(update.headers, NOT_UPDATED);
  const replaced = new Set(fields.map(({ name }) => name.toLowerCase()));
  // Age and Date that came with the old response say nothing about the new one.
  replaced.add('age').add('date');
  const headers = [...withoutFields(stored.headers, replaced), ...fields];
  const response: CacheResponse = { ...update, status: stored.status, headers };
  return {
    ...createStored(request, response, times, options),
    url: stored.url,
    ...(stored.body && { body: stored.body }),
  };
}

/**
 * What a 200 to HEAD means for the stored GET (RFC 9111 §4.3.5): `update` it when validators and length agree, else it
 * is `stale` from now on; `none` when the answer says nothing.
 */
export function headVerdict(stored: StoredResponse, response: CacheResponse): 'update' | 'stale' | 'none' {
  if (response.status !== 200) return 'none';
  const etag = findField(response.headers, 'etag');
  const lastModified = findField(response.headers, 'last-modified');
  const length = findField(response.headers, 'content-length');
  const storedLength = findField(stored.headers, 'content-length') ?? String(stored.body?.length ?? '');
  const differs =
    (etag !== undefined && etag !== stored.etag) ||
    (lastModified !== undefined && lastModified !== stored.lastModified) ||
    (length !== undefined && storedLength !== '' && length !== storedLength);
  return differs ? 'stale' : 'update';
}
