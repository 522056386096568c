import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectCover } from '@/lib/bytes/cover.fixture';
import { caught } from '@/lib/bytes/caught.fixture';
import { fromHex, type Span, toHex } from '@/lib/bytes';
import { encodeRtcp, encodeRtp } from '@/lib/protocols/rtp';
import { rtcpDatagrams, rtpPackets } from '@/lib/protocols/rtp/packets.fixture';
import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import {
  decodeSrtcp,
  decodeSrtp,
  decodeUseSrtp,
  encodeUseSrtp,
  keyingMaterialOctets,
  splitKeyingMaterial,
  SrtpError,
  SUPPORTED_PROFILES,
  type TrailerShape,
} from './index';

const shapes: Record<string, TrailerShape> = {
  'AES-CM': { isAead: false, tagOctets: 10, mkiOctets: 0 },
  'AES-CM with MKI': { isAead: false, tagOctets: 4, mkiOctets: 3 },
  'AES-GCM': { isAead: true, tagOctets: 16, mkiOctets: 0 },
  'AES-GCM with MKI': { isAead: true, tagOctets: 16, mkiOctets: 5 },
};

const codeOf = (run: () => unknown) => {
  const error = caught(SrtpError, run);
  return error ? `${error.code} at ${error.offset}` : 'accepted';
};

describe.each(Object.entries(shapes))('RFC 3711 §3.1, §3.4: the form of packets, %s', (_, shape) => {
  test('spans cover every bit once, and parts lie one behind the other', () => {
    fc.assert(
      fc.property(
        rtpPackets,
        rtcpDatagrams,
        fc.uint8Array({ minLength: 40, maxLength: 60 }),
        (packet, rtcp, more) => {
          const srtp = Uint8Array.from([...encodeRtp(packet), ...more]);
          const spans: Span[] = [];
          const parts = decodeSrtp(srtp, shape, spans);
          expectCover(spans, srtp.length);
          const { clear, encrypted, tag, mki: id } = parts;
          const order = shape.isAead ? [clear, encrypted, tag, id] : [clear, encrypted, id, tag];
          expect(order.map((part) => toHex(part)).join('')).toBe(toHex(srtp));
          const srtcp = Uint8Array.from([...encodeRtcp(rtcp), ...more]);
          const others: Span[] = [];
          const control = decodeSrtcp(srtcp, shape, others);
          expectCover(others, srtcp.length);
          expect(control.encrypted.length).toBe(srtcp.length - 12 - shape.tagOctets - shape.mkiOctets);
        },
      ),
      { numRuns: 60 },
    );
  });
});

test('RFC 3711 §3.4: E is one bit, the index the other 31', () => {
  const of = (word: string) =>
    decodeSrtcp(fromHex(`80c90001 00000001 ${word} 00000000000000000000`), shapes['AES-CM']!);
  expect(of('ffffffff')).toMatchObject({ isEncrypted: true, index: 0x7fff_ffff, ssrc: 1 });
  expect(of('7ffffffe')).toMatchObject({ isEncrypted: false, index: 0x7fff_fffe });
});

describe('forms that are none', () => {
  const shape = shapes['AES-CM']!;
  test.each([
    ['SRTP_HEADER_WRONG at 3', '800000'],
    ['SRTP_HEADER_WRONG at 0', '40600001 00000001 00000001 00000000000000000000'],
    ['SRTP_PACKET_TRUNCATED at 12', '80600001 00000001 00000001 000000000000000000'],
    ['accepted', '80600001 00000001 00000001 00000000000000000000'],
  ])('SRTP: %s', (code, hex) => {
    expect(codeOf(() => decodeSrtp(fromHex(hex), shape))).toBe(code);
  });

  test.each([
    ['SRTP_PACKET_TRUNCATED at 21', '80c90001 00000001 80000000 000000000000000000'],
    ['SRTP_HEADER_WRONG at 0', '40c90001 00000001 80000000 00000000000000000000'],
    ['accepted', '80c90001 00000001 80000000 00000000000000000000'],
  ])('SRTCP: %s', (code, hex) => {
    expect(codeOf(() => decodeSrtcp(fromHex(hex), shape))).toBe(code);
  });

  test('more than 65535 octets', () => {
    const packet = new Uint8Array(65_536).fill(0x80);
    expect(codeOf(() => decodeSrtp(packet, shape))).toBe('SRTP_PACKET_TOO_LONG at 0');
    expect(codeOf(() => decodeSrtcp(packet, shape))).toBe('SRTP_PACKET_TOO_LONG at 0');
  });
});

