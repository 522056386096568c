import fc from 'fast-check';
import { CookieJar as ToughJar, parseDate } from 'tough-cookie';
import { expect, test } from 'vitest';
import {
  CookieError,
  cookiesFor,
  defaultPath,
  domainMatches,
  EMPTY_JAR,
  MAX_AGE_MS,
  parseCookieDate,
  parseCookies,
  parseSetCookie,
  pathMatches,
  storeCookie,
  writeSetCookie,
  type CookieContext,
  type CookieJar,
  type CookieOptions,
} from '.';

const NOW = Date.UTC(2026, 0, 5, 12);
const home: CookieContext = { url: 'https://www.example.org/dir/page' };

/** Stores each in turn and answers the Cookie field of the request. */
function roundTrip(
  lines: string[],
  to: CookieContext = home,
  from: CookieContext = home,
  options?: CookieOptions,
) {
  let jar: CookieJar = EMPTY_JAR;
  for (const [index, line] of lines.entries()) jar = storeCookie(jar, line, from, NOW + index, options).jar;
  return cookiesFor(jar, to, NOW + 1000, options).header;
}
const rejection = (line: string, context = home, options?: CookieOptions, jar = EMPTY_JAR) =>
  storeCookie(jar, line, context, NOW, options).rejectedBy;

test('RFC 6265bis §3.1: the examples', () => {
  expect(roundTrip(['SID=31d4d96e407aad42'])).toBe('SID=31d4d96e407aad42');
  expect(
    roundTrip(['SID=31d4d96e407aad42; Path=/; Domain=example.org'], { url: 'http://a.example.org/' }),
  ).toBe('SID=31d4d96e407aad42');
  const lines = ['SID=31d4d96e407aad42; Path=/; Secure; HttpOnly', 'lang=en-US; Path=/; Domain=example.org'];
  expect(roundTrip(lines)).toBe('SID=31d4d96e407aad42; lang=en-US');
  expect(
    roundTrip([...lines, 'lang=; Path=/; Domain=example.org; Expires=Sun, 06 Nov 1994 08:49:37 GMT']),
  ).toBe('SID=31d4d96e407aad42');
});

test.each<[string, string | undefined]>([
  ['a=b', 'a=b'],
  [' a = b ; x', 'a=b'],
  ['a=b=c', 'a=b=c'],
  ['a="b; c"', 'a="b'],
  ['a', 'a'],
  ['=a', 'a'],
  ['a=', 'a='],
  ['=', undefined],
  ['', undefined],
  ['; a=b', undefined],
  ['a=b\tc', 'a=b\tc'],
  ['a=b\u0001', undefined],
  ['a=b\u007f', undefined],
  ['a=b; Max-Age=0', undefined],
  ['a=b; Max-Age=-1', undefined],
  ['a=b; Max-Age=', 'a=b'],
  ['a=b; Max-Age=1x', 'a=b'],
  ['a=b; max-age=0; max-age=9', 'a=b'],
  ['a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=9', 'a=b'],
  ['a=b; expires=Mon, 10-Dec-2007 17:02:24 GMT', undefined],
  ['a=b; Path=/dir', 'a=b'],
  ['a=b; Path=/di', undefined],
  ['a=b; Path=dir', 'a=b'],
  ['a=b; Path=/x; Path=', 'a=b'],
  ['a=b; Domain=.example.org', 'a=b'],
  ['a=b; Domain=EXAMPLE.org', 'a=b'],
  ['a=b; Domain=', 'a=b'],
  ['a=b; Domain=ample.org', undefined],
  ['a=b; Domain=x.www.example.org', undefined],
  [`a=${'x'.repeat(4095)}`, `a=${'x'.repeat(4095)}`],
  [`a=${'x'.repeat(4096)}`, undefined],
  [`a=b; Path=/${'x'.repeat(1024)}`, 'a=b'],
])('Set-Cookie: %j comes back as %j', (line, header) => {
  expect(roundTrip([line])).toBe(header);
});

