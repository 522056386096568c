import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkPreflight,
  CORS_RULES,
  corsCheck,
  exposedHeaders,
  findPreflight,
  isForbiddenRequestHeader,
  isSafelistedHeader,
  normaliseMethod,
  planRequest,
  preflightRequest,
  rememberPreflight,
  unsafeHeaderNames,
  type CorsRequest,
} from '.';

const fields = (all: Record<string, string>) => Object.entries(all).map(([name, value]) => ({ name, value }));
const request = (more: Partial<CorsRequest> = {}, headers: Record<string, string> = {}): CorsRequest => ({
  origin: 'https://foo.invalid',
  url: 'https://bar.invalid/resource',
  method: 'GET',
  headers: fields(headers),
  ...more,
});
const response = (headers: Record<string, string>, status = 200) => ({ status, headers: fields(headers) });
const rules = ({ why }: { why: readonly { rule: string }[] }) => why.map(({ rule }) => rule);

test.each<[Partial<CorsRequest>, Record<string, string>, string, string[]]>([
  [{}, {}, 'cors', ['method-safelisted']],
  [{ method: 'POST' }, { 'Content-Type': 'text/plain;charset=utf-8' }, 'cors', ['method-safelisted']],
  [{ method: 'POST' }, { 'Content-Type': 'application/json' }, 'preflight', ['header-not-safelisted']],
  [{ method: 'PUT' }, {}, 'preflight', ['method-not-safelisted']],
  [{ method: 'post' }, {}, 'cors', ['method-safelisted']],
  [{ method: 'patch' }, { 'X-A': '1' }, 'preflight', ['method-not-safelisted', 'header-not-safelisted']],
  [{ usesPreflight: true }, {}, 'preflight', ['use-cors-preflight']],
  [{ url: 'https://foo.invalid:443/x', method: 'PUT' }, {}, 'direct', ['same-origin']],
  [{ url: 'http://foo.invalid/' }, {}, 'cors', ['method-safelisted']],
  [{ mode: 'same-origin' }, {}, 'blocked', ['mode-same-origin']],
  [{ mode: 'no-cors' }, {}, 'opaque', ['mode-no-cors']],
  [{ mode: 'no-cors', method: 'PUT' }, {}, 'blocked', ['mode-no-cors']],
  [{ method: 'trace' }, {}, 'blocked', ['method-forbidden']],
  [{ url: 'https://a:b@bar.invalid/' }, {}, 'blocked', ['url-has-credentials']],
  [{ origin: 'null' }, {}, 'cors', ['method-safelisted']],
  [{ url: 'data:,x', method: 'PUT' }, {}, 'direct', ['scheme-data']],
])('%o with %o: %s', (more, headers, kind, expected) => {
  const plan = planRequest(request(more, headers));
  expect({ kind: plan.kind, rules: rules(plan) }).toEqual({ kind, rules: expected });
});

test.each<[string, string, boolean]>([
  ['Accept', 'text/html, */*;q=0.1', true],
  ['Accept', 'a(b)', false],
  ['accept-language', 'en-GB,en;q=0.9,*;q=0', true],
  ['Accept-Language', 'en_GB', false],
  ['Content-Type', 'TEXT/PLAIN', true],
  ['Content-Type', 'multipart/form-data; boundary=a', true],
  ['Content-Type', 'multipart/form-data; boundary="a"', false],
  ['Content-Type', 'text/plain, application/json', false],
  ['Content-Type', '', false],
  ['Range', 'bytes=0-', true],
  ['Range', 'bytes=5-9', true],
  ['Range', 'bytes=-5', false],
  ['Range', 'bytes=0-1,3-4', false],
  ['Range', 'bytes=9-5', false],
  ['X-Other', '1', false],
  ['Accept', 'a'.repeat(128), true],
  ['Accept', 'a'.repeat(129), false],
])('the header %s: %s is safelisted: %s (Fetch §2.2.2)', (name, value, isSafe) => {
  expect(isSafelistedHeader({ name, value })).toBe(isSafe);
});

test('safe values that are too long together are not safe (Fetch §2.2.2)', () => {
  const many = Array.from({ length: 9 }, () => ({ name: 'Accept', value: 'a'.repeat(120) }));
  expect(unsafeHeaderNames(many)).toEqual({ names: ['accept'], tooLong: true });
  expect(unsafeHeaderNames(many.slice(1))).toEqual({ names: [], tooLong: false });
});

test('methods and headers that scripts may not touch (Fetch §2.2.1, §2.2.2)', () => {
  expect([normaliseMethod('post'), normaliseMethod('patch')]).toEqual(['POST', 'patch']);
  const names = ['Host', 'sec-fetch-mode', 'Proxy-X', 'Cookie', 'User-Agent', 'Authorization'];
  const forbidden = names.map((name) => isForbiddenRequestHeader({ name, value: '' }));
  expect(forbidden).toEqual([true, true, true, true, false, false]);
  expect(isForbiddenRequestHeader({ name: 'X-HTTP-Method-Override', value: 'GET, trace' })).toBe(true);
});

