import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caught } from '@/lib/bytes/caught.fixture';
import { fromHex, toHex } from '@/lib/bytes';
import type { ExtensionHeader } from '.';
import {
  createIpv4Packet,
  createIpv6Packet,
  decodeIpv4,
  decodeIpv6,
  encodeIpv4,
  encodeIpv6,
  internetChecksum,
  internetChecksumSteps,
  IpError,
  parseIpAddress,
  parseIpv6Address,
  transportChecksum,
  writeIpAddress,
} from '.';

const SEED = 791;

const codeOf = (action: () => unknown) => {
  const error = caught(IpError, action);
  return error ? `${error.code} at ${error.offset}` : 'no error';
};

test('RFC 1071 §3: the sum of 0001 f203 f4f5 f6f7 is ddf2, its complement the checksum', () => {
  expect(internetChecksum(fromHex('0001f203f4f5f6f7'))).toBe(~0xddf2 & 0xffff);
  expect(internetChecksum(fromHex('0001f2'), fromHex('03f4f5f6f7'))).toBe(~0xddf2 & 0xffff);
});

test('UDP over both families: with the checksum filled in the sum is zero', () => {
  for (const addresses of [
    { source: '192.0.2.1', destination: '198.51.100.7' },
    { source: '2001:db8::1', destination: '2001:db8::7' },
  ]) {
    const datagram = fromHex('1234 0035 000b 0000 616263');
    const checksum = transportChecksum(addresses, 17, datagram);
    datagram.set([checksum >>> 8, checksum & 0xff], 6);
    expect(transportChecksum(addresses, 17, datagram)).toBe(0);
  }
  expect(
    codeOf(() => transportChecksum({ source: '::1', destination: '192.0.2.1' }, 6, new Uint8Array())),
  ).toBe('IP_ADDRESS_FAMILY_MIXED at 0');
});

test.each([
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'], // RFC 5952 §4.2.3: the first of equally long runs
  ['2001:db8::0:1', '2001:db8::1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'], // §4.2.2: one group is not shortened
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
  ['2001:DB8::AAAA', '2001:db8::aaaa'],
  ['::', '::'],
  ['::1', '::1'],
  ['1::', '1::'],
  ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
  ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
])('RFC 5952: %s is written %s', (given, expected) => {
  expect(writeIpAddress(parseIpAddress(given))).toBe(expected);
});

test.each([
  ['1.2.3', 'IP_ADDRESS_MALFORMED at 5'],
  ['1.2.3.256', 'IP_ADDRESS_MALFORMED at 6'],
  ['01.2.3.4', 'IP_ADDRESS_MALFORMED at 0'],
  ['1.2.3.4.5', 'IP_ADDRESS_MALFORMED at 9'],
  ['1::2::3', 'IP_ADDRESS_MALFORMED at 4'],
  ['1:2:3:4:5:6:7', 'IP_ADDRESS_MALFORMED at 13'],
  ['1:2:3:4:5:6:7:8:9', 'IP_ADDRESS_MALFORMED at 17'],
  ['1:2:3:4:5:6:7::', 'no error'],
  ['1:2:3:4:5:6:7::8', 'IP_ADDRESS_MALFORMED at 16'],
  ['1:2:3:4:5:6:7:8::', 'IP_ADDRESS_MALFORMED at 17'],
  ['12345::', 'IP_ADDRESS_MALFORMED at 0'],
  ['::g', 'IP_ADDRESS_MALFORMED at 2'],
  ['1.2.3.4::', 'IP_ADDRESS_MALFORMED at 0'],
  ['1:1.2.3.4::5', 'IP_ADDRESS_MALFORMED at 2'],
  ['::ffff:1.2.3', 'IP_ADDRESS_MALFORMED at 12'],
  ['::ffff:1.2.256.4', 'IP_ADDRESS_MALFORMED at 11'],
  [':1:2:3:4:5:6:7', 'IP_ADDRESS_MALFORMED at 0'],
])('the address %s: %s', (text, expected) => {
  expect(codeOf(() => parseIpAddress(text))).toBe(expected);
});

test(`every address survives writing and parsing (seed ${SEED})`, () => {
  const octet = fc.oneof(fc.constant(0), fc.nat(255));
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(octet, { minLength: 4, maxLength: 4 }),
        fc.array(octet, { minLength: 16, maxLength: 16 }),
      ),
      (octets) => {
        expect([...parseIpAddress(writeIpAddress(Uint8Array.from(octets)))]).toEqual(octets);
      },
    ),
    { seed: SEED, numRuns: 1000 },
  );
});

const payload = fc.uint8Array({ maxLength: 40 });
const ipv4 = fc
  .record({
    dscp: fc.nat(63),
    ecn: fc.nat(3),
    identification: fc.nat(0xffff),
    dontFragment: fc.boolean(),
    moreFragments: fc.boolean(),
    fragmentOffset: fc.nat(0x1fff).map((units) => units * 8),
    ttl: fc.nat(255),
    protocol: fc.nat(255),
    options: fc.nat(10).map((words) => new Uint8Array(words * 4).fill(1)),
    payload,
  })
  .map((fields) => createIpv4Packet({ ...fields, source: '192.0.2.1', destination: '198.51.100.7' }));
