import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeHttpDate } from '../http1';
import { CACHE_RULES, createStored, decide, decideStoring, HttpCache, invalidatedUrls, respondFrom } from '.';
import type { CacheRequest, CacheResponse } from '.';

const T0 = Date.UTC(2026, 0, 5, 12);
const url = 'https://example.org/a';
const fields = (all: Record<string, string>) => Object.entries(all).map(([name, value]) => ({ name, value }));
const ask = (method = 'GET', headers: Record<string, string> = {}, at = url): CacheRequest => ({
  method,
  url: at,
  headers: fields(headers),
});
const answer = (status: number, headers: Record<string, string> = {}, text = ''): CacheResponse => ({
  status,
  headers: fields(headers),
  body: new TextEncoder().encode(text),
});
const valueOf = ({ response }: { response: CacheResponse }, wanted: string) =>
  response.headers.find(({ name }) => name.toLowerCase() === wanted)?.value;

test('a 304 freshens the stored response, all but the fields that describe its octets (RFC 9111 §3.2)', async () => {
  const cache = new HttpCache();
  const first = { 'Cache-Control': 'max-age=1', ETag: '"a"', 'Content-Length': '2', Foo: '1' };
  await cache.fetch(ask(), () => answer(200, first, 'hi'), T0);
  let asked: CacheRequest | undefined;
  const update = { ETag: '"a"', 'Cache-Control': 'max-age=60', 'Content-Length': '9', Foo: '2' };
  const second = await cache.fetch(
    ask(),
    (request) => {
      asked = request;
      return answer(304, update);
    },
    T0 + 5000,
  );
  expect(asked?.headers).toEqual([{ name: 'If-None-Match', value: '"a"' }]);
  expect(second).toMatchObject({ from: 'validated', response: { status: 200 } });
  expect([valueOf(second, 'foo'), valueOf(second, 'content-length')]).toEqual(['2', '2']);
  const third = await cache.fetch(ask(), () => answer(500), T0 + 60_000);
  expect(third.from).toBe('stored');
  expect(new TextDecoder().decode(third.response.body)).toBe('hi');
});

test('a message without Date gets the time at which it came, a 304 too (RFC 9110 §6.6.1)', async () => {
  const cache = new HttpCache();
  const headers = { 'Cache-Control': 'max-age=2', ETag: '"a"', Date: writeHttpDate(T0) };
  await cache.fetch(ask(), () => answer(200, headers), T0);
  const second = await cache.fetch(ask(), () => answer(304, { ETag: '"a"' }), T0 + 5000);
  expect([valueOf(second, 'date'), valueOf(second, 'age')]).toEqual([writeHttpDate(T0 + 5000), '0']);
  const third = await cache.fetch(ask(), () => answer(500), T0 + 6000);
  expect(third.from).toBe('stored');
});

test("the client's own condition is evaluated after the validation (RFC 9111 §4.3.2)", async () => {
  const cache = new HttpCache();
  const origin = () => answer(200, { 'Cache-Control': 'max-age=1', ETag: '"a"' }, 'hi');
  await cache.fetch(ask(), origin, T0);
  const request = ask('GET', { 'If-None-Match': '"b"' });
  const own = await cache.fetch(request, () => answer(304, { ETag: '"a"' }), T0 + 5000);
  expect(own.response.status).toBe(200);
  const passed = await cache.fetch(request, () => answer(304, { ETag: '"b"' }), T0 + 15_000);
  expect(passed).toMatchObject({ from: 'origin', response: { status: 304 } });
});

test('a 304 for something that is not in store is asked again without a condition (RFC 9111 §4.3.3)', async () => {
  const cache = new HttpCache();
  await cache.fetch(ask(), () => answer(200, { 'Cache-Control': 'max-age=1', ETag: '"a"' }), T0);
  const asked: CacheRequest[] = [];
  const result = await cache.fetch(
    ask(),
    (request) => {
      asked.push(request);
      return asked.length === 1 ? answer(304, { ETag: '"z"' }) : answer(200, { ETag: '"z"' }, 'new');
    },
    T0 + 5000,
  );
  expect(asked.map(({ headers }) => headers.length)).toEqual([1, 0]);
  expect(result.response.status).toBe(200);
});