test('the preflight asks with sorted lower-case names and no white space (Fetch §4.8)', () => {
  const asked = preflightRequest(request({ method: 'PUT' }, { 'X-B': '1', 'X-A': '1', Accept: '*/*' }));
  expect(asked.headers.slice(1)).toEqual(
    fields({
      'Access-Control-Request-Method': 'PUT',
      'Access-Control-Request-Headers': 'x-a,x-b',
      Origin: 'https://foo.invalid',
    }),
  );
});

const ALLOW = 'Access-Control-Allow-Origin';
test.each<[Record<string, string>, CorsRequest['credentials'], string]>([
  [{ [ALLOW]: '*' }, 'omit', 'origin-allowed'],
  [{ [ALLOW]: 'https://foo.invalid' }, 'same-origin', 'origin-allowed'],
  [
    { [ALLOW]: '*', 'Access-Control-Allow-Credentials': 'true' },
    'include',
    'origin-wildcard-with-credentials',
  ],
  [{ [ALLOW]: 'https://foo.invalid' }, 'include', 'credentials-not-allowed'],
  [
    { [ALLOW]: 'https://foo.invalid', 'Access-Control-Allow-Credentials': 'TRUE' },
    'include',
    'credentials-not-allowed',
  ],
  [
    { [ALLOW]: 'https://foo.invalid', 'Access-Control-Allow-Credentials': 'true' },
    'include',
    'origin-allowed',
  ],
  [{ [ALLOW]: 'https://foo.invalid/' }, 'omit', 'origin-differs'],
  [{ [ALLOW]: 'https://FOO.invalid' }, 'omit', 'origin-differs'],
  [{ [ALLOW]: 'https://foo.invalid, https://b.invalid' }, 'omit', 'origin-several'],
  [{}, 'omit', 'origin-missing'],
])('CORS check of %o with credentials %s: %s (Fetch §4.10)', (headers, credentials = 'omit', rule) => {
  const verdict = corsCheck(request({ credentials }), response(headers));
  expect([verdict.passed, ...rules(verdict)]).toEqual([rule === 'origin-allowed', rule]);
});

const put = request({ method: 'PUT' }, { 'X-A': '1' });
const allowing = (methods: string, headers: string) =>
  response(
    { [ALLOW]: '*', 'Access-Control-Allow-Methods': methods, 'Access-Control-Allow-Headers': headers },
    204,
  );
test.each<[CorsRequest, ReturnType<typeof response>, string[]]>([
  [put, allowing('PUT, DELETE', 'x-a'), []],
  [put, allowing('*', '*'), []],
  [put, allowing('put', 'X-A'), ['method-not-allowed']],
  [put, allowing('PUT', 'x-b'), ['header-not-allowed']],
  [put, allowing('', ''), ['method-not-allowed', 'header-not-allowed']],
  [put, allowing('P UT', 'x-a'), ['preflight-list-malformed']],
  [put, response({ [ALLOW]: '*' }, 404), ['preflight-status']],
  [put, response({}, 204), ['origin-missing']],
  [request({ method: 'PUT' }, { Authorization: 'a' }), allowing('*', '*'), ['authorization-not-named']],
  [request({ method: 'PUT' }, { Authorization: 'a' }), allowing('*', '*, Authorization'), []],
  [request({ method: 'POST', usesPreflight: true }), response({ [ALLOW]: '*' }), []],
])('preflight, case %#: refused for %o', (asked, answer, refused) => {
  const verdict = checkPreflight(asked, answer);
  expect(verdict.passed ? [] : rules(verdict)).toEqual(refused);
});

test('with credentials * is a name like another (Fetch §4.8)', () => {
  const headers = {
    [ALLOW]: 'https://foo.invalid',
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Allow-Methods': '*',
    'Access-Control-Allow-Headers': '*',
  };
  const verdict = checkPreflight({ ...put, credentials: 'include' }, response(headers));
  expect(rules(verdict)).toEqual(['method-not-allowed', 'header-not-allowed']);
});

