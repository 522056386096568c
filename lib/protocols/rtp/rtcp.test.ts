import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectCover } from '@/lib/bytes/cover.fixture';
import { caught } from '@/lib/bytes/caught.fixture';
import { fromHex, type Span } from '@/lib/bytes';
import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import { decodeRtcp, encodeRtcp, nackOfSequences, type RtcpPacket, RtpError, sequencesOfNack } from './index';
import { rtcpDatagrams } from './packets.fixture';

const reducedSize = { reducedSize: true };

const codeOf = (run: () => unknown) => {
  const error = caught(RtpError, run);
  return error ? `${error.code} at ${error.offset}` : 'accepted';
};

const datagram = (...packets: RtcpPacket[]) => ({ packets, paddingOctets: 0 });
const empty = new Uint8Array();
const report: RtcpPacket = { kind: 'rr', ssrc: 7, reports: [], extension: empty };
const sent: RtcpPacket = {
  ...{ kind: 'sr', ssrc: 7, ntpTimestamp: 0n, rtpTimestamp: 0, packetCount: 0, octetCount: 0 },
  ...{ reports: [], extension: empty },
};
const named: RtcpPacket = { kind: 'sdes', chunks: [{ ssrc: 7, items: [{ type: 1, text: 'a@b' }] }] };

describe('RFC 3550 §6: RTCP packets', () => {
  test('decoding what was encoded gives the same packets', () => {
    fc.assert(
      fc.property(rtcpDatagrams, (wanted) => {
        expect(decodeRtcp(encodeRtcp(wanted), reducedSize)).toEqual(wanted);
      }),
    );
  });

  test('spans cover every bit of a datagram once, in order', () => {
    fc.assert(
      fc.property(rtcpDatagrams, (wanted) => {
        const octets = encodeRtcp(wanted);
        const spans: Span[] = [];
        decodeRtcp(octets, reducedSize, spans);
        expectCover(spans, octets.length);
      }),
    );
  });

  test('§6.4.1: the cumulative number lost has a sign', () => {
    const hex = '81c90007 00000001 00000002 80 fffffe 00010005 00000003 00000000 00000000';
    expect(decodeRtcp(fromHex(hex), reducedSize).packets[0]).toMatchObject({
      kind: 'rr',
      reports: [{ fractionLost: 128, cumulativeLost: -2, extendedHighestSequence: 0x10005 }],
    });
  });

  test('§6.5: an item, the zero that ends the list, and zeros up to the word', () => {
    expect(encodeRtcp(datagram(named))).toEqual(fromHex('81ca0003 00000007 0103614062 000000'));
    // A chunk without items ends with a word of zeros.
    expect(decodeRtcp(fromHex('81ca0002 00000007 00000000'), reducedSize).packets).toEqual([
      { kind: 'sdes', chunks: [{ ssrc: 7, items: [] }] },
    ]);
  });

  test('§6.6: a reason that fills the word has no zero behind it', () => {
    const bye: RtcpPacket = { kind: 'bye', sources: [7], reason: 'bye' };
    expect(encodeRtcp(datagram(bye))).toEqual(fromHex('81cb0002 00000007 03627965'));
  });

  const header = (type: string, words: string) => `80${type}${words}`;
  test.each([
    ['RTP_RTCP_TRUNCATED at 0', ''],
    ['RTP_RTCP_TRUNCATED at 8', '80c90001 00000001 80ca00'],
    ['RTP_VERSION_WRONG at 0', '00c90001 00000001'],
    ['RTP_RTCP_PAST_END at 2', header('c9', '0002') + '00000001'],
    ['RTP_RTCP_LENGTH_WRONG at 2', '81c90001 00000001'],
    ['RTP_RTCP_LENGTH_WRONG at 2', header('c8', '0001') + '00000001'],
    ['RTP_RTCP_LENGTH_WRONG at 2', '81cb0000'],
    ['RTP_RTCP_LENGTH_WRONG at 2', '80cb0001 05616161'],
    ['RTP_RTCP_LENGTH_WRONG at 2', '80cb0002 00000000 00000000'],
    ['RTP_RTCP_LENGTH_WRONG at 2', '80ca0001 00000000'],
    ['RTP_RTCP_LENGTH_WRONG at 2', '81ce0003 00000001 00000002 00000003'],
    ['RTP_RTCP_LENGTH_WRONG at 2', '81cd0002 00000001 00000002'],
    ['RTP_RTCP_LENGTH_WRONG at 2', '84ce0003 00000001 00000002 00000003'],
    ['RTP_PADDING_WRONG at 0', 'a0c90002 00000001 00000004 80c90001 00000001'],
    ['RTP_PADDING_WRONG at 11', 'a0c90002 00000001 00000003'],
    ['RTP_PADDING_WRONG at 11', 'a0c90002 00000001 0000000c'],
    ['RTP_PADDING_WRONG at 3', 'a0c90000'],
    ['RTP_RTCP_LENGTH_WRONG at 2', 'a0c90002 00000001 00000008'],
    ['RTP_SDES_ITEM_PAST_END at 8', '81ca0002 00000007 01036140'],
    ['RTP_SDES_NOT_TERMINATED at 12', '81ca0002 00000007 01026140'],
    ['RTP_SDES_ITEM_PAST_END at 9', '81ca0002 00000007 08020200'],
    ['RTP_SDES_ITEM_PAST_END at 9', '81ca0002 00000007 08000000'],
    ['RTP_TEXT_NOT_UTF8 at 10', '81ca0002 00000007 0101ff00'],
    ['RTP_APP_NAME_NOT_ASCII at 9', '80cc0002 00000007 61ff6161'],
  ])('%s', (code, hex) => {
    expect(codeOf(() => decodeRtcp(fromHex(hex), reducedSize))).toBe(code);
  });

  test('a datagram of more than 65535 octets is neither read nor written', () => {
    expect(codeOf(() => decodeRtcp(new Uint8Array(65_536)))).toBe('RTP_RTCP_TOO_LONG at 0');
    const body = new Uint8Array(32_768);
    const half: RtcpPacket = { kind: 'unknown', type: 207, count: 0, body };
    expect(codeOf(() => encodeRtcp(datagram(half, half)))).toBe('RTP_RTCP_TOO_LONG at 0');
  });

  test.each<[string, RtcpPacket]>([
    ['32 sources', { kind: 'bye', sources: Array.from({ length: 32 }, () => 1) }],
    ['a reason of 256 octets', { kind: 'bye', sources: [], reason: 'a'.repeat(256) }],
    ['item 0', { kind: 'sdes', chunks: [{ ssrc: 1, items: [{ type: 0, text: 'a' }] }] }],
    ['a name of five', { kind: 'app', subtype: 0, ssrc: 1, name: 'abcde', data: empty }],
    ['a name in Greek', { kind: 'app', subtype: 0, ssrc: 1, name: 'αβγδ', data: empty }],
    ['half a word', { kind: 'app', subtype: 0, ssrc: 1, name: 'abcd', data: new Uint8Array(2) }],
    ['a NACK of nothing', { kind: 'nack', senderSsrc: 1, mediaSsrc: 2, entries: [] }],
    [
      'more lost than 24 bits hold',
      {
        ...report,
        reports: [
          {
            ...{ ssrc: 1, fractionLost: 0, cumulativeLost: 0x80_0000, extendedHighestSequence: 0 },
            ...{ jitter: 0, lastSr: 0, delaySinceLastSr: 0 },
          },
        ],
      },
    ],
  ])('%s cannot be written', (_, packet) => {
    expect(codeOf(() => encodeRtcp(datagram(packet)))).toMatch('RTP_FIELD_OUT_OF_RANGE');
  });

  test.each([-4, 2, 6, 256])('padding of %i octets cannot be written', (paddingOctets) => {
    expect(codeOf(() => encodeRtcp({ packets: [report], paddingOctets }))).toMatch('RTP_FIELD_OUT_OF_RANGE');
  });
});

