import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectCover } from '@/lib/bytes/cover.fixture';
import { caught } from '@/lib/bytes/caught.fixture';
import { fromHex, type Span, toHex } from '@/lib/bytes';
import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import {
  decodeRtp,
  demultiplex,
  encodeRtp,
  isRtcp,
  RtpError,
  rtpHeaderOctets,
  type RtpPacket,
} from './index';
import { rtpPackets } from './packets.fixture';

const codeOf = (run: () => unknown) => {
  const error = caught(RtpError, run);
  return error ? `${error.code} at ${error.offset}` : 'accepted';
};

const plain: RtpPacket = {
  marker: true,
  payloadType: 111,
  sequenceNumber: 0xfffe,
  timestamp: 0xfffff000,
  ssrc: 0xdecafbad,
  csrcs: [],
  payload: Uint8Array.of(1, 2, 3),
  paddingOctets: 0,
};

describe('RFC 3550 §5.1: the header', () => {
  test('each field stands where the figure has it', () => {
    const packet = { ...plain, csrcs: [1, 0x80000002], paddingOctets: 4 };
    expect(toHex(encodeRtp(packet))).toBe('a2effffefffff000decafbad0000000180000002' + '010203' + '00000004');
    expect(decodeRtp(encodeRtp(packet))).toEqual(packet);
  });

  test('decoding what was encoded gives the same packet', () => {
    fc.assert(
      fc.property(rtpPackets, (packet) => {
        expect(decodeRtp(encodeRtp(packet))).toEqual(packet);
      }),
    );
  });

  test('spans cover every bit of a packet once, in order', () => {
    fc.assert(
      fc.property(rtpPackets, (packet) => {
        const octets = encodeRtp(packet);
        const spans: Span[] = [];
        expect(decodeRtp(octets, spans)).toEqual(packet);
        expectCover(spans, octets.length);
      }),
    );
  });

  test('the payload begins behind header, CSRCs and extension', () => {
    fc.assert(
      fc.property(rtpPackets, (packet) => {
        const octets = encodeRtp(packet);
        expect(rtpHeaderOctets(octets)).toBe(octets.length - packet.payload.length - packet.paddingOctets);
      }),
    );
  });

  const header = (first: string) => `${first}600001 00000001 00000001`;
  test.each([
    ['RTP_PACKET_TRUNCATED at 11', '8060000100000001000000'],
    ['RTP_VERSION_WRONG at 0', header('40')],
    ['RTP_CSRC_PAST_END at 0', `${header('82')} 00000001 000000`],
    ['RTP_EXTENSION_PAST_END at 12', `${header('90')} bede00`],
    ['RTP_EXTENSION_PAST_END at 14', `${header('90')} bede0002 10ff0000`],
    ['RTP_EXTENSION_ELEMENT_PAST_END at 16', `${header('90')} bede0001 13ff0000`],
    ['RTP_EXTENSION_ELEMENT_PAST_END at 19', `${header('90')} 10000001 00000001`],
    ['RTP_PADDING_WRONG at 12', header('a0')],
    ['RTP_PADDING_WRONG at 13', `${header('a0')} 0100`],
    ['RTP_PADDING_WRONG at 13', `${header('a0')} 0103`],
    ['accepted', `${header('a0')} 0102`],
  ])('%s', (code, hex) => {
    expect(codeOf(() => decodeRtp(fromHex(hex)))).toBe(code);
  });

  test('a packet of more than 65535 octets is neither read nor written', () => {
    expect(codeOf(() => decodeRtp(new Uint8Array(65_536).fill(0x80)))).toBe('RTP_PACKET_TOO_LONG at 0');
    expect(codeOf(() => encodeRtp({ ...plain, payload: new Uint8Array(65_524) }))).toBe(
      'RTP_PACKET_TOO_LONG at 0',
    );
  });

  test.each<[string, Partial<RtpPacket>]>([
    ['a payload type of 8 bits', { payloadType: 128 }],
    ['a sequence number of 17', { sequenceNumber: 0x10000 }],
    ['16 CSRCs', { csrcs: Array.from({ length: 16 }, () => 1) }],
    ['padding of 256 octets', { paddingOctets: 256 }],
    ['padding below zero', { paddingOctets: -1 }],
    [
      'an element with id 15',
      { extension: { form: 'one-byte', elements: [{ id: 15, data: plain.payload }] } },
    ],
    [
      'an element of no octets',
      { extension: { form: 'one-byte', elements: [{ id: 1, data: new Uint8Array() }] } },
    ],
    [
      'an element of 17',
      { extension: { form: 'one-byte', elements: [{ id: 1, data: new Uint8Array(17) }] } },
    ],
    [
      'an element of 256',
      { extension: { form: 'two-byte', appBits: 0, elements: [{ id: 1, data: new Uint8Array(256) }] } },
    ],
    ['an extension of 3 octets', { extension: { form: 'other', profile: 1, data: plain.payload } }],
    ["another's profile", { extension: { form: 'other', profile: 0xbede, data: new Uint8Array() } }],
  ])('%s cannot be written', (_, change) => {
    expect(codeOf(() => encodeRtp({ ...plain, ...change }))).toMatch('RTP_FIELD_OUT_OF_RANGE');
  });
});

