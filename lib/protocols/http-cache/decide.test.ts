import { expect, test } from 'vitest';
import { writeHttpDate } from '../http1';
import {
  createStored,
  decide,
  decideStoring,
  freshnessOf,
  respondFrom,
  type CacheOptions,
  type CacheRequest,
} from '.';

const T0 = Date.UTC(2026, 0, 5, 12);
const url = 'https://example.org/a';
const fields = (all: Record<string, string>) => Object.entries(all).map(([name, value]) => ({ name, value }));
const get = (headers: Record<string, string> = {}, more: Partial<CacheRequest> = {}): CacheRequest => ({
  method: 'GET',
  url,
  headers: fields(headers),
  ...more,
});
const keep = (headers: Record<string, string>, options: CacheOptions = {}, request = get()) =>
  createStored(
    request,
    {
      status: 200,
      headers: fields({ Date: writeHttpDate(T0), ...headers }),
      body: new Uint8Array([1, 2, 3, 4]),
    },
    { requestTimeMs: T0, responseTimeMs: T0 },
    options,
  );
const rules = ({ why }: { why: readonly { rule: string }[] }) => why.map(({ rule }) => rule);

test('nothing stored is forwarded, and only-if-cached then fails with 504 (RFC 9111 §5.2.1.7)', () => {
  expect(decide(get(), undefined, T0)).toMatchObject({ action: 'forward', freshness: undefined });
  const decision = decide(get({ 'Cache-Control': 'only-if-cached' }), undefined, T0);
  expect(decision.action).toBe('fail');
  expect(rules(decision)).toEqual(['nothing-stored', 'request-only-if-cached']);
});

test('reasons carry the rule, its section and the numbers', () => {
  expect(decide(get(), keep({ 'Cache-Control': 'max-age=60', ETag: '"a"' }), T0 + 61_000)).toEqual({
    action: 'revalidate',
    freshness: { isFresh: false, source: 'max-age', lifetimeSeconds: 60, ageSeconds: 61 },
    why: [
      { rule: 'lifetime-max-age', section: 'RFC 9111 §5.2.2.1', values: { lifetimeSeconds: 60 } },
      { rule: 'stale', section: 'RFC 9111 §4.2', values: { lifetimeSeconds: 60, ageSeconds: 61 } },
      { rule: 'validate-etag', section: 'RFC 9111 §4.3.1', values: { etag: '"a"' } },
    ],
  });
});

test('a response is stale in the second in which its age reaches its lifetime (RFC 9111 §4.2)', () => {
  const stored = keep({ 'Cache-Control': 'max-age=60' });
  expect(freshnessOf(stored, T0 + 59_999).isFresh).toBe(true);
  expect(freshnessOf(stored, T0 + 60_000).isFresh).toBe(false);
});

test('RFC 9111 §4.2.3: the larger of apparent age and corrected Age value, plus the time resident', () => {
  const request = get();
  const response = { status: 200, headers: fields({ Date: writeHttpDate(T0 - 10_000), Age: '4' }) };
  const stored = createStored(request, response, { requestTimeMs: T0 - 2000, responseTimeMs: T0 });
  expect(freshnessOf(stored, T0 + 5000).ageSeconds).toBe(15);
  const older = { ...stored, ageValue: 20 };
  expect(freshnessOf(older, T0 + 5000).ageSeconds).toBe(27);
});

