import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { expectCover } from '@/lib/bytes/cover.fixture';
import { caught } from '@/lib/bytes/caught.fixture';
import type { Span } from '@/lib/bytes';
import { fromHex } from '@/lib/bytes';
import { createRandom } from '@/lib/sim';
import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import type { ExtensionHeader, Ipv6Packet } from '.';
import {
  createIpv4Packet,
  createIpv6Packet,
  decodeIpv4,
  decodeIpv6,
  decodeIpv6Options,
  decodeRoutingHeader,
  encodeIpv4,
  encodeIpv6,
  fragmentIpv4,
  fragmentIpv6,
  internetChecksum,
  IP_PROTOCOLS,
  IpError,
  PROTOCOL_NUMBERS,
  protocolName,
  REASSEMBLY_LIMITS,
  Reassembler,
} from '.';

const SEED = 8200;
const ends4 = { source: '192.0.2.1', destination: '198.51.100.7', protocol: 17 };
const ends6 = { source: '2001:db8::1', destination: '2001:db8::7', protocol: 17 };
const opaque = (header: 0 | 43 | 51 | 60, hex: string): ExtensionHeader => ({
  type: 'opaque',
  header,
  data: fromHex(hex),
});

const codeOf = (action: () => unknown) => {
  const error = caught(IpError, action);
  return error ? `${error.code} at ${error.offset}` : 'no error';
};

test('RFC 8200 §4.2: options say what a node does that does not know them', () => {
  // Router Alert, Pad1, PadN of 3, and two that nobody has.
  const data = fromHex('0502 0000 00 0101 00 8500 e501ff');
  expect(
    decodeIpv6Options(data).map(({ type, ifUnknown, mayChange, data: value }) => [
      type,
      ifUnknown,
      mayChange,
      value.length,
    ]),
  ).toEqual([
    [0x05, 'skip', false, 2],
    [0x00, 'skip', false, 0],
    [0x01, 'skip', false, 1],
    [0x85, 'discard-and-report', false, 0],
    [0xe5, 'discard-and-report-unicast', true, 1],
  ]);
  expect(codeOf(() => decodeIpv6Options(fromHex('05')))).toBe('IP_OPTION_PAST_END at 1');
  expect(codeOf(() => decodeIpv6Options(fromHex('00050200')))).toBe('IP_OPTION_PAST_END at 2');
});

test('RFC 8200 §4.4: what all routing headers begin with', () => {
  expect(decodeRoutingHeader(fromHex('0402aabb'))).toEqual({
    routingType: 4,
    segmentsLeft: 2,
    data: fromHex('aabb'),
  });
});

test('RFC 8200 §4.1: hop-by-hop options come first, and nowhere else', () => {
  const extensions = [opaque(60, '010400000000'), opaque(0, '010400000000')];
  const packet = createIpv6Packet({ ...ends6, payload: new Uint8Array(), extensions });
  expect(codeOf(() => encodeIpv6(packet))).toBe('IP_EXTENSION_MISPLACED at 48');
  const right = encodeIpv6({ ...packet, extensions: [extensions[1]!, extensions[0]!] });
  right[6] = 60;
  right[40] = 0;
  expect(codeOf(() => decodeIpv6(right))).toBe('IP_EXTENSION_MISPLACED at 48');
});

test('RFC 4302 §2.2: an authentication header counts in fours, and the walk goes on behind it; ESP ends it', () => {
  const header = opaque(51, `0000 00000001 00000001 ${'ab'.repeat(12)}`);
  const octets = encodeIpv6(createIpv6Packet({ ...ends6, payload: fromHex('0102'), extensions: [header] }));
  expect([octets[6], octets[41]]).toEqual([51, 4]);
  expect(decodeIpv6(octets)?.packet).toMatchObject({
    protocol: 17,
    extensions: [header],
    payload: fromHex('0102'),
  });
  octets[6] = IP_PROTOCOLS.esp;
  expect(decodeIpv6(octets)?.packet).toMatchObject({ protocol: 50, extensions: [] });
});

