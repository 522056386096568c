import fc from 'fast-check';
import { env } from 'node:process';
import { describe, expect, test } from 'vitest';
import { fromHex, type Span, toHex } from '@/lib/bytes';
import { encodeRtcp, encodeRtp } from '@/lib/protocols/rtp';
import { rtcpDatagrams, rtpPackets } from '@/lib/protocols/rtp/packets.fixture';
import { CIPHER_SUITES, exportKeyingMaterial, getSuiteOrThrow } from '@/lib/protocols/tls';
import { createRandom } from '@/lib/sim';
import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import {
  CryptoContext,
  decodeSrtcp,
  decodeSrtp,
  decodeUseSrtp,
  encodeUseSrtp,
  EXPORTER_LABEL,
  getProfileOrThrow,
  keyingMaterialOctets,
  MAX_STREAMS,
  type ProfileName,
  splitKeyingMaterial,
  SrtpError,
  type SrtpOptions,
  SrtpReceiver,
  SrtpSender,
  SUPPORTED_PROFILES,
  type TrailerShape,
} from './index';

const mki = fromHex('01020304');
const shapes: Record<string, TrailerShape> = {
  'AES-CM': { isAead: false, tagOctets: 10, mkiOctets: 0 },
  'AES-CM with MKI': { isAead: false, tagOctets: 4, mkiOctets: 3 },
  'AES-GCM': { isAead: true, tagOctets: 16, mkiOctets: 0 },
  'AES-GCM with MKI': { isAead: true, tagOctets: 16, mkiOctets: 5 },
};

function masterOf(name: ProfileName) {
  const { keyOctets, saltOctets } = getProfileOrThrow(name);
  return {
    masterKey: Uint8Array.from({ length: keyOctets }, (_, i) => i * 7),
    masterSalt: Uint8Array.from({ length: saltOctets }, (_, i) => 200 - i),
  };
}

async function pairOf(name: ProfileName, options?: SrtpOptions) {
  const context = await CryptoContext.derive(name, masterOf(name), options);
  return { sender: new SrtpSender(context), receiver: new SrtpReceiver(context) };
}

async function codeOf(run: Promise<unknown>): Promise<string> {
  try {
    await run;
  } catch (error) {
    if (error instanceof SrtpError) return error.code;
    throw error;
  }
  return 'accepted';
}

function syncCodeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof SrtpError) return `${error.code} at ${error.offset}`;
    throw error;
  }
  return 'accepted';
}

const rtpOf = (sequenceNumber: number, ssrc = 7) =>
  encodeRtp({
    ...{ marker: false, payloadType: 111, sequenceNumber, timestamp: 5, ssrc, csrcs: [] },
    ...{ payload: Uint8Array.of(1, 2, 3, 4, 5), paddingOctets: 0 },
  });

function expectCover(spans: readonly Span[], octets: number): void {
  let bit = 0;
  for (const span of spans) {
    expect(span.start).toBe(bit);
    expect(span.end).toBeGreaterThan(bit);
    bit = span.end;
  }
  expect(bit).toBe(octets * 8);
}

