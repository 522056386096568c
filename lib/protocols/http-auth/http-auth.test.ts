import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caught } from '@/lib/bytes/caught.fixture';
import { toHex } from '@/lib/bytes';
import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import {
  answerDigest,
  chooseDigestChallenge,
  createBasicChallenge,
  createBasicCredentials,
  createDigestChallenge,
  digestSteps,
  HttpAuthError,
  md5,
  parseAuthenticationInfo,
  parseChallenges,
  parseCredentials,
  readBasicCredentials,
  readDigestChallenge,
  serverResponse,
  verifyDigest,
  writeAuthenticationInfo,
  writeAuthValue,
  writeChallenges,
} from '.';
import { sha512Of256 } from './sha512-256';

const plain = (value: string) =>
  parseChallenges(value).map(({ scheme, token68, parameters }) => [
    scheme,
    token68 ?? Object.fromEntries(parameters),
  ]);
const codeOf = (run: () => unknown) => caught(HttpAuthError, run)?.code ?? 'accepted';

test('RFC 9110 §11.6.1: two challenges in one field', () => {
  const value = 'Basic realm="simple", Newauth realm="apps", type=1, title="Login to \\"apps\\""';
  expect(plain(value)).toEqual([
    ['Basic', { realm: 'simple' }],
    ['Newauth', { realm: 'apps', type: '1', title: 'Login to "apps"' }],
  ]);
});

test.each<[string, unknown[]]>([
  ['Negotiate', [['Negotiate', {}]]],
  [
    'Negotiate, Basic realm="a"',
    [
      ['Negotiate', {}],
      ['Basic', { realm: 'a' }],
    ],
  ],
  ['Negotiate YII+/Cg==', [['Negotiate', 'YII+/Cg==']]],
  [
    'Bearer abc=, Basic realm = "a" , charset="UTF-8"',
    [
      ['Bearer', 'abc='],
      ['Basic', { realm: 'a', charset: 'UTF-8' }],
    ],
  ],
  [', ,Basic realm="a",,charset=x,', [['Basic', { realm: 'a', charset: 'x' }]]],
  ['Basic REALM="a, b=c"', [['Basic', { realm: 'a, b=c' }]]],
  ['', []],
])('%s is read as %o', (value, expected) => {
  expect(plain(value)).toEqual(expected);
});

test.each<[string, string]>([
  ['="a"', 'HTTP_AUTH_SCHEME_MISSING'],
  ['Basic@', 'HTTP_AUTH_MALFORMED'],
  ['Basic "a"', 'HTTP_AUTH_MALFORMED'],
  ['Basic realm="a', 'HTTP_AUTH_MALFORMED'],
  ['Basic a b', 'HTTP_AUTH_MALFORMED'],
  ['Basic realm=a, Realm=b', 'HTTP_AUTH_PARAM_REPEATED'],
  ['a,'.repeat(65), 'HTTP_AUTH_TOO_LONG'],
  [`a ${Array.from({ length: 65 }, (_, i) => `p${i}=1`).join()}`, 'HTTP_AUTH_TOO_LONG'],
  ['a'.repeat(16_385), 'HTTP_AUTH_TOO_LONG'],
])('refuses %j: %s', (value, code) => {
  expect(codeOf(() => parseChallenges(value))).toBe(code);
});

test('RFC 7617 §2 and §2.1: Aladdin, and a password with a pound sign', () => {
  expect(writeAuthValue(createBasicCredentials({ username: 'Aladdin', password: 'open sesame' }))).toBe(
    'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==',
  );
  const pound = createBasicCredentials({ username: 'test', password: '123£' });
  expect(pound.token68).toBe('dGVzdDoxMjPCow==');
  expect(readBasicCredentials(pound).password).toBe('123£');
  expect(readBasicCredentials(parseCredentials('basic dGVzdDoxMjOj')).password).toBe('123£');
  expect(readBasicCredentials(parseCredentials('Basic YTpiOmM=')).password).toBe('b:c');
  expect(writeAuthValue(createBasicChallenge('foo'))).toBe('Basic realm="foo", charset="UTF-8"');
  expect(codeOf(() => createBasicCredentials({ username: 'a:b', password: '' }))).toBe(
    'HTTP_AUTH_BASIC_MALFORMED',
  );
  expect(codeOf(() => readBasicCredentials(parseCredentials('Basic YWI=')))).toBe(
    'HTTP_AUTH_BASIC_MALFORMED',
  );
  expect(codeOf(() => readBasicCredentials(parseCredentials('Basic a')))).toBe('HTTP_AUTH_BASIC_MALFORMED');
  expect(codeOf(() => readBasicCredentials(parseCredentials('Digest a=b')))).toBe('HTTP_AUTH_SCHEME_WRONG');
  expect(codeOf(() => parseCredentials('Basic YWI=, Basic YWI='))).toBe('HTTP_AUTH_MALFORMED');
});

const mufasa = {
  username: 'Mufasa',
  realm: 'http-auth@example.org',
  password: 'Circle of Life',
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  method: 'GET',
  uri: '/dir/index.html',
  qop: 'auth',
  nc: 1,
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
} as const;

