import { ExtendedKeyUsageExtension, Extension, SubjectAlternativeNameExtension } from '@peculiar/x509';
import fc from 'fast-check';
import { env } from 'node:process';
import { beforeAll, describe, expect, test } from 'vitest';
import { fromHex } from '@/lib/bytes';
import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import { createRandom } from '@/lib/sim';
import { type ChainExpectations, isForHost, readCertificate, verifyChain, X509Error } from './index';
import { nameText } from './host-name';
import { type Identity, issue, issueChain, NOW_MS, type Order } from './test-support/authority';

let made: Awaited<ReturnType<typeof issueChain>>;
beforeAll(async () => {
  made = await issueChain();
});

const codeOf = async (chain: readonly Uint8Array[], expectations: Partial<ChainExpectations> = {}) => {
  try {
    await verifyChain(chain, {
      trustAnchors: [made.root.der],
      host: 'localhost',
      nowMs: NOW_MS,
      ...expectations,
    });
  } catch (error) {
    if (error instanceof X509Error) return error.code;
    throw error;
  }
  return 'accepted';
};

describe('RFC 5280 §6.1: a chain', () => {
  test('from a server to a trust anchor is accepted, in whatever order it came', async () => {
    const { leaf, middle, root, chain } = made;
    expect(await codeOf(chain)).toBe('accepted');
    expect(await codeOf([leaf.der, root.der, middle.der, middle.der, leaf.der])).toBe('accepted');
  });

  test('without the authority between, or with another root, leads nowhere', async () => {
    const stranger = await issue({ subject: 'CN=Stranger', isAuthority: true });
    expect(await codeOf([made.leaf.der])).toBe('X509_CA_UNKNOWN');
    expect(await codeOf(made.chain, { trustAnchors: [stranger.der] })).toBe('X509_CA_UNKNOWN');
    expect(await codeOf([(await issue()).der])).toBe('X509_CA_UNKNOWN');
    expect(await codeOf([])).toBe('X509_MALFORMED');
  });

  test('by somebody of the same name is no chain', async () => {
    const double = await issue({ subject: 'CN=Test Authority', isAuthority: true });
    const leaf = await issue({}, double);
    expect(await codeOf([leaf.der, made.middle.der])).toBe('X509_SIGNATURE_WRONG');
  });

  test('holds from notBefore to notAfter', async () => {
    for (const [year, verdict] of [
      [2019, 'X509_EXPIRED'],
      [2020, 'accepted'],
      [2099, 'accepted'],
      [2101, 'X509_EXPIRED'],
    ] as const)
      expect(await codeOf(made.chain, { nowMs: Date.UTC(year, 6, 1) })).toBe(verdict);
  });

  const leafOf = (order: Order) => issue(order, made.middle);
  const below = async (issuer: Identity) => [(await issue({}, issuer)).der, issuer.der, made.middle.der];

  test('through a certificate that is no authority is refused (§4.2.1.9)', async () => {
    expect(await codeOf(await below(await leafOf({})))).toBe('X509_NOT_PERMITTED');
  });

  test('is no longer than its authorities allow (§4.2.1.9)', async () => {
    const root = await issue({ subject: 'CN=Short Root', isAuthority: true, pathLength: 0 });
    const middle = await issue({ subject: 'CN=Test Authority', isAuthority: true }, root);
    const direct = await issue({}, root);
    const indirect = await issue({}, middle);
    expect(await codeOf([direct.der], { trustAnchors: [root.der] })).toBe('accepted');
    expect(await codeOf([indirect.der, middle.der], { trustAnchors: [root.der] })).toBe('X509_NOT_PERMITTED');
  });

  test('of authorities that vouch for each other comes to an end', async () => {
    const [a, b] = [
      await issue({ subject: 'CN=A', isAuthority: true }),
      await issue({ subject: 'CN=B', isAuthority: true }),
    ];
    const aByB = await issue({ subject: 'CN=A', isAuthority: true, keys: a.keys }, b);
    const bByA = await issue({ subject: 'CN=B', isAuthority: true, keys: b.keys }, a);
    expect(await codeOf([(await issue({}, b)).der, bByA.der, aByB.der])).toBe('X509_CA_UNKNOWN');
  });

  test('in another encoding than DER is refused (§4.1)', async () => {
    const leaf = made.leaf.der.slice();
    // The length of the whole, which no signature covers.
    leaf[3] = leaf[3]! ^ 4;
    expect(await codeOf([leaf, made.middle.der])).toBe('X509_MALFORMED');
  });

  test('may end in an Ed25519 key, but is not signed by one: the library cannot check that', async () => {
    const keyAlgorithm = { name: 'Ed25519' } as const;
    const leaf = await issue({ keyAlgorithm }, made.middle);
    expect(await codeOf([leaf.der, made.middle.der])).toBe('accepted');
    const root = await issue({ subject: 'CN=Ed', isAuthority: true, keyAlgorithm });
    expect(await codeOf([(await issue({}, root)).der], { trustAnchors: [root.der] })).toBe(
      'X509_SIGNATURE_WRONG',
    );
  });

  test('is for servers (§4.2.1.3, §4.2.1.12)', async () => {
    const clientAuth = new ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.2']);
    const serverAuth = new ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.1']);
    const chainOf = async (order: Order) => [(await leafOf(order)).der, made.middle.der];
    expect(await codeOf(await chainOf({ extensions: [clientAuth] }))).toBe('X509_NOT_PERMITTED');
    expect(await codeOf(await chainOf({ extensions: [serverAuth] }))).toBe('accepted');
  });

  test('has no critical extension that nobody knows (§4.2)', async () => {
    const odd = (critical: boolean) => new Extension('1.2.3.4', critical, fromHex('0500').slice());
    const chainOf = async (order: Order) => [(await leafOf(order)).der, made.middle.der];
    expect(await codeOf(await chainOf({ extensions: [odd(true)] }))).toBe('X509_UNSUPPORTED');
    expect(await codeOf(await chainOf({ extensions: [odd(false)] }))).toBe('accepted');
  });

  test('has each extension once, and addresses of 4 octets or 16 (§4.2, §4.2.1.6)', async () => {
    const chainOf = async (order: Order) => [(await leafOf(order)).der, made.middle.der];
    const odd = new Extension('1.2.3.4', false, fromHex('0500').slice());
    const other = new SubjectAlternativeNameExtension([{ type: 'dns', value: 'other' }]);
    const name = '82096c6f63616c686f7374';
    const addressOf = (octets: string) => new Extension('2.5.29.17', false, fromHex(octets).slice());
    for (const [extensions, verdict] of [
      [[odd], 'accepted'],
      [[odd, odd], 'X509_MALFORMED'],
      [[other], 'X509_MALFORMED'],
    ] as const)
      expect(await codeOf(await chainOf({ extensions: [...extensions] }))).toBe(verdict);
    for (const [octets, verdict] of [
      [`3011${name}8704c0000201`, 'accepted'],
      [`3010${name}8703c00002`, 'X509_MALFORMED'],
    ] as const)
      expect(await codeOf(await chainOf({ names: [], extensions: [addressOf(octets)] }))).toBe(verdict);
  });

  test.each([
    ['SHA-256', 'accepted'],
    ['SHA-1', 'X509_SIGNATURE_WRONG'],
  ])('signed by RSA with %s: %s (RFC 8446 §4.4.2.4)', async (hash, verdict) => {
    const root = await issue({
      subject: 'CN=RSA Root',
      isAuthority: true,
      keyAlgorithm: {
        name: 'RSASSA-PKCS1-v1_5',
        hash,
        modulusLength: 2048,
        publicExponent: Uint8Array.of(1, 0, 1),
      },
    });
    const leaf = await issue({}, root);
    expect(await codeOf([leaf.der], { trustAnchors: [root.der] })).toBe(verdict);
  });

  test('stays within what its authorities may name (§4.2.1.10)', async () => {
    // permittedSubtrees [0] with dNSName [2] "example.org"
    const value = fromHex(
      '300fa00d300b82096578616d706c652e6f7267'.replace('300fa00d300b8209', '3011a00f300d820b'),
    );
    const limited = await issue(
      {
        subject: 'CN=Limited',
        isAuthority: true,
        extensions: [new Extension('2.5.29.30', true, value.slice())],
      },
      made.root,
    );
    const verdict = async (names: string[], host: string) => {
      const leaf = await issue({ names: names.map((name) => ({ type: 'dns', value: name })) }, limited);
      return codeOf([leaf.der, limited.der], { host });
    };
    expect(await verdict(['www.example.org'], 'www.example.org')).toBe('accepted');
    expect(await verdict(['bank.example'], 'bank.example')).toBe('X509_NOT_PERMITTED');
    // One good name does not carry another, whichever of them is asked for (§6.1.3).
    for (const host of ['www.example.org', 'bank.example'])
      expect(await verdict(['www.example.org', 'bank.example'], host)).toBe('X509_NOT_PERMITTED');
    expect(await verdict(['notexample.org'], 'notexample.org')).toBe('X509_NOT_PERMITTED');
  });

  test('of more than ten certificates is not looked at', async () => {
    expect(await codeOf(new Array<Uint8Array>(11).fill(made.leaf.der))).toBe('X509_UNSUPPORTED');
  });
});