describe.each(SUPPORTED_PROFILES)('%s', (name) => {
  test('what was protected comes out as it was, with and without an MKI', async () => {
    const { sender, receiver } = await pairOf(name);
    const named = await pairOf(name, { mki });
    await fc.assert(
      fc.asyncProperty(rtpPackets, rtcpDatagrams, fc.boolean(), async (packet, datagram, encrypt) => {
        const [rtp, rtcp] = [encodeRtp(packet), encodeRtcp(datagram)];
        // Each packet has a stream of its own, so that none was there before.
        const streams = await pairOf(name, encrypt ? { mki } : {});
        expect(await streams.receiver.unprotectRtp(await streams.sender.protectRtp(rtp))).toEqual(rtp);
        if (rtcp.length < 8) return;
        const plain = await receiver.unprotectRtcp(await sender.protectRtcp(rtcp, { encrypt }));
        expect(plain).toEqual(rtcp);
        const withMki = await named.sender.protectRtcp(rtcp, { encrypt });
        expect(await named.receiver.unprotectRtcp(withMki)).toEqual(rtcp);
      }),
      { numRuns: 25 },
    );
  });

  test('packets with gaps are opened over two ends of the sequence numbers', async () => {
    const { sender, receiver } = await pairOf(name);
    for (let i = 0xff00; i < 0x30000; i += 971) {
      const rtp = rtpOf(i & 0xffff);
      expect(await receiver.unprotectRtp(await sender.protectRtp(rtp))).toEqual(rtp);
    }
  });

  test('any changed octet is seen', async () => {
    const { sender, receiver } = await pairOf(name, { mki });
    const srtp = await sender.protectRtp(rtpOf(1));
    const srtcp = await sender.protectRtcp(fromHex('80c90001 00000007'));
    const codes = new Set<string>();
    for (let i = 0; i < srtp.length; i++) {
      const changed = srtp.slice();
      changed[i]! ^= 1;
      codes.add(await codeOf(receiver.unprotectRtp(changed)));
    }
    for (let i = 0; i < srtcp.length; i++) {
      const changed = srtcp.slice();
      changed[i]! ^= 1;
      codes.add(await codeOf(receiver.unprotectRtcp(changed)));
    }
    const refusals = ['SRTP_MKI_UNKNOWN', 'SRTP_NOT_AUTHENTIC', 'SRTP_PACKET_TRUNCATED'];
    expect(refusals).toEqual(expect.arrayContaining([...codes]));
    expect(codes.size).toBeGreaterThan(1);
    expect(await codeOf(receiver.unprotectRtp(srtp))).toBe('accepted');
    expect(await codeOf(receiver.unprotectRtcp(srtcp))).toBe('accepted');
  });

  test('a packet that came twice is refused, at once too', async () => {
    const { sender, receiver } = await pairOf(name);
    const srtp = await sender.protectRtp(rtpOf(1));
    const codes = await Promise.all([srtp, srtp].map((each) => codeOf(receiver.unprotectRtp(each))));
    expect(codes.sort()).toEqual(['SRTP_REPLAYED', 'accepted']);
    expect(await codeOf(receiver.unprotectRtp(srtp))).toBe('SRTP_REPLAYED');
    const srtcp = await sender.protectRtcp(fromHex('80c90001 00000007'));
    expect(await codeOf(receiver.unprotectRtcp(srtcp))).toBe('accepted');
    expect(await codeOf(receiver.unprotectRtcp(srtcp))).toBe('SRTP_REPLAYED');
  });
});

