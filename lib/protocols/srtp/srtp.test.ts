import fc from 'fast-check';
import { env } from 'node:process';
import { describe, expect, test } from 'vitest';
import { caughtLater } from '@/lib/bytes/caught.fixture';
import { fromHex } from '@/lib/bytes';
import { encodeRtcp, encodeRtp } from '@/lib/protocols/rtp';
import { rtcpDatagrams, rtpPackets } from '@/lib/protocols/rtp/packets.fixture';
import { CIPHER_SUITES, exportKeyingMaterial, getSuiteOrThrow } from '@/lib/protocols/tls';
import { createRandom } from '@/lib/sim';
import {
  CryptoContext,
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
} from './index';

const mki = fromHex('01020304');

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

const codeOf = async (run: Promise<unknown>) => (await caughtLater(SrtpError, () => run))?.code ?? 'accepted';

const rtpOf = (sequenceNumber: number, ssrc = 7) =>
  encodeRtp({
    ...{ marker: false, payloadType: 111, sequenceNumber, timestamp: 5, ssrc, csrcs: [] },
    ...{ payload: Uint8Array.of(1, 2, 3, 4, 5), paddingOctets: 0 },
  });

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

  test('the key ends with datagram 2^31 of control (§9.2)', async () => {
    const { sender } = await pairOf(name, { srtcpIndex: 2 ** 31 - 1 });
    const rtcp = fromHex('80c90001 00000007');
    expect(await codeOf(sender.protectRtcp(rtcp))).toBe('accepted');
    expect(await codeOf(sender.protectRtcp(rtcp))).toBe('SRTP_KEY_EXHAUSTED');
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

describe('RFC 5764 §4.2: keys of DTLS-SRTP', () => {
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