test.each<[Record<string, string>, boolean, string, number, string]>([
  // headers of the response, shared?, source, seconds, cause
  [{ 'Cache-Control': 'max-age=5, s-maxage=9' }, true, 's-maxage', 9, 'shared caches prefer s-maxage'],
  [{ 'Cache-Control': 'max-age=5, s-maxage=9' }, false, 'max-age', 5, 'private ones pass it over'],
  [{ 'Cache-Control': 'max-age=5', Expires: writeHttpDate(T0 + 9e6) }, false, 'max-age', 5, 'before Expires'],
  [{ Expires: writeHttpDate(T0 + 9000) }, false, 'Expires', 9, 'Expires − Date'],
  [{ Expires: '0' }, false, 'Expires', 0, 'no date is the past'],
  [{ Expires: 'Thu, 18 Aug 2050 02:01:18 UTC' }, false, 'Expires', 0, 'only GMT is a zone'],
  [{ 'Last-Modified': writeHttpDate(T0 - 1_000_000) }, false, 'heuristic', 100, 'a tenth'],
  [{}, false, 'none', 0, 'nothing to go by'],
  [
    { 'Cache-Control': 'max-age=x', Expires: writeHttpDate(T0 + 9000) },
    false,
    'max-age',
    0,
    'invalid is stale',
  ],
  [{ 'Cache-Control': 'max-age="7"' }, false, 'max-age', 7, 'quoted form is taken'],
  [{ 'Cache-Control': 'x="max-age=7", max-age=3, max-age=9' }, false, 'max-age', 3, 'first outside quotes'],
  [{ 'Cache-Control': 'max-age=99999999999' }, false, 'max-age', 2 ** 31, 'clamped'],
])('lifetime of %o in a shared (%s) cache: %s, %i s (%s)', (headers, shared, source, seconds) => {
  expect(keep(headers, { shared }).lifetime).toEqual({ source, seconds });
});

test.each([
  // request Cache-Control, response Cache-Control, seconds later, action
  ['max-age=5', 'max-age=60', 5, 'serve'],
  ['max-age=5', 'max-age=60', 6, 'revalidate'],
  ['min-fresh=10', 'max-age=60', 50, 'serve'],
  ['min-fresh=10', 'max-age=60', 51, 'revalidate'],
  ['max-stale=10', 'max-age=60', 70, 'serve'],
  ['max-stale=10', 'max-age=60', 71, 'revalidate'],
  ['max-stale', 'max-age=60', 100_000, 'serve'],
  ['max-stale', 'max-age=60, must-revalidate', 61, 'revalidate'],
  ['no-cache', 'max-age=60', 1, 'revalidate'],
  ['only-if-cached', 'max-age=60', 61, 'fail'],
  ['', 'max-age=60, no-cache', 1, 'revalidate'],
  ['', 'max-age=60, stale-while-revalidate=30', 90, 'serve-and-revalidate'],
  ['', 'max-age=60, stale-while-revalidate=30', 91, 'revalidate'],
  ['', 'max-age=60, stale-while-revalidate=30, must-revalidate', 61, 'revalidate'],
])('request "%s", response "%s", after %i s: %s', (wanted, given, seconds, action) => {
  const request = wanted === '' ? get() : get({ 'Cache-Control': wanted });
  expect(decide(request, keep({ 'Cache-Control': given }), T0 + seconds * 1000).action).toBe(action);
});

test('RFC 8246 §2: a reload is answered from the store while an immutable response is fresh', () => {
  const stored = keep({ 'Cache-Control': 'max-age=60, immutable' });
  const reload = get({}, { isReload: true });
  expect(decide(reload, stored, T0 + 59_000).action).toBe('serve');
  expect(rules(decide(reload, stored, T0 + 61_000))).toContain('request-reload');
  expect(decide(reload, keep({ 'Cache-Control': 'max-age=60' }), T0).action).toBe('revalidate');
});

test.each([
  ['proxy-revalidate', 'proxy-revalidate'],
  ['s-maxage=60', 's-maxage-revalidate'],
])('a shared cache gives no stale answer under %s', (directive, rule) => {
  const stored = keep({ 'Cache-Control': `max-age=60, ${directive}` }, { shared: true });
  const request = get({ 'Cache-Control': 'max-stale' });
  expect(rules(decide(request, stored, T0 + 61_000, { shared: true }))).toContain(rule);
  expect(decide(request, stored, T0 + 61_000).action).toBe('serve');
});