test.each<[string, number | undefined]>([
  ['Sun, 06 Nov 1994 08:49:37 GMT', Date.UTC(1994, 10, 6, 8, 49, 37)],
  ['Sunday, 06-Nov-94 08:49:37 GMT', Date.UTC(1994, 10, 6, 8, 49, 37)],
  ['6 november 69 8:9:7', Date.UTC(2069, 10, 6, 8, 9, 7)],
  ['1970 08:49:37 Nov 6', Date.UTC(1970, 10, 6, 8, 49, 37)],
  ['Nov/6/99 08:49:37pm', Date.UTC(1999, 10, 6, 8, 49, 37)],
  ['6 Nov 1600 08:49:37', undefined],
  ['31 Feb 2000 08:49:37', undefined],
  ['6 Nov 1994 24:00:00', undefined],
  ['6 Nov 1994 08:49', undefined],
  ['Nov 1994 08:49:37', undefined],
  ['', undefined],
])('RFC 6265bis §5.1.1: the date %j', (text, time) => {
  expect(parseCookieDate(text)).toBe(time);
});

test('dates: where tough-cookie reads one, we read the same', () => {
  const word = fc.constantFrom(
    ...['Sun,', '06', '6', 'Nov', 'Novem', '94', '1994', '08:49:37', '8:9:7', 'GMT', '31'],
  );
  const text = fc
    .tuple(fc.array(word, { maxLength: 7 }), fc.constantFrom(' ', '-', '/'))
    .map(([all, by]) => all.join(by));
  fc.assert(
    fc.property(text, (date) => {
      expect(parseCookieDate(date)).toBe(parseDate(date)?.getTime());
    }),
    { numRuns: 2000 },
  );
});

test('RFC 6265bis §5.1.3, §5.1.4: domains and paths', () => {
  expect(domainMatches('a.example.org', 'example.org')).toBe(true);
  expect(domainMatches('aexample.org', 'example.org')).toBe(false);
  expect(domainMatches('10.0.0.1', '0.0.1')).toBe(false);
  expect([defaultPath('/a/b'), defaultPath('/a/'), defaultPath('/a'), defaultPath('x')]).toEqual([
    '/a',
    '/a',
    '/',
    '/',
  ]);
  expect(pathMatches('/a/b', '/a')).toBe(true);
  expect(pathMatches('/ab', '/a')).toBe(false);
  expect(pathMatches('/a/', '/a/')).toBe(true);
  expect(pathMatches('/a', '/a/')).toBe(false);
});

const insecure: CookieContext = { url: 'http://www.example.org/dir/page' };
const script: CookieContext = { ...home, isHttp: false };
const crossSite: CookieContext = { ...home, isSameSite: false };
const navigation: CookieContext = { ...crossSite, isTopLevelNavigation: true };

test.each<[string, CookieContext, string | undefined]>([
  ['a=b; Secure', insecure, 'secure-from-insecure'],
  ['a=b; HttpOnly', script, 'http-only-from-script'],
  ['a=b; SameSite=None', home, 'same-site-none-insecure'],
  ['a=b; SameSite=None; Secure', crossSite, undefined],
  ['a=b', crossSite, 'same-site-from-cross-site'],
  ['a=b; SameSite=Strict', navigation, undefined],
  ['__Secure-a=b', home, 'prefix-secure'],
  ['__secure-a=b', home, 'prefix-secure'],
  ['__Secure-a=b; Secure', home, undefined],
  ['__Host-a=b; Secure; Path=/', home, undefined],
  ['__Host-a=b; Secure', { url: 'https://www.example.org/' }, 'prefix-host'],
  ['__HOST-a=b; Secure; Path=/dir', home, 'prefix-host'],
  ['__Host-a=b; Secure; Path=/; Domain=www.example.org', home, 'prefix-host'],
  ['=__Host-a=b', home, 'prefix-without-name'],
  ['a=b; Domain=bücher.example', home, 'domain-not-ascii'],
  ['a=b; Domain=example.com', home, 'domain-mismatch'],
  ['a=b; Domain=org', home, 'public-suffix'],
  ['a=b; Domain=localhost', { url: 'https://localhost/' }, undefined],
])('storing %s: %o gives %s', (line, context, rule) => {
  expect(rejection(line, context)).toBe(rule);
});

test('a public suffix is no domain of a cookie, except for its own host (RFC 6265bis §5.7)', () => {
  const isPublicSuffix = (domain: string) => domain === 'org' || domain === 'github.io';
  expect(rejection('a=b; Domain=org', home, { isPublicSuffix })).toBe('public-suffix');
  const { stored } = storeCookie(EMPTY_JAR, 'a=b; Domain=github.io', { url: 'https://github.io/' }, NOW, {
    isPublicSuffix,
  });
  expect(stored?.hostOnly).toBe(true);
});