describe('RFC 9525 §6: the host', () => {
  const names = (...dnsNames: string[]) => ({ dnsNames, ipAddresses: [] });

  test.each([
    ['example.org', 'example.org', true],
    ['Example.ORG', 'eXample.org.', true],
    ['www.example.org', 'example.org', false],
    ['*.example.org', 'www.example.org', true],
    ['*.example.org', 'example.org', false],
    ['*.example.org', 'a.b.example.org', false],
    ['*.example.org', '.example.org', false],
    ['w*.example.org', 'www.example.org', false],
    ['www.*.org', 'www.example.org', false],
    ['*.org', 'example.org', false],
    ['*', 'localhost', false],
    ['', '', false],
    ['192.0.2.1', '192.0.2.1', false],
    ['*.0.2.1', '192.0.2.1', false],
  ])('%s is for %s: %s', (presented, host, isMatch) => {
    expect(isForHost(names(presented), host)).toBe(isMatch);
  });

  test('an address is held against iPAddress, octet by octet', () => {
    const presented = {
      dnsNames: [],
      ipAddresses: [Uint8Array.of(192, 0, 2, 1), new Uint8Array(16).fill(1)],
    };
    expect(isForHost(presented, '192.0.2.1')).toBe(true);
    expect(isForHost(presented, '192.0.2.2')).toBe(false);
    expect(isForHost(presented, '[101:101:101:101:101:101:101:101]')).toBe(true);
  });

  test('the common name counts for nothing', async () => {
    const leaf = await issue(
      { subject: 'CN=localhost', names: [{ type: 'dns', value: 'other' }] },
      made.middle,
    );
    expect(await codeOf([leaf.der, made.middle.der])).toBe('X509_HOST_WRONG');
  });

  test('what a certificate is for is said as a host is written, addresses too', async () => {
    const presented: Order['names'] = [
      { type: 'dns', value: 'example.org' },
      { type: 'ip', value: '192.0.2.1' },
      { type: 'ip', value: '2001:db8::1' },
    ];
    const { der } = await issue({ names: presented }, made.middle);
    await expect(
      verifyChain([der, made.middle.der], {
        trustAnchors: [made.root.der],
        host: 'localhost',
        nowMs: NOW_MS,
      }),
    ).rejects.toThrow('example.org, 192.0.2.1, 2001:db8::1');
    expect(nameText(Uint8Array.of(1, 2, 3))).toBe('010203');
  });

  test('a wildcard never matches across a dot', () => {
    const label = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 5 }), (labels) => {
        const host = [...labels, 'example', 'org'].join('.');
        expect(isForHost(names('*.example.org'), host)).toBe(labels.length === 1);
      }),
    );
  });
});

