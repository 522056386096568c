import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { expectCover } from '@/lib/bytes/cover.fixture';
import { caught } from '@/lib/bytes/caught.fixture';
import type { Span } from '@/lib/bytes';
import { fromHex, toHex } from '@/lib/bytes';
import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import type { DnsMessage, DnsRecord } from '.';
import {
  canonicalName,
  createMessage,
  decodeMessage,
  DNS_TYPES,
  DnsError,
  DnsStreamReader,
  encodeMessage,
  frameMessage,
  isWithin,
  OTHER_DNS_TYPES,
  parentOf,
  parseName,
  readName,
} from '.';
import { message, record } from './messages.fixture';

const SEED = 1035;

const codeOf = (action: () => unknown) => {
  const error = caught(DnsError, action);
  return error ? `${error.code} at ${error.offset}` : 'no error';
};

const file = new URL('../../../../shared/vectors/dns/messages.json', import.meta.url);
const isAbsent = !existsSync(file);
if (isAbsent) console.warn('skipped: ../shared/vectors/dns is not here');
type Vectors = {
  messages: {
    id: string;
    hex: string;
    base64url?: string;
    expect: Record<string, unknown> & { qr: number };
  }[];
  names: { bufferHex: string; names: { offset: number; name: string; next: number }[] };
};
const vectors = isAbsent ? undefined : (JSON.parse(readFileSync(file, 'utf8')) as Vectors);

test.skipIf(isAbsent)('RFC 8484 §4: the messages decode, and the queries encode to the same octets', () => {
  expect(vectors?.messages.length).toBeGreaterThan(0);
  for (const { id, hex, base64url, expect: expected } of vectors?.messages ?? []) {
    const decoded = decodeMessage(fromHex(hex));
    expect([id, decoded]).toMatchObject([id, { ...expected, qr: expected.qr === 1 }]);
    expect([id, toHex(encodeMessage(decoded))]).toEqual([id, hex]);
    if (base64url) expect(Buffer.from(encodeMessage(decoded)).toString('base64url')).toBe(base64url);
  }
});

test.skipIf(isAbsent)('RFC 1035 §4.1.4: names with pointers, at the octets of its example', () => {
  const octets = fromHex(vectors?.names.bufferHex ?? '');
  for (const { offset, name, next } of vectors?.names.names ?? [])
    expect(readName(octets, offset)).toEqual({ name, next });
});

test(`decode undoes encode, compressed or not, and compressed is never longer (seed ${SEED})`, () => {
  fc.assert(
    fc.property(message, (given) => {
      const compressed = encodeMessage(given);
      const plain = encodeMessage(given, { compress: false });
      expect(decodeMessage(compressed)).toEqual(given);
      expect(decodeMessage(plain)).toEqual(given);
      expect(compressed.length).toBeLessThanOrEqual(plain.length);
    }),
    { seed: SEED, numRuns: 500 },
  );
});

test(`every cut is malformed and says where (seed ${SEED})`, () => {
  fc.assert(
    fc.property(message, fc.nat(), (given, cut) => {
      const octets = encodeMessage(given);
      const length = cut % octets.length;
      expect(codeOf(() => decodeMessage(octets.subarray(0, length)))).toMatch(/^DNS_/);
    }),
    { seed: SEED },
  );
});

test(`spans cover every bit once (seed ${SEED})`, () => {
  fc.assert(
    fc.property(message, (given) => {
      const spans: Span[] = [];
      const octets = encodeMessage(given, {}, spans);
      expectCover(spans, octets.length);
    }),
    { seed: SEED },
  );
});

test('RFC 1035 §4.1.4: the ends of names become pointers; in SRV and SVCB they do not (RFC 3597 §4)', () => {
  const base = { class: 'IN', ttl: 1 } as const;
  const answers: DnsRecord[] = [
    { ...base, name: 'www.example.com', type: 'CNAME', data: 'web.example.com' },
    { ...base, name: 'example.com', type: 'MX', data: { preference: 1, exchange: 'web.example.com' } },
    {
      ...base,
      name: 'example.com',
      type: 'SRV',
      data: { priority: 1, weight: 1, port: 1, target: 'web.example.com' },
    },
  ];
  const hex = toHex(encodeMessage(createMessage({ qr: true, answers })));
  // "web" with a pointer to example.com at octet 16, then the whole name as a pointer, then in full.
  expect(hex).toContain('0006' + '03776562c010');
  expect(hex).toContain('0004' + '0001' + 'c027');
  expect(hex).toContain('000100010001' + '03776562076578616d706c6503636f6d00');
});