test('a grant is used again until it ends, and for what it covers (Fetch §4.9)', () => {
  const grant = { methods: ['PUT'], headers: ['x-a'], maxAgeSeconds: 60 };
  const cache = rememberPreflight([], put, grant, 0);
  expect(findPreflight(cache, put, 59_999)).toBeDefined();
  expect(findPreflight(cache, put, 60_000)).toBeUndefined();
  expect(findPreflight(cache, { ...put, method: 'DELETE' }, 0)).toBeUndefined();
  expect(findPreflight(cache, { ...put, url: 'https://bar.invalid/other' }, 0)).toBeUndefined();
  expect(findPreflight(cache, { ...put, credentials: 'include' }, 0)).toBeUndefined();
  expect(checkPreflight(put, allowing('PUT', 'x-a')).grant?.maxAgeSeconds).toBe(5);
  expect(rememberPreflight([], put, { ...grant, maxAgeSeconds: 1e9 }, 0)[0]?.expiresMs).toBe(7_200_000);
});

test('a script sees safelisted and exposed response headers, and never Set-Cookie (Fetch §2.2.6)', () => {
  const headers = { 'Content-Type': 'a/b', 'X-A': '1', 'X-B': '2', 'Set-Cookie': 'a=b' };
  const seen = (expose: string, credentials: CorsRequest['credentials'] = 'omit') =>
    exposedHeaders(
      request({ credentials }),
      response({ ...headers, 'Access-Control-Expose-Headers': expose }),
    )
      .map(({ name }) => name)
      .filter((name) => name in headers);
  expect(seen('')).toEqual(['Content-Type']);
  expect(seen('x-a, Set-Cookie')).toEqual(['Content-Type', 'X-A']);
  expect(seen('*')).toEqual(['Content-Type', 'X-A', 'X-B']);
  expect(seen('*', 'include')).toEqual(['Content-Type']);
});

test.each<[string[], boolean]>([
  [['BB-8'], true],
  [['no', 'bb-8'], true],
  [['', 'bb-8'], true],
  [[' ,,bb-8'], true],
  [['bb-8 '], true],
  [['bb-8,,@#$#%%&^&^*()()11!'], false],
  [['bb-8', 'no no'], false],
  [['"bb-8",bb-8'], false],
  [['bb-8;no'], false],
  [['bb-8\u000c'], false],
])('Access-Control-Expose-Headers %j exposes bb-8: %s', (lines, isExposed) => {
  const headers = lines.map((value) => ({ name: 'Access-Control-Expose-Headers', value }));
  const answer = { status: 200, headers: [...headers, { name: 'BB-8', value: '1' }] };
  expect(exposedHeaders(request(), answer).some(({ name }) => name === 'BB-8')).toBe(isExposed);
});

test('a method is compared as it is sent: put is PUT, patch is not PATCH (Fetch §2.2.1)', () => {
  const answer = (methods: string) =>
    response({ [ALLOW]: 'https://foo.invalid', 'Access-Control-Allow-Methods': methods });
  expect(checkPreflight(request({ method: 'put' }), answer('PUT')).passed).toBe(true);
  expect(checkPreflight(request({ method: 'patch' }), answer('PATCH')).passed).toBe(false);
  expect(preflightRequest(request({ method: 'delete' })).headers).toContainEqual({
    name: 'Access-Control-Request-Method',
    value: 'DELETE',
  });
});

test('no request or response makes a check throw, and every verdict has its reason (fuzz)', () => {
  const numRuns = Number(process.env.FUZZ_RUNS ?? 2000);
  console.log(`cors fuzz: seed 454, ${numRuns} runs`);
  const name = fc.constantFrom(
    ...['Accept', 'Content-Type', 'Range', 'X-A', 'Authorization', ALLOW, 'Access-Control-Allow-Credentials'],
    ...['Access-Control-Allow-Methods', 'Access-Control-Allow-Headers', 'Access-Control-Max-Age'],
  );
  const value = fc.oneof(
    fc.constantFrom('*', 'true', 'https://foo.invalid', 'PUT', 'text/plain'),
    fc.string(),
  );
  const headers = fc.array(fc.record({ name, value }), { maxLength: 5 });
  const url = fc.oneof(fc.constantFrom('https://bar.invalid/', 'https://foo.invalid/'), fc.string());
  const method = fc.oneof(fc.constantFrom('GET', 'PUT', 'TRACE'), fc.string());
  const mode = fc.constantFrom('cors', 'no-cors', 'same-origin');
  const credentials = fc.constantFrom('omit', 'same-origin', 'include');
  fc.assert(
    fc.property(headers, headers, url, method, mode, credentials, (sent, got, to, verb, how, who) => {
      const asked = { ...request(), headers: sent, url: to, method: verb, mode: how, credentials: who };
      const answer = { status: 200, headers: got };
      for (const { why } of [planRequest(asked), corsCheck(asked, answer), checkPreflight(asked, answer)]) {
        expect(why.length).toBeGreaterThan(0);
        for (const { rule, section } of why) expect(CORS_RULES[rule]).toBe(section);
      }
      exposedHeaders(asked, answer);
      preflightRequest(asked);
    }),
    { numRuns, seed: 454 },
  );
});