test('reserved bits are traced as they stand there', () => {
  const octets4 = encodeIpv4(createIpv4Packet({ ...ends4, dontFragment: false, payload: payload(0) }));
  octets4[6] = 0x80;
  const sum = internetChecksum(octets4.subarray(0, 10), octets4.subarray(12));
  octets4.set([sum >>> 8, sum & 0xff], 10);
  const fragment = { type: 'fragment', fragmentOffset: 8, moreFragments: true, identification: 7 } as const;
  const octets6 = encodeIpv6(createIpv6Packet({ ...ends6, payload: payload(8), extensions: [fragment] }));
  octets6.set([0xab, 0, 0x0d], 41);
  const reserved = (decode: (spans: Span[]) => unknown): string[] => {
    const spans: Span[] = [];
    decode(spans);
    return spans.filter(({ name }) => name === 'Reserved').map(({ value }) => value);
  };
  expect(reserved((spans) => decodeIpv4(octets4, spans))).toEqual(['1']);
  expect(reserved((spans) => decodeIpv6(octets6, spans))).toEqual([String(0xab), '2']);
});

test('extension headers are traced to their options and fields, every bit once', () => {
  const extensions = [
    opaque(0, '0502 0000 0100'),
    opaque(43, '0001 00000000'),
    opaque(60, '0009ffffffff'),
    { type: 'fragment', fragmentOffset: 8, moreFragments: true, identification: 7 } as const,
  ];
  const spans: Span[] = [];
  const octets = encodeIpv6(createIpv6Packet({ ...ends6, payload: fromHex('01'), extensions }), spans);
  expectCover(spans, octets.length);
  expect(spans.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Router Alert', 'PadN: Length', 'Segments Left']),
  );
  // Options that run past their header are shown as octets.
  expect(spans.find(({ name }) => name === '60 (destination options)')?.value).toBe('00 09 ff ff ff ff');
});

test('fields that do not fit are refused', () => {
  const packet = createIpv6Packet({ ...ends6, payload: new Uint8Array() });
  for (const wrong of [{ trafficClass: -1 }, { flowLabel: 0x100000 }, { hopLimit: 1.5 }, { protocol: 256 }])
    expect(codeOf(() => encodeIpv6({ ...packet, ...wrong }))).toBe('IP_FIELD_OUT_OF_RANGE at 0');
  const fragment = { type: 'fragment', fragmentOffset: 4, moreFragments: true, identification: 7 } as const;
  expect(codeOf(() => encodeIpv6({ ...packet, extensions: [fragment] }))).toBe('IP_FIELD_OUT_OF_RANGE at 40');
});

const payload = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i % 251);

test(`cut and put together it is the same, in any order, repeated, and cut again on the way (seed ${SEED})`, () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2000 }),
      fc.integer({ min: 68, max: 1500 }),
      fc.integer({ min: 68, max: 600 }),
      fc.integer(),
      (length, mtu, laterMtu, seed) => {
        const random = createRandom(seed);
        const shuffled = <P>(list: readonly P[]): P[] =>
          list
            .map((each) => ({ each, at: random.next() }))
            .sort((x, y) => x.at - y.at)
            .map(({ each }) => each);
        const octets = payload(length);
        const packet4 = createIpv4Packet({
          ...ends4,
          payload: octets,
          dontFragment: false,
          identification: 9,
        });
        const pieces4 = fragmentIpv4(packet4, mtu).flatMap((piece) => fragmentIpv4(piece, laterMtu));
        for (const piece of pieces4) expect(encodeIpv4(piece).length).toBeLessThanOrEqual(laterMtu);
        const packet6 = createIpv6Packet({ ...ends6, payload: octets });
        const pieces6 = fragmentIpv6(packet6, Math.max(mtu, 80), 9);
        for (const piece of pieces6) expect(encodeIpv6(piece).length).toBeLessThanOrEqual(Math.max(mtu, 80));
        for (const pieces of [pieces4, pieces6]) {
          const reassembler = new Reassembler();
          const [first, ...others] = shuffled<Ipv6Packet | (typeof pieces4)[number]>(pieces);
          const all = pieces.length === 1 ? [first!] : [first!, first!, ...others];
          const whole = all.map((piece) => reassembler.push(piece, 0)).filter((each) => each !== undefined);
          const ends = pieces === pieces4 ? ends4 : ends6;
          expect(whole).toEqual([{ ...ends, payload: octets }]);
          expect(reassembler.pendingPackets).toBe(0);
        }
      },
    ),
    { seed: SEED, numRuns: 40 },
  );
});