test.each([
  ['a pointer to itself', 'c00c', 'DNS_POINTER_NOT_BACKWARDS at 12'],
  ['a pointer forwards', 'c00e00', 'DNS_POINTER_NOT_BACKWARDS at 12'],
  ['a pointer into its own name', '0161c00c', 'DNS_POINTER_NOT_BACKWARDS at 14'],
  ['half a pointer', 'c0', 'DNS_MESSAGE_CUT at 12'],
  ['a label of the reserved type 01', '41', 'DNS_LABEL_TYPE_UNKNOWN at 12'],
  ['a label of the reserved type 10', '80', 'DNS_LABEL_TYPE_UNKNOWN at 12'],
  ['a label past the end', '0561', 'DNS_MESSAGE_CUT at 12'],
  ['no root', '0161', 'DNS_MESSAGE_CUT at 14'],
  ['255 octets', '3f'.padEnd(128, '61').repeat(3) + '3d'.padEnd(124, '61') + '00', 'no error'],
  [
    '256 octets',
    '3f'.padEnd(128, '61').repeat(3) + '3e'.padEnd(126, '61') + '00',
    'DNS_NAME_TOO_LONG at 204',
  ],
])('a name with %s', (_cause, hex, expected) => {
  expect(codeOf(() => readName(fromHex('00'.repeat(12) + hex), 12))).toBe(expected);
});

test('a chain of pointers to pointers ends (CVE-2017-9445 and its like)', () => {
  // Each two octets point to the two before; 2000 of them.
  const octets = new Uint8Array(12 + 1 + 4000);
  for (let i = 0; i < 2000; i++) {
    const target = i === 0 ? 12 : 13 + (i - 1) * 2;
    octets.set([0xc0 | (target >>> 8), target & 0xff], 13 + i * 2);
  }
  expect(codeOf(() => readName(octets, 13 + 1999 * 2))).toMatch(/^DNS_TOO_MANY_POINTERS/);
  expect(readName(octets, 13 + 100 * 2).name).toBe('');
});