const extension: fc.Arbitrary<ExtensionHeader> = fc.oneof(
  fc.record({
    type: fc.constant('opaque' as const),
    header: fc.constantFrom(...([43, 51, 60, 135, 139, 140] as const)),
    data: fc.constantFrom(6, 14).map((length) => new Uint8Array(length).fill(1)),
  }),
  fc.record({
    type: fc.constant('fragment' as const),
    fragmentOffset: fc.constant(0),
    moreFragments: fc.constant(false),
    identification: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  }),
);
/** Behind it stands a piece, not headers, so it is the last. */
const piece: fc.Arbitrary<ExtensionHeader> = fc.record({
  type: fc.constant('fragment' as const),
  fragmentOffset: fc.nat(0x1fff).map((units) => units * 8),
  moreFragments: fc.constant(true),
  identification: fc.nat(),
});
const HOP_BY_HOP: ExtensionHeader = { type: 'opaque', header: 0, data: new Uint8Array(6).fill(1) };
const ipv6 = fc
  .record({
    trafficClass: fc.nat(255),
    flowLabel: fc.nat(0xfffff),
    hopLimit: fc.nat(255),
    // Hop-by-hop options stand first or nowhere.
    extensions: fc
      .tuple(fc.boolean(), fc.array(extension, { maxLength: 4 }), fc.array(piece, { maxLength: 1 }))
      .map(([first, rest, last]) => [...(first ? [HOP_BY_HOP] : []), ...rest, ...last]),
    payload,
  })
  .map((fields) =>
    createIpv6Packet({ ...fields, protocol: 6, source: '2001:db8::1', destination: '2001:db8::7' }),
  );

test(`decode undoes encode, and every cut asks for more (seed ${SEED})`, () => {
  fc.assert(
    fc.property(ipv4, ipv6, fc.nat(), (packet4, packet6, cut) => {
      const octets4 = encodeIpv4(packet4);
      const octets6 = encodeIpv6(packet6);
      expect(decodeIpv4(octets4)?.packet).toEqual(packet4);
      expect(decodeIpv6(octets6)?.packet).toEqual(packet6);
      expect(decodeIpv4(octets4.subarray(0, cut % octets4.length))).toBe(undefined);
      expect(decodeIpv6(octets6.subarray(0, cut % octets6.length))).toBe(undefined);
    }),
    { seed: SEED },
  );
});

test(`any octets: a packet, "need more", or an error with a code (seed ${SEED})`, () => {
  const changes = fc.array(fc.tuple(fc.nat(70), fc.nat(255)), { maxLength: 6 });
  fc.assert(
    fc.property(ipv4, ipv6, changes, (packet4, packet6, list) => {
      for (const [octets, decode] of [
        [encodeIpv4(packet4), decodeIpv4],
        [encodeIpv6(packet6), decodeIpv6],
      ] as const) {
        for (const [at, value] of list) if (at < octets.length) octets[at] = value;
        try {
          decode(octets, []);
        } catch (error) {
          if (!(error instanceof IpError)) throw error;
          expect(error.code).toMatch(/^IP_/);
        }
      }
    }),
    { seed: SEED, numRuns: 1000 },
  );
});

test.each([
  ['version 5', '55', 'IP_VERSION_WRONG at 0'],
  ['a header of 4 words', '44', 'IP_HEADER_LENGTH_WRONG at 0'],
  ['a total length inside the header', `45000013${'00'.repeat(16)}`, 'IP_TOTAL_LENGTH_WRONG at 2'],
  ['a wrong checksum', `45000014${'00'.repeat(16)}`, 'IP_CHECKSUM_WRONG at 10'],
])('IPv4 with %s is malformed', (_name, hex, expected) => {
  expect(codeOf(() => decodeIpv4(fromHex(hex)))).toBe(expected);
});

test('IPv6: an extension chain that runs past the packet, or never ends, is malformed', () => {
  const fixed = (length: number, next: string): string =>
    `60000000${length.toString(16).padStart(4, '0')}${next}40${'00'.repeat(32)}`;
  expect(codeOf(() => decodeIpv6(fromHex(`${fixed(8, '3c')}06ff000000000000`)))).toBe(
    'IP_HEADER_LENGTH_WRONG at 40',
  );
  const endless = `${fixed(80, '3c')}${'3c00000000000000'.repeat(10)}`;
  expect(codeOf(() => decodeIpv6(fromHex(endless)))).toBe('IP_EXTENSION_CHAIN_TOO_LONG at 104');
  expect(toHex(parseIpv6Address('::'))).toBe('00'.repeat(16));
});

test('the checksum, addition by addition, ends where the checksum does (RFC 1071 §1)', () => {
  // The example of RFC 1071 §3: 0001 f203 f4f5 f6f7, whose sum is ddf2.
  const steps = internetChecksumSteps(fromHex('0001f203f4f5f6f7'));
  expect(steps.map(({ sum }) => sum)).toEqual([0x0001, 0xf204, 0xe6fa, 0xddf2]);
  expect(steps.map(({ carried }) => carried)).toEqual([false, false, true, true]);
  expect(internetChecksumSteps(fromHex('ab')).at(-1)).toEqual({ word: 0xab00, sum: 0xab00, carried: false });
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 120 }), (octets) => {
      expect(~(internetChecksumSteps(octets).at(-1)?.sum ?? 0) & 0xffff).toBe(internetChecksum(octets));
    }),
    { seed: 1071 },
  );
});