describe('RFC 3550 §6.1, RFC 5506: what a datagram must hold', () => {
  test.each([
    ['accepted', [report, named]],
    ['accepted', [sent, named]],
    ['RTP_RTCP_FIRST_NOT_REPORT at 1', [named, report]],
    ['RTP_RTCP_CNAME_MISSING at 0', [report]],
    ['RTP_RTCP_FIRST_NOT_REPORT at 1', [{ kind: 'pli', senderSsrc: 1, mediaSsrc: 2 }]],
  ] satisfies [string, RtcpPacket[]][])('%s', (code, packets) => {
    const octets = encodeRtcp(datagram(...packets));
    expect(codeOf(() => decodeRtcp(octets))).toBe(code);
    expect(codeOf(() => decodeRtcp(octets, reducedSize))).toBe('accepted');
  });
});

describe('RFC 4585 §6.2.1: generic NACK', () => {
  test('the last bit of BLP is the packet behind PID, the first the sixteenth', () => {
    expect(sequencesOfNack([{ pid: 0xfffe, blp: 0x8003 }])).toEqual([0xfffe, 0xffff, 0, 14]);
  });

  test('entries made of sequence numbers ask for these', () => {
    const rising = fc
      .tuple(
        fc.integer({ min: 0, max: 0xffff }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 50 }),
      )
      .map(([first, steps]) => {
        let at = first;
        return steps.map((step) => (at = (at + step) & 0xffff));
      });
    fc.assert(
      fc.property(rising, (lost) => {
        const entries = nackOfSequences(lost);
        expect(sequencesOfNack(entries)).toEqual(lost);
        expect(entries.length).toBeLessThanOrEqual(lost.length);
      }),
    );
    expect(nackOfSequences([5, 5, 6, 21, 22])).toEqual([
      { pid: 5, blp: 0x8001 },
      { pid: 22, blp: 0 },
    ]);
  });
});

fuzzDecoder('RTCP datagrams', {
  samples: fc.sample(rtcpDatagrams, { numRuns: 60, seed: 3551 }).map(encodeRtcp),
  decode: (octets, random) => decodeRtcp(octets, { reducedSize: random.chance(0.9) }, []),
  errorClass: RtpError,
});