describe('RFC 8285: elements of the header extension', () => {
  const extensionOf = (hex: string) => decodeRtp(fromHex(`90600001 00000001 00000001 ${hex}`)).extension;
  const element = (id: number, hex: string) => ({ id, data: fromHex(hex) });

  test('§4.2: one, two and four octets with padding between them', () => {
    // The shape of the figure in §4.2: lengths 0, 1 and 3, two octets of padding behind the second.
    expect(extensionOf('bede0003 10aa 21bbbb0000 33cccccccc')).toEqual({
      form: 'one-byte',
      elements: [element(1, 'aa'), element(2, 'bbbb'), element(3, 'cccccccc')],
    });
  });

  test('§4.3: no, one and four octets with padding between them', () => {
    expect(extensionOf('10050003 0100 0201bb00 0304cccccccc')).toEqual({
      form: 'two-byte',
      appBits: 5,
      elements: [element(1, ''), element(2, 'bb'), element(3, 'cccccccc')],
    });
  });

  test('§4.2: reading ends at id 15', () => {
    expect(extensionOf('bede0002 10aa f0bb 20cc 0000')).toEqual({
      form: 'one-byte',
      elements: [element(1, 'aa')],
    });
  });

  test('§4.1: reading ends at id 0 with a length', () => {
    expect(extensionOf('bede0002 10aa 01bb 20cc 0000')).toEqual({
      form: 'one-byte',
      elements: [element(1, 'aa')],
    });
  });
});

describe('RFC 7983 §7, RFC 9443 §3, RFC 5761 §4: what a datagram is', () => {
  test.each([
    ['stun', 0, 3],
    ['unknown', 4, 15],
    ['zrtp', 16, 19],
    ['dtls', 20, 63],
    ['turn-channel', 64, 79],
    ['quic', 80, 127],
    ['rtp', 128, 191],
    ['quic', 192, 255],
  ])('%s from %i to %i', (kind, least, most) => {
    for (let first = least; first <= most; first++)
      expect(demultiplex(Uint8Array.of(first, 0x60))).toBe(kind);
  });

  test('packet types 192 to 223 are RTCP, whatever the marker of RTP would be', () => {
    for (let second = 0; second < 256; second++)
      expect(demultiplex(Uint8Array.of(0x80, second))).toBe(second >= 192 && second <= 223 ? 'rtcp' : 'rtp');
    expect(isRtcp(Uint8Array.of(0x80))).toBe(false);
    expect(demultiplex(new Uint8Array())).toBe('unknown');
  });
});

fuzzDecoder('RTP packets', {
  samples: fc.sample(rtpPackets, { numRuns: 60, seed: 3550 }).map(encodeRtp),
  decode: (octets) => decodeRtp(octets, []),
  errorClass: RtpError,
});