test('plain HTTP cannot put a cookie in front of a secure one (RFC 6265bis §5.7)', () => {
  const { jar } = storeCookie(EMPTY_JAR, 'a=1; Secure; Path=/login; Domain=example.org', home, NOW);
  expect(rejection('a=2; Path=/login/x', insecure, {}, jar)).toBe('covers-secure');
  expect(rejection('a=2; Path=/', insecure, {}, jar)).toBeUndefined();
  expect(rejection('b=2; Path=/login', insecure, {}, jar)).toBeUndefined();
});

test('a script neither sees nor replaces an HttpOnly cookie', () => {
  const { jar } = storeCookie(EMPTY_JAR, 'a=1; HttpOnly', home, NOW);
  expect(cookiesFor(jar, script, NOW).withheld[0]?.by).toBe('hidden-from-script');
  expect(rejection('a=2', script, {}, jar)).toBe('covers-http-only');
});

test.each<[string, CookieContext, boolean]>([
  ['a=b; SameSite=Strict', navigation, false],
  ['a=b; SameSite=Lax', navigation, true],
  ['a=b', navigation, true],
  ['a=b; SameSite=Lax', { ...navigation, method: 'POST' }, false],
  ['a=b; SameSite=Lax', crossSite, false],
  ['a=b; SameSite=None; Secure', crossSite, true],
  ['a=b; SameSite=Strict', home, true],
])('%s with %o: sent %s (RFC 6265bis §5.8.3)', (line, context, isSent) => {
  expect(roundTrip([line], context) === 'a=b').toBe(isSent);
});

test('Lax by default may go with a top-level POST for two minutes (RFC 6265bis §5.6.7.2)', () => {
  const { jar } = storeCookie(EMPTY_JAR, 'a=b', home, NOW);
  const posted = { ...navigation, method: 'POST' };
  const at = (ms: number) => cookiesFor(jar, posted, NOW + ms, { laxAllowsUnsafe: true }).header;
  expect([at(119_999), at(120_000)]).toEqual(['a=b', undefined]);
});

test('the longer path goes first, then the older; a new value keeps the age (RFC 6265bis §5.8.3)', () => {
  const lines = ['a=1; Path=/', 'b=1; Path=/dir', 'c=1; Path=/', 'a=2; Path=/'];
  expect(roundTrip(lines)).toBe('b=1; a=2; c=1');
});

test('a cookie for a host and one for a domain of the same name are two (RFC 6265bis §5.7)', () => {
  expect(roundTrip(['a=1', 'a=2; Domain=www.example.org', 'a=3'])).toBe('a=3; a=2');
});

test('no cookie lives longer than 400 days (RFC 6265bis §5.6.1)', () => {
  const expiry = (line: string) => storeCookie(EMPTY_JAR, line, home, NOW).stored?.expiryMs;
  expect(expiry('a=b; Max-Age=99999999999')).toBe(NOW + MAX_AGE_MS);
  expect(expiry('a=b; Expires=Fri, 31 Dec 9999 23:59:59 GMT')).toBe(NOW + MAX_AGE_MS);
  expect(expiry('a=b; Max-Age=60')).toBe(NOW + 60_000);
  expect(expiry('a=b')).toBeUndefined();
});

test('eviction: of one domain those without Secure first, the longest unused before the others', () => {
  let jar: CookieJar = EMPTY_JAR;
  const options = { maxPerDomain: 3, maxTotal: 5 };
  const names = () => jar.cookies.map(({ name }) => name).join('');
  for (const [index, line] of ['a=1; Secure', 'b=1', 'c=1', 'd=1'].entries())
    jar = storeCookie(jar, line, home, NOW + index, options).jar;
  expect(names()).toBe('acd');
  jar = cookiesFor(jar, home, NOW + 50).jar;
  for (const [index, name] of ['x', 'y', 'z'].entries())
    jar = storeCookie(jar, `${name}=1`, { url: 'https://b.example/' }, NOW + 10 + index, options).jar;
  expect(names()).toBe('acdyz');
});