describe('RFC 3711 §3.3: what a sender and a receiver keep', () => {
  const name = 'SRTP_AES128_CM_HMAC_SHA1_80';

  test('a number is protected once, and none of a round before the first', async () => {
    const { sender } = await pairOf(name);
    await sender.protectRtp(rtpOf(3));
    expect(await codeOf(sender.protectRtp(rtpOf(3)))).toBe('SRTP_INDEX_REUSED');
    expect(await codeOf(sender.protectRtp(rtpOf(0xffff)))).toBe('SRTP_INDEX_REUSED');
    expect(await codeOf(sender.protectRtp(rtpOf(2)))).toBe('accepted');
    expect(await codeOf(sender.protectRtp(rtpOf(4)))).toBe('accepted');
  });

  test('the key ends with the last round (§9.2)', async () => {
    const { sender } = await pairOf(name, { roc: 0xffff_ffff });
    expect(await codeOf(sender.protectRtp(rtpOf(0xffff)))).toBe('accepted');
    expect(await codeOf(sender.protectRtp(rtpOf(0)))).toBe('SRTP_INDEX_REUSED');
  });

  test('who joins late needs the ROC', async () => {
    const { sender } = await pairOf(name);
    for (const number of [0xffff, 0, 1]) await sender.protectRtp(rtpOf(number));
    const srtp = await sender.protectRtp(rtpOf(2));
    const late = await pairOf(name);
    expect(await codeOf(late.receiver.unprotectRtp(srtp))).toBe('SRTP_NOT_AUTHENTIC');
    const told = await pairOf(name, { roc: 1 });
    expect(await codeOf(told.receiver.unprotectRtp(srtp))).toBe('accepted');
  });

  test('streams under one key are bounded, and one that is not authentic is not kept', async () => {
    const { sender, receiver } = await pairOf(name);
    const forged = encodeRtp({
      ...{ marker: false, payloadType: 0, sequenceNumber: 1, timestamp: 0, csrcs: [], paddingOctets: 0 },
      ...{ ssrc: 0, payload: new Uint8Array(20) },
    });
    for (let ssrc = 0; ssrc < MAX_STREAMS; ssrc++) {
      forged[11] = ssrc & 0xff;
      forged[10] = 0x10 + (ssrc >> 8);
      expect(await codeOf(receiver.unprotectRtp(forged))).toBe('SRTP_NOT_AUTHENTIC');
      expect(await codeOf(receiver.unprotectRtp(await sender.protectRtp(rtpOf(1, ssrc))))).toBe('accepted');
    }
    expect(await codeOf(sender.protectRtp(rtpOf(1, MAX_STREAMS)))).toBe('SRTP_TOO_MANY_STREAMS');
  });

  test('a packet that would grow beyond 65535 octets is not protected', async () => {
    const { sender } = await pairOf(name);
    const packet = new Uint8Array(65_530);
    packet[0] = 0x80;
    expect(await codeOf(sender.protectRtp(packet))).toBe('SRTP_PACKET_TOO_LONG');
    expect(await codeOf(sender.protectRtp(Uint8Array.of(0x80)))).toBe('SRTP_HEADER_WRONG');
    expect(await codeOf(sender.protectRtcp(fromHex('80c9000100')))).toBe('SRTP_PACKET_TRUNCATED');
    expect(await codeOf(sender.protectRtcp(fromHex('40c9000100000001')))).toBe('SRTP_HEADER_WRONG');
  });
});

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

describe('forms that are none', () => {
  const shape = shapes['AES-CM']!;
  test.each([
    ['SRTP_HEADER_WRONG at 3', '800000'],
    ['SRTP_HEADER_WRONG at 0', '40600001 00000001 00000001 00000000000000000000'],
    ['SRTP_PACKET_TRUNCATED at 12', '80600001 00000001 00000001 000000000000000000'],
    ['accepted', '80600001 00000001 00000001 00000000000000000000'],
  ])('SRTP: %s', (code, hex) => {
    expect(syncCodeOf(() => decodeSrtp(fromHex(hex), shape))).toBe(code);
  });

  test.each([
    ['SRTP_PACKET_TRUNCATED at 21', '80c90001 00000001 80000000 000000000000000000'],
    ['SRTP_HEADER_WRONG at 0', '40c90001 00000001 80000000 00000000000000000000'],
    ['accepted', '80c90001 00000001 80000000 00000000000000000000'],
  ])('SRTCP: %s', (code, hex) => {
    expect(syncCodeOf(() => decodeSrtcp(fromHex(hex), shape))).toBe(code);
  });

  test('more than 65535 octets', () => {
    const packet = new Uint8Array(65_536).fill(0x80);
    expect(syncCodeOf(() => decodeSrtp(packet, shape))).toBe('SRTP_PACKET_TOO_LONG at 0');
    expect(syncCodeOf(() => decodeSrtcp(packet, shape))).toBe('SRTP_PACKET_TOO_LONG at 0');
  });
});