test('Vary compares what the request said, not how it was written (RFC 9111 §4.1)', () => {
  const stored = keep(
    { 'Cache-Control': 'max-age=60', Vary: 'Accept-Language, Foo' },
    {},
    get({ 'Accept-Language': 'en, de;q=0.5', Foo: '1,2' }),
  );
  const same = decide(get({ 'accept-language': 'DE;q=0.50 ,en', foo: ' 1, 2' }), stored, T0);
  expect(same.action).toBe('serve');
  const other = decide(get({ 'Accept-Language': 'en, de;q=0.5' }), stored, T0);
  expect(other.why).toEqual([{ rule: 'vary-differs', section: 'RFC 9111 §4.1', values: { field: 'foo' } }]);
  expect(rules(decide(get(), keep({ Vary: 'Foo, *' }), T0))).toEqual(['vary-star']);
});

test.each<[CacheRequest, Record<string, string>, number, boolean, boolean, string]>([
  // request, response headers, status, shared, store?, rule
  [get(), {}, 200, false, true, 'store-heuristic'],
  [get(), {}, 201, false, false, 'not-cacheable'],
  [get(), { 'Cache-Control': 'max-age=1' }, 201, false, true, 'store-explicit'],
  [get(), { 'Cache-Control': 'no-store' }, 200, false, false, 'response-no-store'],
  [get(), { 'Cache-Control': 'no-store, must-understand' }, 200, false, true, 'store-heuristic'],
  [get(), { 'Cache-Control': 'max-age=1, must-understand' }, 299, false, false, 'must-understand'],
  [get(), { 'Cache-Control': 'private' }, 200, true, false, 'response-private'],
  [get(), { 'Cache-Control': 'private="set-cookie"' }, 200, true, true, 'store-heuristic'],
  [get({ Authorization: 'x' }), { 'Cache-Control': 'max-age=1' }, 200, true, false, 'authorization'],
  [get({ Authorization: 'x' }), { 'Cache-Control': 'max-age=1' }, 200, false, true, 'store-explicit'],
  [get({ Authorization: 'x' }), { 'Cache-Control': 's-maxage=1' }, 200, true, true, 'store-explicit'],
  [get({ 'Cache-Control': 'no-store' }), {}, 200, false, false, 'request-no-store'],
  [get({}, { method: 'PUT' }), { 'Cache-Control': 'max-age=1' }, 200, false, false, 'method-not-storable'],
  [get({}, { method: 'POST' }), { 'Cache-Control': 'max-age=1' }, 200, false, false, 'post-content-location'],
  [
    get({}, { method: 'POST' }),
    { 'Cache-Control': 'max-age=1', 'Content-Location': '/a' },
    200,
    false,
    true,
    'store-explicit',
  ],
  [get(), {}, 103, false, false, 'status-not-final'],
  [get(), {}, 304, false, false, 'status-not-modified'],
])('storing, case %#: by rule', (request, headers, status, shared, store, rule) => {
  const decision = decideStoring(request, { status, headers: fields(headers) }, { shared });
  expect({ store: decision.store, rules: rules(decision) }).toEqual({ store, rules: [rule] });
});

test('fields of the connection, and those that qualified directives name, are not kept (RFC 9111 §3.1)', () => {
  const headers = {
    Connection: 'X-Hop',
    'X-Hop': '1',
    'Keep-Alive': '1',
    'X-Private': '1',
    'X-Ask': '1',
    'X-Kept': '1',
    'Cache-Control': 'max-age=1, private="x-private", no-cache="x-ask"',
  };
  const names = (shared: boolean) => keep(headers, { shared }).headers.map(({ name }) => name);
  expect(names(true)).toEqual(['Date', 'X-Kept', 'Cache-Control']);
  expect(names(false)).toEqual(['Date', 'X-Private', 'X-Kept', 'Cache-Control']);
});

