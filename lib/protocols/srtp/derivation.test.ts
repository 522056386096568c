import { createCipheriv } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import {
  aesCm,
  counterModeIv,
  deriveKey,
  deriveSessionKeys,
  gcmIv,
  getProfileOrThrow,
  importCounterKey,
  KEY_LABELS,
  PROTECTION_PROFILES,
  SUPPORTED_PROFILES,
} from './index';

describe('RFC 3711 Appendix B.2: AES-CM', () => {
  const sessionKey = fromHex('2b7e151628aed2a6abf7158809cf4f3c');
  const salt = fromHex('f0f1f2f3f4f5f6f7f8f9fafbfcfd');

  test('the IV of SSRC 0 and index 0 is the salt', () => {
    expect(toHex(counterModeIv(salt, 0, 0))).toBe('f0f1f2f3f4f5f6f7f8f9fafbfcfd0000');
  });

  test('the keystream from block 0, and around block 0xff00', async () => {
    const octets = 16 * 0xff02;
    const stream = await aesCm(
      await importCounterKey(sessionKey),
      counterModeIv(salt, 0, 0),
      new Uint8Array(octets),
    );
    const block = (number: number) => toHex(stream.subarray(16 * number, 16 * number + 16));
    expect([0, 1, 2, 0xfeff, 0xff00, 0xff01].map(block)).toEqual([
      'e03ead0935c95e80e166b16dd92b4eb4',
      'd23513162b02d0f72a43a2fe4a5f97ab',
      '41e95b3bb0a2e8dd477901e4fca894c0',
      'ec8cdf7398607cb0f2d21675ea9ea1e4',
      '362b7c3c6773516318a077d7fc5073ae',
      '6a2cc3787889374fbeb4c81b17ba6c44',
    ]);
  });
});

describe('RFC 3711 §4.1.1, RFC 7714 §8.1: IVs', () => {
  test('SSRC from octet 4 and index from octet 8, xored onto the salt', () => {
    expect(toHex(counterModeIv(new Uint8Array(14), 0xdecafbad, 0x0102_0304_0506))).toBe(
      '00000000decafbad0102030405060000',
    );
    expect(toHex(counterModeIv(new Uint8Array(14).fill(0xff), 1, 2))).toBe(
      'fffffffffffffffefffffffffffd0000',
    );
  });

  test('RFC 7714 §16: the IV of its packet', () => {
    expect(toHex(gcmIv(fromHex('517569642070726f2071756f'), 0x5501a0b2, 0xf17b))).toBe(
      '51753c6580c2726f20718414',
    );
  });
});