test('RFC 8200 §4.5: what routers look at stands in every fragment, the rest is cut', () => {
  const extensions = [
    opaque(0, '010400000000'),
    opaque(60, '010400000000'),
    opaque(43, '000000000000'),
    opaque(60, '010400000000'),
  ];
  const given = createIpv6Packet({ ...ends6, payload: payload(2000), extensions });
  const pieces = fragmentIpv6(given, 1280, 1);
  for (const { extensions: kept, protocol } of pieces) {
    expect(kept.map((each) => (each.type === 'fragment' ? 44 : each.header))).toEqual([0, 60, 43, 44]);
    expect(protocol).toBe(60);
  }
  const reassembler = new Reassembler();
  const arrived = pieces.map((piece) => decodeIpv6(encodeIpv6(piece))!.packet);
  expect(arrived).toEqual(pieces);
  const whole = arrived.map((piece) => reassembler.push(piece, 0)).at(-1);
  expect([whole?.protocol, whole?.payload.length]).toEqual([60, 2008]);
  expect(codeOf(() => fragmentIpv6(pieces[0]!, 600, 2))).toBe('IP_FRAGMENT_NOT_ALLOWED at 40');
});

test('RFC 8200 §4.5: the first fragment says what the whole is, whichever comes last', () => {
  const pieces = fragmentIpv6(createIpv6Packet({ ...ends6, payload: payload(200) }), 128, 1);
  const reassembler = new Reassembler();
  const whole = [...pieces]
    .reverse()
    .map((piece, i) => reassembler.push(i === pieces.length - 1 ? piece : { ...piece, protocol: 59 }, 0))
    .at(-1);
  expect([whole?.protocol, whole?.payload.length]).toEqual([pieces[0]?.protocol, 200]);
  const first = new Reassembler();
  const inOrder = pieces
    .map((piece, i) => first.push(i === 0 ? piece : { ...piece, protocol: 59 }, 0))
    .at(-1);
  expect(inOrder?.protocol).toBe(pieces[0]?.protocol);
});

test('RFC 791 §3.1: Don’t Fragment means it, and only copied options go into later fragments', () => {
  expect(codeOf(() => fragmentIpv4(createIpv4Packet({ ...ends4, payload: payload(100) }), 68))).toBe(
    'IP_FRAGMENT_NOT_ALLOWED at 6',
  );
  // No-op, a record route (not copied), a loose source route (copied), end.
  const options = fromHex('01 0703 04 8303 04 00');
  const given = createIpv4Packet({ ...ends4, dontFragment: false, payload: payload(100), options });
  expect(fragmentIpv4(given, 68).map((piece) => [...piece.options])).toEqual([
    [...options],
    ...Array.from({ length: 1 }, () => [0x83, 3, 4, 0]),
    [0x83, 3, 4, 0],
  ]);
});