test('a targeted field replaces Cache-Control and Expires where it is asked for (RFC 9213 §2.2)', () => {
  const options = { shared: true, targetedFields: ['CDN-Cache-Control'] };
  const headers = { 'CDN-Cache-Control': 'max-age=600', 'Cache-Control': 'no-store', Expires: '0' };
  expect(decideStoring(get(), { status: 200, headers: fields(headers) }, options).store).toBe(true);
  expect(keep(headers, options).lifetime).toEqual({ source: 'max-age', seconds: 600 });
  expect(keep(headers, { shared: true }).cacheControl.noStore).toBe(true);
});

test.each<[string, boolean]>([
  ['max-age=600', true],
  ['max-age=600;q=1, foo=("a" b)', true],
  ['no-store', false],
  ['private="x"', true],
  ['private', false],
  ['no-store=?0, max-age=1', true],
  // No Dictionary, or an empty one: Cache-Control holds, and says no-store.
  ['', false],
  ['max-age=600, &&&', false],
  ['Max-Age=600', false],
  ['max-age=600,', false],
])('RFC 9213 §2.1: a targeted field is a structured Dictionary: %j stores: %s', (value, store) => {
  const options = { shared: true, targetedFields: ['CDN-Cache-Control'] };
  const headers = fields({ 'CDN-Cache-Control': value, 'Cache-Control': 'no-store', Expires: '0' });
  expect(decideStoring(get(), { status: 200, headers }, options).store).toBe(store);
});

test.each(['max-age="600"', 'max-age=600.0', 'max-age=-1', 'max-age', 's-maxage=?1'])(
  'RFC 9213 §2.1: a directive of another type gives no lifetime: %j',
  (value) => {
    const options = { shared: true, targetedFields: ['CDN-Cache-Control'] };
    expect(keep({ 'CDN-Cache-Control': value, 'Cache-Control': 'max-age=9' }, options).lifetime.source).toBe(
      'none',
    );
  },
);

test('Content-Range in a 200 means nothing and is kept as it is (RFC 9110 §14.4)', () => {
  const headers = fields({ 'Cache-Control': 'max-age=600', 'Content-Range': 'bytes 0-1/2' });
  expect(decideStoring(get(), { status: 200, headers }, {}).store).toBe(true);
  expect(decideStoring(get(), { status: 206, headers }, {}).store).toBe(false);
});

test('a fresh response answers conditions and ranges itself (RFC 9111 §4.3.2, RFC 9110 §14.2)', () => {
  const stored = keep({
    'Cache-Control': 'max-age=60',
    ETag: 'W/"a"',
    'Last-Modified': writeHttpDate(T0 - 5000),
  });
  const ask = (headers: Record<string, string>, method = 'GET') =>
    respondFrom(get(headers, { method }), stored, T0 + 7900);
  expect(ask({}).headers).toContainEqual({ name: 'Age', value: '7' });
  expect(ask({ 'If-None-Match': '"b", "a"' }).status).toBe(304);
  expect(ask({ 'If-None-Match': '"b"', 'If-Modified-Since': writeHttpDate(T0) }).status).toBe(200);
  expect(ask({ 'If-Modified-Since': writeHttpDate(T0 - 5000) }).status).toBe(304);
  expect(ask({ 'If-Modified-Since': writeHttpDate(T0 - 6000) }).status).toBe(200);
  // These two are for the origin alone.
  expect(ask({ 'If-Match': '"b"', 'If-Unmodified-Since': writeHttpDate(0) }).status).toBe(200);
  expect(ask({ Range: 'bytes=1-2' })).toMatchObject({ status: 206, body: new Uint8Array([2, 3]) });
  expect(ask({ Range: 'bytes=1-2', 'If-Range': '"a"' }).status).toBe(200);
  expect(ask({ Range: 'bytes=4-' }).status).toBe(416);
  expect(ask({}, 'HEAD').body).toHaveLength(0);
});