describe('RFC 5764 §4: DTLS-SRTP', () => {
  test('§4.1.1: profiles of two octets each behind their length, then the MKI behind its own', () => {
    const octets = fromHex('0006 0008 0007 0001 00');
    expect(decodeUseSrtp(octets)).toEqual({ profiles: [8, 7, 1], mki: new Uint8Array() });
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
    ['SRTP_EXTENSION_TRUNCATED at 2', '0002'],
    ['SRTP_EXTENSION_LENGTH_WRONG at 0', '000000'],
    ['SRTP_EXTENSION_LENGTH_WRONG at 0', '0003 000100 00'],
    ['SRTP_EXTENSION_LENGTH_WRONG at 0', '0004 0001 00'],
    ['SRTP_EXTENSION_LENGTH_WRONG at 4', '0002 0001 01'],
    ['SRTP_EXTENSION_LENGTH_WRONG at 4', '0002 0001 00 00'],
  ])('%s', (code, hex) => {
    expect(syncCodeOf(() => decodeUseSrtp(fromHex(hex)))).toBe(code);
  });

  test('what cannot be written', () => {
    const none = new Uint8Array();
    expect(syncCodeOf(() => encodeUseSrtp({ profiles: [], mki: none }))).toBe('SRTP_FIELD_OUT_OF_RANGE at 0');
    expect(syncCodeOf(() => encodeUseSrtp({ profiles: [65_536], mki: none }))).toBe(
      'SRTP_FIELD_OUT_OF_RANGE at 2',
    );
  });

  test("§4.2: client's key, server's key, client's salt, server's salt", () => {
    const material = Uint8Array.from({ length: 60 }, (_, i) => i);
    const { client, server } = splitKeyingMaterial('SRTP_AES128_CM_HMAC_SHA1_80', material);
    expect(
      [client.masterKey, server.masterKey, client.masterSalt, server.masterSalt].map(([first]) => first),
    ).toEqual([0, 16, 32, 46]);
    expect(keyingMaterialOctets('SRTP_AEAD_AES_256_GCM')).toBe(88);
    expect(syncCodeOf(() => splitKeyingMaterial('SRTP_AEAD_AES_256_GCM', material))).toBe(
      'SRTP_KEY_LENGTH_WRONG at 0',
    );
  });

  test('keys exported by TLS 1.3 serve both ways', async () => {
    const name = 'SRTP_AEAD_AES_256_GCM';
    const secret = new Uint8Array(48).fill(9);
    const none = new Uint8Array();
    const suite = getSuiteOrThrow(CIPHER_SUITES.TLS_AES_256_GCM_SHA384);
    const octets = keyingMaterialOctets(name);
    const material = await exportKeyingMaterial(suite, secret, EXPORTER_LABEL, none, octets);
    const { client, server } = splitKeyingMaterial(name, material);
    const sender = new SrtpSender(await CryptoContext.derive(name, client));
    const srtp = await sender.protectRtp(rtpOf(1));
    const theirs = new SrtpReceiver(await CryptoContext.derive(name, client));
    expect(await theirs.unprotectRtp(srtp)).toEqual(rtpOf(1));
    const wrong = new SrtpReceiver(await CryptoContext.derive(name, server));
    expect(await codeOf(wrong.unprotectRtp(srtp))).toBe('SRTP_NOT_AUTHENTIC');
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
    encodeUseSrtp({ profiles: [8, 7, 1], mki }),
    encodeUseSrtp({ profiles: [1], mki: new Uint8Array() }),
  ],
  decode: (octets) => decodeUseSrtp(octets, []),
  errorClass: SrtpError,
});

const RUNS = Math.min(Number(env.FUZZ_RUNS ?? 300), 20_000);
const SEED = Number(env.FUZZ_SEED ?? 20_260_101);
test(`fuzz: opening damaged packets, ${RUNS} inputs (FUZZ_SEED=${SEED})`, { timeout: 600_000 }, async () => {
  const random = createRandom(SEED);
  const { sender, receiver } = await pairOf('SRTP_AEAD_AES_128_GCM');
  for (let run = 0; run < RUNS; run++) {
    const srtp = await sender.protectRtp(rtpOf(run & 0xffff));
    const damaged = srtp.slice(0, random.chance(0.2) ? random.integer(0, srtp.length) : srtp.length);
    const isWhole = damaged.length === srtp.length && random.chance(0.5);
    if (!isWhole && damaged.length > 0)
      damaged[random.integer(0, damaged.length - 1)]! ^= random.integer(1, 255);
    expect((await codeOf(receiver.unprotectRtp(damaged))) === 'accepted').toBe(isWhole);
  }
});