test('a certificate is read', async () => {
  const names: Order['names'] = [
    { type: 'dns', value: 'example.org' },
    { type: 'ip', value: '192.0.2.1' },
  ];
  const notAfter = new Date('2030-01-02T03:04:05Z');
  const { der, keys } = await issue({ subject: 'CN=example.org, O=Example', names, notAfter }, made.middle);
  expect(readCertificate(der)).toMatchObject({
    subject: 'CN=example.org, O=Example',
    issuer: 'CN=Test Authority',
    notAfterMs: notAfter.getTime(),
    dnsNames: ['example.org'],
    ipAddresses: [Uint8Array.of(192, 0, 2, 1)],
    subjectPublicKeyInfo: new Uint8Array(await crypto.subtle.exportKey('spki', keys.publicKey)),
  });
});

const sample = await issue();
fuzzDecoder('X.509 certificates', {
  samples: [sample.der],
  decode: readCertificate,
  errorClass: X509Error,
  runs: 1000,
});

const runs = Math.min(Number(env.FUZZ_RUNS ?? 100), 20_000);
const seed = Number(env.FUZZ_SEED ?? 20_260_101);
test(
  `fuzz: chains with an octet changed, ${runs} of them (FUZZ_SEED=${seed})`,
  { timeout: 600_000 },
  async () => {
    const random = createRandom(seed);
    for (let run = 0; run < runs; run++) {
      const chain = made.chain.map((der) => der.slice());
      const damaged = chain[random.integer(0, 1)]!;
      // An ECDSA signature's own numbers have more than one spelling that the library reads.
      const at = random.integer(0, damaged.length - 80);
      damaged[at] = damaged[at]! ^ (1 << random.integer(0, 7));
      expect(await codeOf(chain), `run ${run}, octet ${at}`).not.toBe('accepted');
    }
  },
);