describe('RFC 3711 Appendix B.3: key derivation', () => {
  const master = {
    masterKey: fromHex('e1f97a0d3e018be0d64fa32c06de4139'),
    masterSalt: fromHex('0ec675ad498afeebb6960b3aabe6'),
  };

  test('cipher key, salt and 94 octets of authentication key', async () => {
    const { key, salt, authKey } = KEY_LABELS.rtp;
    expect(toHex(await deriveKey(master, key, 16))).toBe('c61e7a93744f39ee10734afe3ff7a087');
    expect(toHex(await deriveKey(master, salt, 14))).toBe('30cbbc08863d8c85d49db34a9ae1');
    expect(toHex(await deriveKey(master, authKey, 94))).toBe(
      'cebe321f6ff7716b6fd4ab49af256a156d38baa48f0a0acf3c34e2359e6cdbcee049646c43d9327ad175578ef7227098' +
        '6371c10c9a369ac2f94a8c5fbcdddc256d6e919a48b610ef17c2041e474035766b68642c59bbfc2f34db60dbdfb2',
    );
  });

  test('keys of control have labels 3 to 5', async () => {
    const keys = await deriveSessionKeys(getProfileOrThrow('SRTP_AES128_CM_HMAC_SHA1_80'), master, 'rtcp');
    expect(toHex(keys.key)).toBe('4c1aa45a81f73d61c800bbb00fbb1eaa');
    expect(toHex(keys.salt)).toBe('9581c7ad87b3e530bf3e4454a8b3');
    expect(toHex(keys.authKey)).toBe('8d54534feb49ae8e7993a6bd0b844fc323a93dfd');
  });

  test("it is AES of single blocks, by Node's own", async () => {
    const block = (iv: string) => {
      const ecb = createCipheriv('aes-128-ecb', master.masterKey, null).setAutoPadding(false);
      return ecb.update(fromHex(iv)).toString('hex');
    };
    // B.3 prints the input: the salt with label 1 on octet 7, then the number of the block.
    const blocks = ['0000', '0001'].map((counter) => block(`0ec675ad498afeeab6960b3aabe6${counter}`));
    expect(toHex(await deriveKey(master, 1, 32))).toBe(blocks.join(''));
  });

  test('RFC 7714 §11: a salt of 12 octets is filled up with zeros', async () => {
    const masterKey = Uint8Array.from({ length: 16 }, (_, i) => i);
    const masterSalt = Uint8Array.from({ length: 12 }, (_, i) => 0x40 + i);
    const profile = getProfileOrThrow('SRTP_AEAD_AES_128_GCM');
    const keys = await deriveSessionKeys(profile, { masterKey, masterSalt }, 'rtp');
    expect(toHex(keys.salt)).toBe('1fcd5d561e66dc49ec1c3ccb');
    expect(keys.authKey.length).toBe(0);
    const padded = Uint8Array.from([...masterSalt, 0, 0, 0, 0]);
    padded[7]! ^= 2;
    const ecb = createCipheriv('aes-128-ecb', masterKey, null);
    expect(keys.salt).toEqual(new Uint8Array(ecb.update(padded).subarray(0, 12)));
  });

  test('keys of another length are refused', async () => {
    const profile = getProfileOrThrow('SRTP_AEAD_AES_256_GCM');
    await expect(deriveSessionKeys(profile, master, 'rtp')).rejects.toMatchObject({
      code: 'SRTP_KEY_LENGTH_WRONG',
    });
  });
});

describe('RFC 5764 §4.1.2, RFC 7714 §14.2: profiles', () => {
  test('names and numbers are those of the registry', () => {
    const rows = readFileSync(new URL('fixtures/srtp-protection-1.csv', import.meta.url), 'utf8')
      .trim()
      .split('\n');
    const named = rows
      .slice(1)
      .map((row) => /^"\{0x(..), 0x(..)\}",(\w+)/.exec(row)?.slice(1))
      .filter((cells) => cells !== undefined && cells[2] !== 'Reserved')
      .map((cells) => [cells![2], Number(`0x${cells![0]}${cells![1]}`)]);
    expect(Object.entries(PROTECTION_PROFILES)).toEqual(named);
  });

  test.each([
    ['SRTP_AES128_CM_HMAC_SHA1_80', 16, 14, 10, 10],
    ['SRTP_AES128_CM_HMAC_SHA1_32', 16, 14, 4, 10],
    ['SRTP_AEAD_AES_128_GCM', 16, 12, 16, 16],
    ['SRTP_AEAD_AES_256_GCM', 32, 12, 16, 16],
  ] as const)('%s', (name, keyOctets, saltOctets, rtpTagOctets, rtcpTagOctets) => {
    const parameters = { keyOctets, saltOctets, rtpTagOctets, rtcpTagOctets };
    expect(getProfileOrThrow(PROTECTION_PROFILES[name])).toMatchObject({ name, ...parameters });
    expect(SUPPORTED_PROFILES).toContain(name);
  });

  test('a profile that WebCrypto has no cipher for is refused', () => {
    for (const profile of [PROTECTION_PROFILES.SRTP_AEAD_ARIA_128_GCM, 3])
      expect(() => getProfileOrThrow(profile)).toThrow(
        expect.objectContaining({ name: 'SrtpError', code: 'SRTP_PROFILE_UNKNOWN' }),
      );
  });
});