test('RFC 7616 §3.9.1: Mufasa, with SHA-256 and with MD5', async () => {
  expect((await digestSteps({ ...mufasa, algorithm: 'SHA-256' })).response).toBe(
    '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
  );
  const steps = await digestSteps({ ...mufasa, algorithm: 'MD5' });
  expect(steps.response).toBe('8ca523f5e9506fed4657c9700eebdbec');
  expect(steps.a1).toBe('Mufasa:http-auth@example.org:Circle of Life');
});

// The values of erratum 4897: the printed ones come of another hash than the one that is named.
test('RFC 7616 §3.9.2: Jäsøn Doe, with SHA-512-256, charset and userhash', async () => {
  const value =
    'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, ' +
    'nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", ' +
    'opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8, userhash=true';
  const challenge = chooseDigestChallenge(parseChallenges(value));
  const { parameters } = await answerDigest(
    challenge!,
    { username: 'Jäsøn Doe', password: 'Secret, or not?' },
    { method: 'GET', uri: '/doe.json', nc: 1, cnonce: 'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v' },
  );
  expect(parameters.get('username')).toBe('793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b');
  expect(parameters.get('response')).toBe('3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5');
});

test('FIPS 180-4 §6.7: SHA-512/256 of "abc", and Node’s', () => {
  const hex = (text: string) => toHex(sha512Of256(new TextEncoder().encode(text)));
  expect(hex('abc')).toBe('53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
      expect(toHex(sha512Of256(octets))).toBe(createHash('sha512-256').update(octets).digest('hex'));
    }),
  );
});

test('RFC 2617 §3.5 and RFC 2069 §2.4: the older forms', async () => {
  const older = {
    ...mufasa,
    realm: 'testrealm@host.com',
    password: 'Circle Of Life',
    algorithm: 'MD5',
  } as const;
  const nonce = 'dcd98b7102dd2f0e8b11d0f600bfb0c093';
  expect((await digestSteps({ ...older, nonce, cnonce: '0a4f113b' })).response).toBe(
    '6629fae49393a05397450978507c4ef1',
  );
  const oldest = { ...older, password: 'CircleOfLife', nonce, qop: undefined };
  expect((await digestSteps(oldest)).response).toBe('1949323746fe6a43ef61f9606e7febea');
});

/** IANA, Hash Algorithms for HTTP Digest Authentication; each also with -sess (RFC 7616 §3.3). */
test.each(['MD5', 'SHA-256', 'SHA-512-256'])('the registered algorithm %s is taken, in any case', (name) => {
  for (const written of [name, name.toLowerCase(), `${name}-sess`, `${name}-SESS`]) {
    const [challenge] = parseChallenges(`Digest realm="r", nonce="n", algorithm=${written}`);
    expect(readDigestChallenge(challenge!).algorithm.toLowerCase()).toBe(written.toLowerCase());
  }
});

test('RFC 7616 §3.9.1: the first challenge that can be answered', () => {
  const value =
    'Digest realm="a", qop="auth, auth-int", algorithm=SHA-384, nonce="n1", ' +
    'Digest realm="a", qop="auth, auth-int", algorithm=SHA-256, nonce="n2", opaque="o", ' +
    'Digest realm="a", nonce="n3"';
  expect(chooseDigestChallenge(parseChallenges(value))).toEqual({
    realm: 'a',
    nonce: 'n2',
    opaque: 'o',
    stale: false,
    algorithm: 'SHA-256',
    qop: ['auth', 'auth-int'],
    userhash: false,
  });
});

const ALGORITHMS = [
  ...(['MD5', 'MD5-sess', 'SHA-256', 'SHA-256-sess', 'SHA-512-256', 'SHA-512-256-sess'] as const),
];
const users = [
  { username: 'Mufasa', password: 'Circle of Life' },
  { username: 'Jäsøn Doe', password: 'Secret, or not?' },
];
const request = { method: 'PUT', uri: '/a', nc: 1, cnonce: 'c', content: Uint8Array.of(1, 2) };
const expected = { ...request, realm: 'r', nonces: new Map([['n', 0]]), users };

test('what a client answers a server accepts, for every algorithm, qop and way to name the user', async () => {
  for (const algorithm of ALGORITHMS)
    for (const qop of [['auth'], ['auth-int'], []] as const)
      for (const userhash of [true, false])
        for (const user of users) {
          const made = createDigestChallenge({
            realm: 'r',
            nonce: 'n',
            algorithm,
            qop,
            userhash,
            opaque: 'o',
          });
          const challenge = readDigestChallenge(parseChallenges(writeChallenges([made]))[0]!);
          const written = writeAuthValue(await answerDigest(challenge, user, request));
          const verdict = await verifyDigest(parseCredentials(written), expected);
          expect(verdict, written).toEqual({ accepted: true, user, nc: 1 });
        }
});