test('what a server writes, a browser reads', () => {
  const line = writeSetCookie({
    name: 'a',
    value: '"b"',
    domain: 'example.org',
    path: '/',
    expiresMs: Date.UTC(2026, 5, 1),
    maxAgeSeconds: 5,
    secure: true,
    httpOnly: true,
    sameSite: 'strict',
  });
  expect(line).toBe(
    'a="b"; Expires=Mon, 01 Jun 2026 00:00:00 GMT; Max-Age=5; Domain=example.org; Path=/; Secure; HttpOnly; SameSite=Strict',
  );
  expect(parseSetCookie(line)).toMatchObject({
    name: 'a',
    value: '"b"',
    maxAgeSeconds: 5,
    sameSite: 'strict',
  });
  expect(parseCookies('a=b; c;  d=e=f;;')).toEqual([
    { name: 'a', value: 'b' },
    { name: '', value: 'c' },
    { name: 'd', value: 'e=f' },
  ]);
  expect(parseCookies(' a=\u00a0\t;\ufeff=b')).toEqual([
    { name: 'a', value: '\u00a0' },
    { name: '\ufeff', value: 'b' },
  ]);
  const codeOf = (name: string, value: string, path = '/') => {
    try {
      writeSetCookie({ name, value, path });
    } catch (error) {
      return error instanceof CookieError ? error.code : error;
    }
    return undefined;
  };
  expect(codeOf('a b', '')).toBe('COOKIE_NAME_MALFORMED');
  expect(codeOf('a', 'b; Secure')).toBe('COOKIE_VALUE_MALFORMED');
  expect(codeOf('a', 'b', '/;x')).toBe('COOKIE_ATTRIBUTE_MALFORMED');
});

// It knows no host-only cookie beside one for the same domain, and wants a Path that is "/" and not only means it:
// so no host here is a domain that is named, and no path is broken.
test('tough-cookie sends the same cookies', () => {
  const name = fc.constantFrom('a', 'b', '__Host-c', '__Secure-d', 'e');
  const attribute = fc.constantFrom(
    ...['Path=/', 'Path=/dir', 'Path=/dir/', 'Path=/other', 'Domain=example.org', 'Domain=.example.org'],
    ...['Domain=other.org', 'Secure', 'HttpOnly', 'Max-Age=0', 'Max-Age=100', 'max-age=x'],
    ...[
      'Expires=Thu, 01 Jan 1970 00:00:10 GMT',
      'Expires=Fri, 01 Jan 2027 00:00:00 GMT',
      'Unknown=1',
      'SameSite=Lax',
    ],
  );
  const line = fc
    .tuple(name, fc.stringMatching(/^[a-z0-9]{1,5}$/), fc.array(attribute, { maxLength: 3 }))
    .map(([key, value, attributes]) => [`${key}=${value}`, ...attributes].join('; '));
  const url = fc.constantFrom(
    ...['https://www.example.org/dir/page', 'https://www.example.org/', 'https://b.example.org/dir'],
    ...['https://a.www.example.org/dir/x/y', 'https://c.other.org/dir/'],
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(line, url), { maxLength: 5 }), url, (lines, to) => {
      // It tells times from its own clock, so ours is set to that.
      const tough = new ToughJar(undefined, { prefixSecurity: 'silent', rejectPublicSuffixes: false });
      let jar: CookieJar = EMPTY_JAR;
      const now = Date.now();
      for (const [text, from] of lines) {
        jar = storeCookie(jar, text, { url: from }, now).jar;
        tough.setCookieSync(text, from, { ignoreError: true });
      }
      const own = cookiesFor(jar, { url: to }, now).header ?? '';
      const theirs = tough.getCookieStringSync(to);
      expect(own.split('; ').sort()).toEqual(theirs.split('; ').sort());
    }),
    { numRuns: 1000 },
  );
});

test('no text makes the jar throw, and it stays within its limits (fuzz)', () => {
  const numRuns = Number(process.env.FUZZ_RUNS ?? 2000);
  console.log(`cookies fuzz: seed 6265, ${numRuns} runs`);
  const unit = fc.constantFrom(...Array.from('ab=;, \t"\u0000\u00e9/.-:0129'));
  const word = fc.constantFrom(
    'Max-Age=',
    'Expires=',
    'Domain=',
    'Path=',
    'SameSite=',
    'Secure',
    '__Host-',
    'Jan',
  );
  const text = fc
    .array(fc.oneof(fc.string({ unit, maxLength: 8 }), word), { maxLength: 8 })
    .map((all) => all.join(''));
  let jar: CookieJar = EMPTY_JAR;
  fc.assert(
    fc.property(text, (line) => {
      jar = storeCookie(jar, line, home, NOW).jar;
      if (jar.cookies.length > 10) jar = EMPTY_JAR;
      expect(cookiesFor(jar, home, NOW).header ?? '').not.toMatch(/\0|\n|\r/);
      parseCookies(line);
      parseCookieDate(line);
    }),
    { numRuns, seed: 6265 },
  );
});