test('stale-if-error stands in for 503 within its window, and must-revalidate forbids it (RFC 5861 §4)', async () => {
  const run = async (control: string, seconds: number) => {
    const cache = new HttpCache();
    await cache.fetch(ask(), () => answer(200, { 'Cache-Control': control }), T0);
    return (await cache.fetch(ask(), () => answer(503), T0 + seconds * 1000)).response.status;
  };
  expect(await run('max-age=1, stale-if-error=9', 10)).toBe(200);
  expect(await run('max-age=1, stale-if-error=9', 11)).toBe(503);
  expect(await run('max-age=1, stale-if-error=9, must-revalidate', 5)).toBe(503);
});

test('an unreachable origin: stale where allowed, 504 under must-revalidate, the error with nothing stored', async () => {
  const unreachable = () => Promise.reject(new Error('no route'));
  const cache = new HttpCache();
  await expect(cache.fetch(ask(), unreachable, T0)).rejects.toThrow('no route');
  await cache.fetch(ask(), () => answer(200, { 'Cache-Control': 'max-age=1' }), T0);
  const stale = await cache.fetch(ask(), unreachable, T0 + 5000);
  expect(stale.why.at(-1)).toMatchObject({ rule: 'stale-when-disconnected', values: { staleSeconds: 4 } });
  await cache.fetch(
    ask('GET', { 'Cache-Control': 'no-cache' }),
    () => answer(200, { 'Cache-Control': 'max-age=1, must-revalidate' }),
    T0,
  );
  expect((await cache.fetch(ask(), unreachable, T0 + 5000)).response.status).toBe(504);
});

test('stale-while-revalidate answers at once and renews behind it (RFC 5861 §3)', async () => {
  const cache = new HttpCache();
  const give = (n: string) => () =>
    answer(200, { 'Cache-Control': 'max-age=1, stale-while-revalidate=9', 'X-N': n });
  await cache.fetch(ask(), give('1'), T0);
  const second = await cache.fetch(ask(), give('2'), T0 + 5000);
  expect(valueOf(second, 'x-n')).toBe('1');
  await second.background;
  expect(valueOf(await cache.fetch(ask(), give('3'), T0 + 5500), 'x-n')).toBe('2');
});

test('unsafe methods that succeed make stored responses invalid, on their own origin (RFC 9111 §4.4)', async () => {
  const locations = { Location: '/b', 'Content-Location': 'https://other.example/c' };
  const urls = (method: string, status: number) => invalidatedUrls(ask(method), answer(status, locations));
  expect(urls('POST', 201)).toEqual([url, 'https://example.org/b']);
  expect(urls('M-UNKNOWN', 302)).toHaveLength(2);
  expect(urls('POST', 404)).toEqual([]);
  expect(urls('GET', 200)).toEqual([]);
  const cache = new HttpCache();
  await cache.fetch(ask(), () => answer(200, { 'Cache-Control': 'max-age=60' }), T0);
  await cache.fetch(ask('DELETE'), () => answer(204), T0);
  expect(cache.stored(url)).toEqual([]);
});

test('HEAD updates the stored GET when validators agree, and ends its freshness when not (RFC 9111 §4.3.5)', async () => {
  const run = async (headers: Record<string, string>) => {
    const cache = new HttpCache();
    await cache.fetch(ask(), () => answer(200, { 'Cache-Control': 'max-age=10', ETag: '"a"' }, 'hi'), T0);
    await cache.fetch(ask('HEAD', { 'Cache-Control': 'no-cache' }), () => answer(200, headers), T0 + 8000);
    return cache.stored(url)[0];
  };
  expect((await run({ ETag: '"a"', 'Cache-Control': 'max-age=99' }))?.lifetime.seconds).toBe(99);
  expect((await run({ ETag: '"b"' }))?.lifetime.seconds).toBe(0);
  expect((await run({ 'Content-Length': '3' }))?.lifetime.seconds).toBe(0);
});