test('refused: another realm, target, user, password, content, an old nonce, the same count again', async () => {
  const challenge = readDigestChallenge(createDigestChallenge({ realm: 'r', nonce: 'n', qop: ['auth-int'] }));
  const right = await answerDigest(challenge, users[0]!, request);
  const verdictOf = async (change: Partial<typeof expected>) => {
    const verdict = await verifyDigest(right, { ...expected, ...change });
    return verdict.accepted || verdict.by;
  };
  expect(await verdictOf({})).toBe(true);
  expect(await verdictOf({ realm: 'x' })).toBe('realm-differs');
  expect(await verdictOf({ uri: '/b' })).toBe('uri-differs');
  expect(await verdictOf({ users: [] })).toBe('user-unknown');
  expect(await verdictOf({ users: [{ username: 'Mufasa', password: 'x' }] })).toBe('response-differs');
  expect(await verdictOf({ content: Uint8Array.of(9) })).toBe('response-differs');
  expect(await verdictOf({ method: 'GET' })).toBe('response-differs');
  expect(await verdictOf({ nonces: new Map() })).toBe('stale');
  expect(await verdictOf({ nonces: new Map([['n', 1]]) })).toBe('replayed');
});

test('malformed Digest credentials have codes', async () => {
  const run = async (text: string) => {
    try {
      await verifyDigest(parseCredentials(text), expected);
    } catch (error) {
      return error instanceof HttpAuthError ? error.code : error;
    }
    return 'accepted';
  };
  const base = 'Digest username=a, realm=r, nonce=n, uri="/a", response=x';
  expect(await run('Digest username=a')).toBe('HTTP_AUTH_PARAM_MISSING');
  expect(await run(`${base}, algorithm=X`)).toBe('HTTP_AUTH_ALGORITHM_UNSUPPORTED');
  expect(await run(`${base}, qop=x`)).toBe('HTTP_AUTH_QOP_UNSUPPORTED');
  expect(await run(`${base}, qop=auth, nc=1, cnonce=c`)).toBe('HTTP_AUTH_PARAM_WRONG');
  expect(await run(`${base}, username*=UTF-8''a`)).toBe('HTTP_AUTH_PARAM_MISSING');
  expect(await run(base.replace('username=a', "username*=UTF-8''%ff"))).toBe('HTTP_AUTH_PARAM_WRONG');
  expect(await run('Basic YTpi')).toBe('HTTP_AUTH_SCHEME_WRONG');
});

test('RFC 7616 §3.5: Authentication-Info with the next nonce and the server’s proof', async () => {
  const rspauth = await serverResponse({ ...mufasa, algorithm: 'SHA-256' });
  const info = { nextnonce: 'n2', qop: 'auth', rspauth, cnonce: mufasa.cnonce, nc: '00000001' };
  const text = writeAuthenticationInfo(info);
  expect(text).toMatch(/^nextnonce="n2", qop=auth, rspauth="[0-9a-f]{64}", cnonce="f2\/[^"]+", nc=00000001$/);
  expect(parseAuthenticationInfo(text)).toEqual(info);
  expect(rspauth).not.toBe((await digestSteps({ ...mufasa, algorithm: 'SHA-256' })).response);
});

test('RFC 1321 §A.5: the test suite, and Node’s MD5', () => {
  const hex = (text: string) => toHex(md5(new TextEncoder().encode(text)));
  expect(hex('')).toBe('d41d8cd98f00b204e9800998ecf8427e');
  expect(hex('message digest')).toBe('f96b697d7cb7938d525a2f31aaf161d0');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
      expect(toHex(md5(octets))).toBe(createHash('md5').update(octets).digest('hex'));
    }),
  );
});

test('challenges come back as they were written', () => {
  const token = fc.stringMatching(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,8}$/);
  const value = fc.stringMatching(/^[\t\x20-\x7e\x80-\xff]{0,10}$/);
  const lower = token.map((name) => name.toLowerCase());
  const parameters = fc.array(fc.tuple(lower, value), { maxLength: 4 }).map((entries) => new Map(entries));
  const challenge = fc.oneof(
    fc.record({ scheme: token, token68: fc.constant(undefined), parameters }),
    fc.record({
      scheme: token,
      token68: fc.stringMatching(/^[A-Za-z0-9._~+/-]{1,8}={0,2}$/),
      parameters: fc.constant(new Map<string, string>()),
    }),
  );
  fc.assert(
    fc.property(fc.array(challenge, { maxLength: 4 }), (challenges) => {
      expect(parseChallenges(writeChallenges(challenges))).toEqual(challenges);
    }),
  );
});

const octets = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
fuzzDecoder('http-auth', {
  samples: ['Basic realm="a", Digest x=y, z="\\"b", Negotiate abc==', 'Digest username="a", nc=00000001'].map(
    octets,
  ),
  decode: (input) => {
    const text = String.fromCharCode(...input);
    for (const value of parseChallenges(text)) {
      writeAuthValue(value);
      if (value.scheme === 'Basic' && value.token68) readBasicCredentials(value);
    }
    parseAuthenticationInfo(text);
  },
  errorClass: HttpAuthError,
});