test('RFC 8200 §4.5, RFC 5722: pieces that overlap, or are not in eights, cost the packet', () => {
  const piece = (fragmentOffset: number, length: number, moreFragments = true) =>
    createIpv6Packet({
      ...ends6,
      payload: payload(length),
      extensions: [{ type: 'fragment', fragmentOffset, moreFragments, identification: 1 }],
    });
  for (const [first, second] of [
    [piece(0, 16), piece(8, 16)],
    [piece(8, 8), piece(0, 16)],
    [piece(8, 8, false), piece(16, 8)],
    [piece(16, 8), piece(8, 8, false)],
    [piece(16, 8, false), piece(24, 8, false)],
    [piece(0, 8), piece(8, 7)],
    [piece(0, 8), piece(65_528, 8, false)],
    [piece(0, 8), piece(8, 0)],
  ] as const) {
    const reassembler = new Reassembler();
    expect(reassembler.push(first, 0)).toBe(undefined);
    expect(codeOf(() => reassembler.push(second, 0))).toBe('IP_FRAGMENT_MALFORMED at 0');
    expect(reassembler.pendingPackets).toBe(0);
  }
});

test('what does not come in a minute is given up, and so is the oldest of too many; a fragment of all is whole', () => {
  const piece = (identification: number, fragmentOffset: number, moreFragments: boolean) =>
    createIpv6Packet({
      ...ends6,
      payload: payload(8),
      extensions: [{ type: 'fragment', fragmentOffset, moreFragments, identification }],
    });
  const reassembler = new Reassembler();
  reassembler.push(piece(1, 0, true), 0);
  expect(reassembler.push(piece(1, 8, false), REASSEMBLY_LIMITS.timeoutMs)).toBe(undefined);
  for (let id = 2; id < 200; id++) reassembler.push(piece(id, 0, true), 60_000);
  expect(reassembler.pendingPackets).toBe(REASSEMBLY_LIMITS.packets);
  expect(reassembler.push(piece(300, 0, false), 60_000)?.payload.length).toBe(8);
});

test('protocol numbers are those of the registry', () => {
  const file = new URL('fixtures/protocol-numbers-1.csv', import.meta.url);
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split(','));
  expect(PROTOCOL_NUMBERS.map(([number, keyword]) => `${number} ${keyword}`)).toEqual(
    rows.map(([number, keyword, name]) => `${number} ${keyword || name}`),
  );
  expect(PROTOCOL_NUMBERS.map(([, , , length]) => length !== '')).toEqual(
    rows.map(([, , , isExtension]) => isExtension === 'Y'),
  );
  const known = new Set<number>(PROTOCOL_NUMBERS.map(([number]) => number));
  expect(Object.values(IP_PROTOCOLS).every((number) => known.has(number))).toBe(true);
  expect([protocolName(6), protocolName(254)]).toEqual(['6 (TCP)', '254']);
});

fuzzDecoder('IPv4 packets', {
  samples: [
    encodeIpv4(createIpv4Packet({ ...ends4, payload: payload(20) })),
    encodeIpv4(createIpv4Packet({ ...ends4, payload: payload(9), options: fromHex('01010100') })),
  ],
  decode: (octets) => decodeIpv4(octets, []),
  errorClass: IpError,
});

const ALL_EXTENSIONS = [
  opaque(0, '0502 0000 0100'),
  opaque(60, '010400000000'),
  opaque(43, '000000000000'),
  { type: 'fragment', fragmentOffset: 0, moreFragments: true, identification: 7 } as const,
];
fuzzDecoder('IPv6 packets', {
  samples: [
    encodeIpv6(createIpv6Packet({ ...ends6, payload: payload(20) })),
    encodeIpv6(createIpv6Packet({ ...ends6, payload: payload(9), extensions: ALL_EXTENSIONS })),
  ],
  decode: (octets) => decodeIpv6(octets, []),
  errorClass: IpError,
});

fuzzDecoder('fragments', {
  samples: fragmentIpv6(createIpv6Packet({ ...ends6, payload: payload(300) }), 128, 1).map((piece) =>
    encodeIpv6(piece),
  ),
  decode: (octets, random) => {
    const reassembler = new Reassembler();
    const decoded = decodeIpv6(octets)?.packet;
    for (let i = 0; decoded && i < 3; i++) reassembler.push(decoded, random.integer(0, 100_000) * i);
  },
  errorClass: IpError,
});
