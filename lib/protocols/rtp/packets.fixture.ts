import fc from 'fast-check';
import type { HeaderExtension, RtpPacket } from './packet';
import type { RtcpDatagram, RtcpPacket, ReportBlock, SdesItem } from './rtcp';

const unsigned = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 });
const uint32 = unsigned(32);
const octets = (maxLength: number, minLength = 0) => fc.uint8Array({ minLength, maxLength });
const words = (most: number) =>
  fc.nat(most).chain((count) => fc.uint8Array({ minLength: 4 * count, maxLength: 4 * count }));
const texts = fc.string({ unit: 'grapheme', maxLength: 12 });

const elements = (maxId: number, least: number, most: number) =>
  fc.array(fc.record({ id: fc.integer({ min: 1, max: maxId }), data: octets(most, least) }), {
    maxLength: 4,
  });

export const extensions: fc.Arbitrary<HeaderExtension> = fc.oneof(
  fc.record({ form: fc.constant('one-byte' as const), elements: elements(14, 1, 16) }),
  fc.record({ form: fc.constant('two-byte' as const), appBits: unsigned(4), elements: elements(255, 0, 24) }),
  fc.record({
    form: fc.constant('other' as const),
    profile: unsigned(16).filter((profile) => profile !== 0xbede && (profile & 0xfff0) !== 0x1000),
    data: words(4),
  }),
);

/** Any RTP packet that may be sent. */
export const rtpPackets: fc.Arbitrary<RtpPacket> = fc
  .record({
    marker: fc.boolean(),
    payloadType: unsigned(7),
    sequenceNumber: unsigned(16),
    timestamp: uint32,
    ssrc: uint32,
    csrcs: fc.array(uint32, { maxLength: 15 }),
    payload: octets(60),
    paddingOctets: fc.oneof(fc.constant(0), unsigned(8)),
  })
  .chain((packet) =>
    fc.oneof(
      fc.constant(packet),
      extensions.map((extension) => ({ ...packet, extension })),
    ),
  );

const reports: fc.Arbitrary<ReportBlock[]> = fc.array(
  fc.record({
    ssrc: uint32,
    fractionLost: unsigned(8),
    cumulativeLost: fc.integer({ min: -0x80_0000, max: 0x7f_ffff }),
    extendedHighestSequence: uint32,
    jitter: uint32,
    lastSr: uint32,
    delaySinceLastSr: uint32,
  }),
  { maxLength: 3 },
);

const items: fc.Arbitrary<SdesItem> = fc.oneof(
  fc.record({ type: fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 12, 13, 15), text: texts }),
  fc.record({ type: fc.constant(8 as const), prefix: texts, text: texts }),
  fc.record({ type: fc.constantFrom(9, 10, 11, 14, 16, 255), value: octets(20) }),
);

const ends = { senderSsrc: uint32, mediaSsrc: uint32 };

export const rtcpPackets: fc.Arbitrary<RtcpPacket> = fc.oneof(
  fc.record({
    kind: fc.constant('sr' as const),
    ssrc: uint32,
    ntpTimestamp: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
    rtpTimestamp: uint32,
    packetCount: uint32,
    octetCount: uint32,
    reports,
    extension: words(3),
  }),
  fc.record({ kind: fc.constant('rr' as const), ssrc: uint32, reports, extension: words(3) }),
  fc.record({
    kind: fc.constant('sdes' as const),
    chunks: fc.array(fc.record({ ssrc: uint32, items: fc.array(items, { maxLength: 4 }) }), { maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant('bye' as const), sources: fc.array(uint32, { maxLength: 31 }) }),
  fc.record({
    kind: fc.constant('bye' as const),
    sources: fc.array(uint32, { maxLength: 4 }),
    reason: texts,
  }),
  fc.record({
    kind: fc.constant('app' as const),
    subtype: unsigned(5),
    ssrc: uint32,
    name: fc.string({ unit: 'grapheme-ascii', minLength: 4, maxLength: 4 }),
    data: words(4),
  }),
  fc.record({
    kind: fc.constant('nack' as const),
    ...ends,
    entries: fc.array(fc.record({ pid: unsigned(16), blp: unsigned(16) }), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant('pli' as const), ...ends }),
  fc.record({
    kind: fc.constant('fir' as const),
    ...ends,
    entries: fc.array(fc.record({ ssrc: uint32, sequence: unsigned(8) }), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('rtpfb' as const),
    format: fc.constantFrom(3, 4, 11, 15),
    ...ends,
    fci: words(4),
  }),
  fc.record({
    kind: fc.constant('psfb' as const),
    format: fc.constantFrom(2, 3, 15),
    ...ends,
    fci: words(4),
  }),
  fc.record({
    kind: fc.constant('unknown' as const),
    type: fc.constantFrom(194, 195, 207, 213, 255),
    count: unsigned(5),
    body: words(6),
  }),
);

/** Any datagram of RTCP, of reduced size too. */
export const rtcpDatagrams: fc.Arbitrary<RtcpDatagram> = fc.record({
  packets: fc.array(rtcpPackets, { minLength: 1, maxLength: 4 }),
  paddingOctets: fc.constantFrom(0, 0, 4, 8, 252),
});