const answerWith = (type: string, rdata: string): Uint8Array => {
  const octets = rdata.replaceAll(' ', '').length / 2;
  return fromHex(
    `0000 8000 0000 0001 0000 0000 00 ${type} 0001 00000000 ${octets.toString(16).padStart(4, '0')} ${rdata}`,
  );
};
test.each([
  ['an A of 3 octets', answerWith('0001', 'c00002'), 'DNS_RDATA_LENGTH_WRONG at 23'],
  ['an A of 5 octets', answerWith('0001', 'c000020100'), 'DNS_RDATA_LENGTH_WRONG at 27'],
  ['an AAAA of 4 octets', answerWith('001c', 'c0000201'), 'DNS_RDATA_LENGTH_WRONG at 23'],
  ['a TXT of no string', answerWith('0010', ''), 'DNS_RDATA_LENGTH_WRONG at 23'],
  ['a TXT string past its end', answerWith('0010', '0561'), 'DNS_RDATA_LENGTH_WRONG at 24'],
  ['a CAA tag with a space', answerWith('0101', '00 02 6120 61'), 'DNS_RDATA_MALFORMED at 24'],
  ['an empty CAA tag', answerWith('0101', '00 00 61'), 'DNS_RDATA_MALFORMED at 24'],
  [
    'SVCB keys that fall',
    answerWith('0041', '0001 00 0003 0002 01bb 0001 0003 02 6832'),
    'DNS_RDATA_MALFORMED at 32',
  ],
  [
    'an SVCB key twice',
    answerWith('0041', '0001 00 0003 0002 01bb 0003 0002 01bb'),
    'DNS_RDATA_MALFORMED at 32',
  ],
  ['an SVCB value past the data', answerWith('0041', '0001 00 0003 0004 01bb'), 'DNS_RDATA_MALFORMED at 28'],
  ['a port of 3 octets', answerWith('0041', '0001 00 0003 0003 01bb00'), 'DNS_RDATA_MALFORMED at 32'],
  ['an empty ALPN', answerWith('0041', '0001 00 0001 0001 00'), 'DNS_RDATA_MALFORMED at 30'],
  ['mandatory naming itself', answerWith('0041', '0001 00 0000 0002 0000'), 'DNS_RDATA_MALFORMED at 30'],
  ['a compressed SVCB target', answerWith('0041', '0001 c00c'), 'DNS_POINTER_FORBIDDEN at 25'],
  ['an OPT among the answers', answerWith('0029', ''), 'DNS_OPT_MISPLACED at 12'],
  ['octets after the message', fromHex('00'.repeat(13)), 'DNS_OCTETS_AFTER_MESSAGE at 12'],
  ['a header of 11 octets', fromHex('00'.repeat(11)), 'DNS_MESSAGE_CUT at 11'],
  [
    'two OPTs',
    fromHex(`${'00'.repeat(11)}02 00 0029 0200 00000000 0000 00 0029 0200 00000000 0000`),
    'DNS_OPT_MISPLACED at 23',
  ],
  [
    'an OPT of a name',
    fromHex(`${'00'.repeat(11)}01 0161 00 0029 0200 00000000 0000`),
    'DNS_OPT_MISPLACED at 12',
  ],
  [
    'an option past its OPT',
    fromHex(`${'00'.repeat(11)}01 00 0029 0200 00000000 0004 000a 0001`),
    'DNS_RDATA_LENGTH_WRONG at 27',
  ],
])('%s is malformed, at the right octet', (_cause, octets, expected) => {
  const spans: Span[] = [];
  expect(codeOf(() => decodeMessage(octets, spans))).toBe(expected);
});

test('RFC 9460 §8: mandatory keys are written in rising order, each once and without "mandatory"', () => {
  const withKeys = (value: number[]): DnsMessage =>
    createMessage({
      answers: [
        {
          name: 'example.com',
          class: 'IN',
          ttl: 1,
          type: 'SVCB',
          data: {
            priority: 16,
            target: 'foo.example.org',
            params: [
              { key: 'alpn', value: ['h2', 'h3-19'] },
              { key: 'mandatory', value },
              { key: 'ipv4hint', value: ['192.0.2.1'] },
            ],
          },
        },
      ],
    });
  // RFC 9460 D.2, Figure 9.
  expect(toHex(encodeMessage(withKeys([4, 1])))).toContain(
    '0010' + '03666f6f076578616d706c65036f726700' + '0000000400010004' + '00010009026832056833' + '2d3139',
  );
  for (const keys of [[], [0], [1, 1]]) {
    expect(codeOf(() => encodeMessage(withKeys(keys)))).toMatch(/^DNS_RDATA_MALFORMED/);
  }
});

test('RFC 6891 §6.1: OPT carries size, version, DO, options and the upper bits of the RCODE', () => {
  const edns = {
    udpPayloadSize: 1232,
    version: 0,
    dnssecOk: true,
    options: [{ code: 10, data: fromHex('0102030405060708') }],
  };
  const octets = encodeMessage(createMessage({ qr: true, rcode: 16, edns }));
  expect(toHex(octets)).toBe(
    '000080000000000000000001' +
      '00' +
      '0029' +
      '04d0' +
      '01008000' +
      '000c' +
      '000a0008' +
      '0102030405060708',
  );
  expect(decodeMessage(octets)).toMatchObject({ rcode: 16, edns });
  expect(codeOf(() => encodeMessage(createMessage({ rcode: 16 })))).toBe('DNS_FIELD_OUT_OF_RANGE at 3');
});

