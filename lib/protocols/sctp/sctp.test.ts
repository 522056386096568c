import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectCover } from '@/lib/bytes/cover.fixture';
import { caught } from '@/lib/bytes/caught.fixture';
import type { Span } from '@/lib/bytes';
import { fromHex } from '@/lib/bytes';
import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import { writeCookie } from './cookie';
import {
  Association,
  crc32c,
  decodeDcep,
  decodePacket,
  encodeDcep,
  encodePacket,
  fragmentMessage,
  Inbound,
  SctpError,
} from './index';
import { packets } from './packets.fixture';

const codeOf = (run: () => unknown) => caught(SctpError, run)?.code ?? 'accepted';

/** A packet with one chunk given in hexadecimal; the checksum is left at zero. */
const withChunk = (hex: string) => fromHex(`138813880000000100000000${hex}`);

describe('RFC 9260 §3: packets', () => {
  test('decoding what was encoded gives the same packet, checksum included', () => {
    fc.assert(
      fc.property(packets, (packet) => {
        const decoded = decodePacket(encodePacket(packet));
        expect(decoded).toMatchObject(packet);
        expect(decoded.checksumValid).toBe(true);
      }),
    );
  });

  test('spans cover every bit of a packet once, in order', () => {
    fc.assert(
      fc.property(packets, (packet) => {
        const octets = encodePacket(packet);
        const spans: Span[] = [];
        decodePacket(octets, spans);
        expectCover(spans, octets.length);
      }),
    );
  });

  test('a changed octet is seen by the checksum (Appendix A)', () => {
    fc.assert(
      fc.property(packets, fc.nat(), fc.integer({ min: 1, max: 255 }), (packet, where, change) => {
        const octets = encodePacket(packet);
        octets[where % octets.length]! ^= change;
        try {
          expect(decodePacket(octets).checksumValid).toBe(false);
        } catch (error) {
          expect(error).toBeInstanceOf(SctpError);
        }
      }),
    );
  });

  test.each([
    ['SCTP_PACKET_TRUNCATED', fromHex('1388138800000001000000')],
    ['SCTP_CHUNK_TRUNCATED', withChunk('0b0000')],
    ['SCTP_CHUNK_LENGTH_WRONG', withChunk('0b000003')],
    ['SCTP_CHUNK_PAST_END', withChunk('0a00000900000000')],
    ['SCTP_DATA_EMPTY', withChunk('0003001000000001000000000000 0033')],
    ['SCTP_TAG_ZERO', withChunk('01000014 00000000 00010000 0001 0001 00000001')],
    ['SCTP_STREAM_COUNT_ZERO', withChunk('01000014 00000001 00010000 0000 0001 00000001')],
    ['SCTP_CHUNK_NOT_ALONE', withChunk('0b000004 0e000004')],
    ['SCTP_PARAMETER_LENGTH_WRONG', withChunk('04000008 00010003')],
    ['SCTP_GAP_BLOCK_WRONG', withChunk('03000014 00000001 00001000 0001 0000 0003 0002')],
    ['SCTP_CHUNK_LENGTH_WRONG', withChunk('03000010 00000001 00001000 0001 0000')],
    ['SCTP_CHUNK_LENGTH_WRONG', withChunk('c000000a 00000001 00010000')],
  ])('%s', (code, octets) => {
    expect(codeOf(() => decodePacket(octets))).toBe(code);
  });

  test('the padding of the last chunk may be missing', () => {
    expect(decodePacket(withChunk('0a000005ff')).chunks).toEqual([
      { kind: 'cookie-echo', cookie: Uint8Array.of(255) },
    ]);
  });
});

describe('RFC 9260 §6.9: fragmentation and reassembly', () => {
  const message = (data: Uint8Array, unordered = false) => ({ streamId: 3, ppid: 53, unordered, data });

  test('parts in any order, some twice, give the messages once and in turn', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 0xffffffff }),
        fc.infiniteStream(fc.nat()),
        (texts, maxUserData, initialTsn, chance) => {
          let firstTsn = initialTsn;
          const chunks = texts.flatMap((data, streamSeq) => {
            const parts = fragmentMessage(message(data), { firstTsn, streamSeq, maxUserData });
            firstTsn = (firstTsn + parts.length) >>> 0;
            return parts;
          });
          const rank = new Map(chunks.map((chunk) => [chunk, chance.next().value]));
          const shuffled = chunks.toSorted((a, b) => rank.get(a)! - rank.get(b)!);
          const inbound = new Inbound(initialTsn);
          const received = [...shuffled, chunks[0]!].flatMap((chunk) => inbound.receive(chunk));
          expect(received.map(({ data }) => data)).toEqual(texts);
          expect(inbound.sack()).toMatchObject({
            cumulativeTsn: (firstTsn - 1) >>> 0,
            gapBlocks: [],
            duplicateTsns: [chunks[0]!.tsn],
            aRwnd: 1_048_576,
          });
        },
      ),
    );
  });

  test('what is missing shows as a gap (§3.3.4)', () => {
    const inbound = new Inbound(10);
    const parts = fragmentMessage(message(new Uint8Array(7)), { firstTsn: 10, streamSeq: 0, maxUserData: 1 });
    for (const index of [0, 2, 3, 6]) inbound.receive(parts[index]!);
    expect(inbound.sack()).toMatchObject({
      cumulativeTsn: 10,
      gapBlocks: [
        { start: 2, end: 3 },
        { start: 6, end: 6 },
      ],
    });
  });

  test('a full buffer takes only the chunk that it waits for', () => {
    const inbound = new Inbound(1, 10);
    const parts = fragmentMessage(message(new Uint8Array(12).fill(7)), {
      firstTsn: 1,
      streamSeq: 0,
      maxUserData: 4,
    });
    inbound.receive(parts[1]!);
    inbound.receive(parts[2]!);
    expect(inbound.sack().aRwnd).toBe(2);
    const [whole] = inbound.receive(parts[0]!);
    expect(whole?.data.length).toBe(12);
    const more = fragmentMessage(message(new Uint8Array(20)), { firstTsn: 4, streamSeq: 1, maxUserData: 8 });
    inbound.receive(more[1]!);
    inbound.receive(more[2]!);
    expect(inbound.sack().gapBlocks).toEqual([{ start: 2, end: 2 }]);
  });

  test('parts of two messages under neighbouring TSNs are a protocol violation', () => {
    const inbound = new Inbound(1);
    const [a, b] = fragmentMessage(message(new Uint8Array(2)), { firstTsn: 1, streamSeq: 0, maxUserData: 1 });
    inbound.receive(a!);
    expect(codeOf(() => inbound.receive({ ...b!, streamId: 4 }))).toBe('SCTP_FRAGMENT_CONFLICT');
  });
});

