import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import { CryptoContext, type ProfileName, SrtpReceiver, SrtpSender } from './index';

const key128 = fromHex('000102030405060708090a0b0c0d0e0f');
const key256 = fromHex('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f');
const salt = fromHex('517569642070726f2071756f');

function gcmContext(name: ProfileName): CryptoContext {
  const keys = { key: name.includes('256') ? key256 : key128, salt, authKey: new Uint8Array() };
  return CryptoContext.withSessionKeys(name, { rtp: keys, rtcp: keys }, { srtcpIndex: 0x5d4 });
}

describe('RFC 7714 §16: SRTP', () => {
  const rtp = fromHex(
    '8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573',
  );

  test.each<[string, ProfileName, string]>([
    [
      '§16.1',
      'SRTP_AEAD_AES_128_GCM',
      'f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce',
    ],
    [
      '§16.2',
      'SRTP_AEAD_AES_256_GCM',
      '32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b7aa3db36dfffd6b0f9bb7878d7a76c13',
    ],
  ])('%s %s', async (_, name, sealed) => {
    const srtp = fromHex(`8040f17b8041f8d35501a0b2${sealed}`);
    expect(await new SrtpSender(gcmContext(name)).protectRtp(rtp)).toEqual(srtp);
    expect(await new SrtpReceiver(gcmContext(name)).unprotectRtp(srtp)).toEqual(rtp);
  });
});

describe('RFC 7714 §17: SRTCP', () => {
  const rtcp = fromHex(
    '81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef',
  );

  test.each<[string, ProfileName, string]>([
    [
      '§17.1',
      'SRTP_AEAD_AES_128_GCM',
      '63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4',
    ],
    [
      '§17.2',
      'SRTP_AEAD_AES_256_GCM',
      'd50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de0476f1b6fad1d1eb30c4446839f57ff6f6cb26ac3be800005d4',
    ],
  ])('%s %s, encrypted', async (_, name, sealed) => {
    const srtcp = fromHex(`81c8000d4d617273${sealed}`);
    expect(toHex(await new SrtpSender(gcmContext(name)).protectRtcp(rtcp))).toBe(toHex(srtcp));
    expect(await new SrtpReceiver(gcmContext(name)).unprotectRtcp(srtcp)).toEqual(rtcp);
  });

  test.each<[string, ProfileName, string]>([
    ['§17.3', 'SRTP_AEAD_AES_128_GCM', '841dd9683dd78ec92ae58790125f62b3'],
    ['§17.4', 'SRTP_AEAD_AES_256_GCM', '91db4afbfeee5a978fab4393ed2615fe'],
  ])('%s %s, tagged only', async (_, name, tag) => {
    const srtcp = fromHex(`${toHex(rtcp)}${tag}000005d4`);
    expect(await new SrtpSender(gcmContext(name)).protectRtcp(rtcp, { encrypt: false })).toEqual(srtcp);
    expect(await new SrtpReceiver(gcmContext(name)).unprotectRtcp(srtcp)).toEqual(rtcp);
  });
});

describe("libsrtp's own packet, under the master key of RFC 3711 Appendix B.3", () => {
  const master = {
    masterKey: fromHex('e1f97a0d3e018be0d64fa32c06de4139'),
    masterSalt: fromHex('0ec675ad498afeebb6960b3aabe6'),
  };

  test('AES-CM with 80 bits of HMAC-SHA1', async () => {
    const rtp = fromHex('800f1234decafbadcafebabeabababababababababababababababab');
    const srtp = fromHex('800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb');
    const context = await CryptoContext.derive('SRTP_AES128_CM_HMAC_SHA1_80', master);
    expect(await new SrtpSender(context).protectRtp(rtp)).toEqual(srtp);
    expect(await new SrtpReceiver(context).unprotectRtp(srtp)).toEqual(rtp);
  });

  test('SRTCP with index 1', async () => {
    const rtcp = fromHex('81c8000bcafebabe abababababababababababababababab');
    const context = await CryptoContext.derive('SRTP_AES128_CM_HMAC_SHA1_80', master);
    const sender = new SrtpSender(context);
    await sender.protectRtcp(rtcp);
    const srtcp = await sender.protectRtcp(rtcp);
    expect(toHex(srtcp)).toBe('81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798');
    expect(await new SrtpReceiver(context).unprotectRtcp(srtcp)).toEqual(rtcp);
  });
});