test('RFC 2181 §9: what does not fit is left out by whole sets, and TC says so; OPT stays', () => {
  const base = { class: 'IN', ttl: 60 } as const;
  const answers = Array.from({ length: 40 }, (_, i): DnsRecord => ({
    ...base,
    name: 'example.com',
    type: 'A',
    data: `192.0.2.${i}`,
  }));
  const additionals: DnsRecord[] = [{ ...base, name: 'ns.example.com', type: 'A', data: '192.0.2.1' }];
  const edns = { udpPayloadSize: 512, version: 0, dnssecOk: false, options: [] };
  const given = createMessage({ qr: true, answers, additionals, edns });
  const cut = decodeMessage(encodeMessage(given, { maxOctets: 512 }));
  expect([cut.tc, cut.answers.length, cut.additionals.length, cut.edns]).toEqual([true, 0, 0, edns]);
  const fits = decodeMessage(encodeMessage(given, { maxOctets: encodeMessage(given).length - 1 }));
  expect([fits.tc, fits.answers.length, fits.additionals.length]).toEqual([false, 40, 0]);
  expect(codeOf(() => encodeMessage(createMessage({ edns }), { maxOctets: 20 }))).toBe(
    'DNS_MESSAGE_TOO_LONG at 0',
  );
});

test('RFC 9471 §3: a referral whose glue does not fit says so', () => {
  const base = { class: 'IN', ttl: 60 } as const;
  const referralTo = (server: string): DnsMessage =>
    createMessage({
      qr: true,
      authorities: [{ ...base, name: 'Example.com', type: 'NS', data: server }],
      additionals: [{ ...base, name: server, type: 'A', data: '192.0.2.1' }],
    });
  const isCut = (message: DnsMessage): boolean =>
    decodeMessage(encodeMessage(message, { maxOctets: encodeMessage(message).length - 1 })).tc;
  expect([isCut(referralTo('ns.example.com')), isCut(referralTo('ns.example.net'))]).toEqual([true, false]);
});

test.each([
  ['a..b', 'DNS_LABEL_EMPTY at 2'],
  ['.a', 'DNS_LABEL_EMPTY at 0'],
  ['..', 'DNS_LABEL_EMPTY at 1'],
  ['a.b..', 'DNS_LABEL_EMPTY at 4'],
  ['x'.repeat(64), 'DNS_LABEL_TOO_LONG at 0'],
  [Array(5).fill('x'.repeat(63)).join('.'), 'DNS_NAME_TOO_LONG at 0'],
  ['bücher.example', 'DNS_ESCAPE_MALFORMED at 1'],
  ['a\\256', 'DNS_ESCAPE_MALFORMED at 1'],
  ['a\\', 'DNS_ESCAPE_MALFORMED at 1'],
  ['a\\12', 'DNS_ESCAPE_MALFORMED at 1'],
  ['example.com.', 'no error'],
  ['', 'no error'],
  ['.', 'no error'],
])('RFC 1035 §5.1: the name %s: %s', (text, expected) => {
  expect(codeOf(() => parseName(text))).toBe(expected);
});

test('names: what is within what, whatever the case (RFC 4343)', () => {
  expect(isWithin('WWW.Example.com', 'example.COM')).toBe(true);
  expect(isWithin('notexample.com', 'example.com')).toBe(false);
  expect(isWithin('anything', '')).toBe(true);
  // An escaped dot is part of a label, an escaped backslash before a dot is not part of the dot (RFC 1035 §5.1).
  expect(isWithin('foo\\.example.com', 'example.com')).toBe(false);
  expect(isWithin('foo\\\\.example.com', 'example.com')).toBe(true);
  expect(isWithin('foo.example.com', 'example.com.')).toBe(true);
  expect([canonicalName('a\\.'), canonicalName('a\\\\.')]).toEqual(['a\\.', 'a\\\\']);
  expect([parentOf('www.example.com'), parentOf('com'), parentOf('')]).toEqual([
    'example.com',
    '',
    undefined,
  ]);
});