test('variants are kept side by side, and tags of the others go along (RFC 9111 §4.1)', async () => {
  const cache = new HttpCache();
  const give = (tag: string) => () => answer(200, { 'Cache-Control': 'max-age=60', Vary: 'Foo', ETag: tag });
  await cache.fetch(ask('GET', { Foo: '1' }), give('"1"'), T0);
  let sent: CacheRequest | undefined;
  const origin = (request: CacheRequest) => ((sent = request), give('"2"')());
  await cache.fetch(ask('GET', { Foo: '2' }), origin, T0);
  expect(sent?.headers).toContainEqual({ name: 'If-None-Match', value: '"1"' });
  expect(cache.stored(url).map(({ etag }) => etag)).toEqual(['"2"', '"1"']);
  expect((await cache.fetch(ask('GET', { Foo: '1' }), give('x'), T0)).from).toBe('stored');
});

test('the store holds at most 1,000 URLs of 16 variants', async () => {
  const cache = new HttpCache();
  const origin = () => answer(200, { 'Cache-Control': 'max-age=60', Vary: 'Foo' });
  for (let i = 0; i < 1001; i++) await cache.fetch(ask('GET', {}, `${url}/${i}`), origin, T0);
  expect([cache.stored(`${url}/0`).length, cache.stored(`${url}/1`).length]).toEqual([0, 1]);
  for (let i = 0; i < 20; i++) await cache.fetch(ask('GET', { Foo: String(i) }), origin, T0);
  expect(cache.stored(url)).toHaveLength(16);
});

const FUZZ_RUNS = Number(process.env.FUZZ_RUNS ?? 2000);

test('no header makes a decision throw, and every reason names a rule (fuzz)', () => {
  const seed = Number(process.env.FUZZ_SEED ?? 9111);
  console.log(`http-cache fuzz: seed ${seed}, ${FUZZ_RUNS} runs`);
  const directive = fc.oneof(
    fc.constantFrom('max-age', 's-maxage', 'no-cache', 'no-store', 'private', 'max-stale', 'immutable'),
    fc.constantFrom('stale-while-revalidate', 'only-if-cached', 'must-revalidate', 'min-fresh', 'public'),
    fc.string({ maxLength: 5 }),
  );
  const value = fc.oneof(fc.nat().map(String), fc.string({ maxLength: 6 }), fc.constant('"x, y"'));
  const member = fc.tuple(directive, fc.constantFrom('', '=', ' ='), value).map((parts) => parts.join(''));
  const text = fc.oneof(
    fc.array(member, { maxLength: 4 }).map((members) => members.join(',')),
    fc.string(),
    fc.integer({ min: -1e12, max: 4e12 }).map(writeHttpDate),
  );
  const name = fc.constantFrom(
    ...['Cache-Control', 'Age', 'Date', 'Expires', 'Vary', 'ETag', 'Last-Modified', 'Pragma', 'Range'],
    ...['If-None-Match', 'If-Modified-Since', 'If-Range', 'Authorization', 'Connection', 'Accept-Language'],
    ...['Content-Location', 'Location', 'Content-Language', 'Content-Range'],
  );
  const headers = fc.array(fc.record({ name, value: text }), { maxLength: 6 });
  const status = fc.constantFrom(200, 206, 304, 404, 500, 299);
  fc.assert(
    fc.property(headers, headers, status, fc.boolean(), fc.nat(1e9), (asked, given, code, shared, later) => {
      const request = { method: 'GET', url, headers: asked };
      const response = { status: code, headers: given, body: new Uint8Array(8) };
      const stored = createStored(request, response, { requestTimeMs: T0, responseTimeMs: T0 }, { shared });
      const decision = decide(request, stored, T0 + later, { shared });
      const storing = decideStoring(request, response, { shared });
      respondFrom(request, stored, T0 + later);
      invalidatedUrls({ ...request, method: 'POST' }, response);
      for (const { rule, section } of [...decision.why, ...storing.why])
        expect(CACHE_RULES[rule]).toBe(section);
      expect(decision.why.length).toBeGreaterThan(0);
      if (decision.action === 'serve' && !decision.freshness?.isFresh)
        expect(decision.why.map(({ rule }) => rule)).toContain('request-max-stale');
    }),
    { seed, numRuns: FUZZ_RUNS },
  );
});