describe('RFC 3758 §3.6: FORWARD TSN at the receiver', () => {
  test('what was given up is skipped, and what waited behind it is handed over', () => {
    const inbound = new Inbound(1);
    const part = (tsn: number, streamSeq: number) =>
      fragmentMessage(
        { streamId: 0, ppid: 51, unordered: false, data: Uint8Array.of(tsn) },
        { firstTsn: tsn, streamSeq, maxUserData: 9 },
      )[0]!;
    inbound.receive(part(1, 0));
    expect(inbound.receive(part(3, 2))).toEqual([]);
    const released = inbound.forward(2, [{ streamId: 0, streamSeq: 1 }]);
    expect(released.map(({ data }) => data[0])).toEqual([3]);
    expect(inbound.cumulativeTsn).toBe(3);
  });
});

describe('RFC 8832 §5: DCEP', () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 20 });
  const limits = fc.integer({ min: 0, max: 0xffffffff });
  const opens = fc
    .record({
      priority: fc.integer({ min: 0, max: 0xffff }),
      ordered: fc.boolean(),
      label: texts,
      protocol: texts,
    })
    .chain((open) =>
      fc.oneof(
        fc.constant({ type: 'open' as const, ...open }),
        limits.map((maxRetransmits) => ({ type: 'open' as const, ...open, maxRetransmits })),
        limits.map((maxPacketLifeTimeMs) => ({ type: 'open' as const, ...open, maxPacketLifeTimeMs })),
      ),
    );

  test('decoding what was encoded gives the same message', () => {
    fc.assert(
      fc.property(opens, (open) => {
        expect(decodeDcep(encodeDcep(open))).toEqual(open);
      }),
    );
    expect(decodeDcep(encodeDcep({ type: 'ack' }))).toEqual({ type: 'ack' });
  });

  test.each([
    ['SCTP_DCEP_TRUNCATED', ''],
    ['SCTP_DCEP_TRUNCATED', '0300'],
    ['SCTP_DCEP_TYPE_UNKNOWN', '04'],
    ['SCTP_DCEP_CHANNEL_TYPE_UNKNOWN', '030301000000000000000000'],
    ['SCTP_DCEP_LENGTH_WRONG', '030001000000000000010000'],
    ['SCTP_DCEP_LENGTH_WRONG', '0200'],
    ['SCTP_DCEP_TEXT_NOT_UTF8', '030001000000000000010000ff'],
  ])('%s for %s', (code, hex) => {
    expect(codeOf(() => decodeDcep(fromHex(hex)))).toBe(code);
  });

  test('both limits at once cannot be written', () => {
    const both = {
      type: 'open' as const,
      priority: 256,
      ordered: true,
      label: '',
      protocol: '',
      maxRetransmits: 1,
      maxPacketLifeTimeMs: 1,
    };
    expect(codeOf(() => encodeDcep(both))).toBe('SCTP_FIELD_OUT_OF_RANGE');
  });
});

test('Appendix A: the check value of CRC-32C', () => {
  expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283);
});

fuzzDecoder('SCTP packets', {
  samples: fc.sample(packets, { numRuns: 40, seed: 9260 }).map(encodePacket),
  decode: (octets) => decodePacket(octets, []),
  errorClass: SctpError,
});
let association = new Association({ port: 5000, tag: 1, initialTsn: 1 });
let handled = 0;
fuzzDecoder('an association, one for 100 packets', {
  samples: fc.sample(packets, { numRuns: 60, seed: 9260 }).map(encodePacket),
  decode: (bytes) => {
    if (handled++ % 100 === 0) {
      association = new Association({ port: 5000, tag: 1, initialTsn: 1 });
      const cookie = writeCookie({
        ...{ ownTag: 1, ownInitialTsn: 1, peerTag: 2, peerInitialTsn: 1, peerRwndBytes: 5000 },
        ...{ outStreams: 9, inStreams: 9 },
      });
      const common = { sourcePort: 5000, destinationPort: 5000, verificationTag: 1 };
      association.receive({ ...common, chunks: [{ kind: 'cookie-echo', cookie }] }, 0);
    }
    const packet = decodePacket(bytes);
    association.receive({ ...packet, verificationTag: packet.chunks[0]?.kind === 'init' ? 0 : 1 }, handled);
  },
  errorClass: SctpError,
});
fuzzDecoder('DCEP messages', {
  samples: [
    encodeDcep({
      type: 'open',
      priority: 256,
      ordered: false,
      label: 'chat',
      protocol: 'v1',
      maxRetransmits: 3,
    }),
  ],
  decode: (octets) => decodeDcep(octets, []),
  errorClass: SctpError,
});