describe('RFC 5764 §4: DTLS-SRTP', () => {
  test('§4.1.1: profiles of two octets each behind their length, then the MKI behind its own', () => {
    const octets = fromHex('0006 0008 0007 0001 00');
    expect(decodeUseSrtp(octets)).toEqual({ profiles: [8, 7, 1], mki: new Uint8Array() });
  });

  test('§4.1.1, §4.1.2: what the spans of a profile and an MKI say', () => {
    const spans: Span[] = [];
    decodeUseSrtp(fromHex('0002 0007 02 abcd'), spans);
    expect(spans.map(({ start, end, value, ref }) => [start, end, value, ref])).toEqual([
      [0, 16, '2 octets', 'RFC 5764 §4.1.1'],
      [16, 32, 'SRTP_AEAD_AES_128_GCM', 'RFC 5764 §4.1.2'],
      [32, 40, '2 octets', 'RFC 5764 §4.1.1'],
      [40, 56, 'abcd', 'RFC 5764 §4.1.1'],
    ]);
  });

  test('decoding what was encoded gives the same, and spans cover it', () => {
    const extensions = fc.record({
      profiles: fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1, maxLength: 9 }),
      mki: fc.uint8Array({ maxLength: 9 }),
    });
    fc.assert(
      fc.property(extensions, (extension) => {
        const octets = encodeUseSrtp(extension);
        const spans: Span[] = [];
        expect(decodeUseSrtp(octets, spans)).toEqual(extension);
        expectCover(spans, octets.length);
      }),
    );
  });

  test.each([
    ['SRTP_EXTENSION_TRUNCATED at 0', ''],
    ['SRTP_EXTENSION_TRUNCATED at 2', '0002'],
    ['SRTP_EXTENSION_LENGTH_WRONG at 0', '000000'],
    ['SRTP_EXTENSION_LENGTH_WRONG at 0', '0003 000100 00'],
    ['SRTP_EXTENSION_LENGTH_WRONG at 0', '0002 0001'],
    ['SRTP_EXTENSION_LENGTH_WRONG at 0', '0004 0001 00'],
    ['SRTP_EXTENSION_LENGTH_WRONG at 4', '0002 0001 01'],
    ['SRTP_EXTENSION_LENGTH_WRONG at 4', '0002 0001 00 00'],
  ])('%s', (code, hex) => {
    expect(codeOf(() => decodeUseSrtp(fromHex(hex)))).toBe(code);
  });

  test('what cannot be written', () => {
    const none = new Uint8Array();
    expect(codeOf(() => encodeUseSrtp({ profiles: [], mki: none }))).toBe('SRTP_FIELD_OUT_OF_RANGE at 0');
    expect(codeOf(() => encodeUseSrtp({ profiles: [1], mki: new Uint8Array(256) }))).toBe(
      'SRTP_FIELD_OUT_OF_RANGE at 0',
    );
    for (const profile of [65_536, -1, 1.5])
      expect(codeOf(() => encodeUseSrtp({ profiles: [profile], mki: none }))).toBe(
        'SRTP_FIELD_OUT_OF_RANGE at 2',
      );
  });

  test("§4.2: client's key, server's key, client's salt, server's salt", () => {
    const material = Uint8Array.from({ length: 60 }, (_, i) => i);
    const { client, server } = splitKeyingMaterial('SRTP_AES128_CM_HMAC_SHA1_80', material);
    expect(
      [client.masterKey, server.masterKey, client.masterSalt, server.masterSalt].map(([first]) => first),
    ).toEqual([0, 16, 32, 46]);
    expect([client.masterKey.length, server.masterSalt.length]).toEqual([16, 14]);
    expect(SUPPORTED_PROFILES.map(keyingMaterialOctets)).toEqual([88, 56, 60, 60]);
    expect(codeOf(() => splitKeyingMaterial('SRTP_AEAD_AES_256_GCM', material))).toBe(
      'SRTP_KEY_LENGTH_WRONG at 0',
    );
  });
});

const samples = fc.sample(rtpPackets, { numRuns: 40, seed: 3711 }).map(encodeRtp);
fuzzDecoder('SRTP packets', {
  samples: samples.map((octets) => Uint8Array.from([...octets, ...new Uint8Array(16).fill(7)])),
  decode: (octets, random) => decodeSrtp(octets, Object.values(shapes)[random.integer(0, 3)]!, []),
  errorClass: SrtpError,
});
fuzzDecoder('SRTCP packets', {
  samples: fc
    .sample(rtcpDatagrams, { numRuns: 40, seed: 3712 })
    .map((rtcp) => Uint8Array.from([...encodeRtcp(rtcp), ...new Uint8Array(20).fill(0x87)])),
  decode: (octets, random) => decodeSrtcp(octets, Object.values(shapes)[random.integer(0, 3)]!, []),
  errorClass: SrtpError,
});
fuzzDecoder('use_srtp extensions', {
  samples: [
    encodeUseSrtp({ profiles: [8, 7, 1], mki: Uint8Array.of(1, 2) }),
    encodeUseSrtp({ profiles: [1], mki: new Uint8Array() }),
  ],
  decode: (octets) => decodeUseSrtp(octets, []),
  errorClass: SrtpError,
});