test(`RFC 7766 §8: a stream cut anywhere gives the same messages (seed ${SEED})`, () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 5 }),
      fc.integer({ min: 1, max: 7 }),
      (list, step) => {
        const stream = Uint8Array.from(list.flatMap((each) => [...frameMessage(each)]));
        const reader = new DnsStreamReader();
        const seen = [];
        for (let at = 0; at < stream.length; at += step)
          seen.push(...reader.push(stream.subarray(at, at + step)));
        expect(seen).toEqual(list);
      },
    ),
    { seed: SEED },
  );
  expect(codeOf(() => frameMessage(new Uint8Array(65_536)))).toBe('DNS_MESSAGE_TOO_LONG at 0');
});

type PeerRecord = { type: string; name: string; ttl: number; data: unknown };
/** The package brings no types. */
const packet = createRequire(import.meta.url)('dns-packet') as {
  decode(octets: Buffer): { answers: PeerRecord[] };
  encode(message: { answers: PeerRecord[] }): Buffer;
};

/** What dns-packet calls the same. */
function asPeer({ type, data }: DnsRecord): unknown {
  const text = (value: unknown): Buffer =>
    Buffer.from(
      String(value).replaceAll(/\\(\d{3})|\\(.)/g, (_all, digits?: string, sign?: string) =>
        digits === undefined ? (sign ?? '') : String.fromCharCode(Number(digits)),
      ),
      'latin1',
    );
  if (type === 'TXT') return data.map(text);
  if (type === 'CAA') {
    const { flags, tag, value } = data;
    return expect.objectContaining({
      flags,
      tag,
      value: text(value).toString(),
      issuerCritical: flags === 128,
    }) as unknown;
  }
  return typeof data === 'object' ? (expect.objectContaining(data) as unknown) : data;
}

test(`dns-packet reads what we write, and we read what it writes (seed ${SEED})`, () => {
  // Escapes are our own; IPv4-mapped addresses it writes in another form.
  const isPlain = (each: DnsRecord): boolean => {
    const json = JSON.stringify(each, (_key, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    return (
      ['A', 'AAAA', 'NS', 'CNAME', 'PTR', 'DNAME', 'MX', 'SRV', 'SOA', 'CAA', 'TXT'].includes(each.type) &&
      each.class === 'IN' &&
      !/\\\\|::ffff|"::"/.test(json)
    );
  };
  const peerRoot = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (_key, each: unknown) => (each === '.' ? '' : each));
  fc.assert(
    fc.property(fc.array(record, { maxLength: 5 }), (list) => {
      const answers = list.filter(isPlain);
      const octets = encodeMessage(createMessage({ id: 7, qr: true, answers }));
      const theirs = packet.decode(Buffer.from(octets));
      for (const [i, answer] of answers.entries()) {
        const { type, name, ttl, data } = theirs.answers[i]!;
        expect([type, name === '.' ? '' : name, ttl]).toEqual([answer.type, answer.name, answer.ttl]);
        if (answer.type !== 'TXT' && answer.type !== 'CAA') expect(peerRoot(data)).toEqual(asPeer(answer));
        else expect(data).toEqual(asPeer(answer));
      }
      const back = decodeMessage(Uint8Array.from(packet.encode(theirs)));
      expect(back.answers).toEqual(answers);
    }),
    { seed: SEED, numRuns: 300 },
  );
});

test('types are those of the registry', () => {
  const rows = readFileSync(new URL('fixtures/dns-parameters-4.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  const registry = rows.map((row) => row.split(',')).map(([name, value, , ref]) => `${value} ${name} ${ref}`);
  const ours = [...DNS_TYPES, ...OTHER_DNS_TYPES].map(
    ([value, name, ref]) => `${value} ${name} [${ref.replace(/ §.*/, '').replace(' ', '')}]`,
  );
  expect(ours.sort()).toEqual(registry.sort());
});

const samples = fc
  .sample(message, { seed: SEED, numRuns: 200 })
  .map((each: DnsMessage) => encodeMessage(each));
fuzzDecoder('DNS messages', { samples, decode: (octets) => decodeMessage(octets, []), errorClass: DnsError });
fuzzDecoder('what was decoded encodes to the same again', {
  samples,
  decode: (octets) => {
    const decoded = decodeMessage(octets);
    expect(decodeMessage(encodeMessage(decoded))).toEqual(decoded);
  },
  errorClass: DnsError,
  runs: 1000,
});
