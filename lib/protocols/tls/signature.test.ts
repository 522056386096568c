import { createSign, createVerify, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import { decodeEcdsaSignature, encodeEcdsaSignature } from './ecdsa-signature';
import { certificateVerifyInput, createSignature, SIGNATURE_SCHEMES, verifySignature } from './index';

const signed = new TextEncoder().encode('a transcript');

async function keysFor(algorithm: object): Promise<{ privateKey: CryptoKey; spki: Uint8Array }> {
  const usages: KeyUsage[] = ['sign', 'verify'];
  const pair = await crypto.subtle.generateKey(algorithm as EcKeyGenParams, true, usages);
  return {
    privateKey: pair.privateKey,
    spki: new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey)),
  };
}
const rsaPss = (hash: string) => ({
  name: 'RSA-PSS',
  hash,
  modulusLength: 2048,
  publicExponent: Uint8Array.of(1, 0, 1),
});

describe('RFC 8446 §4.2.3: signatures', () => {
  test.each([
    ['ecdsa_secp256r1_sha256', { name: 'ECDSA', namedCurve: 'P-256' }],
    ['ecdsa_secp384r1_sha384', { name: 'ECDSA', namedCurve: 'P-384' }],
    ['ecdsa_secp521r1_sha512', { name: 'ECDSA', namedCurve: 'P-521' }],
    ['rsa_pss_rsae_sha256', rsaPss('SHA-256')],
    ['rsa_pss_rsae_sha512', rsaPss('SHA-512')],
    ['ed25519', { name: 'Ed25519' }],
  ] as const)('%s holds over what it signed, and over nothing else', async (name, algorithm) => {
    const scheme = SIGNATURE_SCHEMES[name];
    const { privateKey, spki } = await keysFor(algorithm);
    const signature = await createSignature(scheme, privateKey, signed);
    expect(await verifySignature(scheme, spki, signature, signed)).toBe(true);
    expect(await verifySignature(scheme, spki, signature, signed.slice(1))).toBe(false);
    expect(await verifySignature(scheme, spki, signature.slice(1), signed)).toBe(false);
  });

  test('an RSA signature is as long as its modulus, also where it begins with a zero (RFC 8017 §8.1.2)', async () => {
    const scheme = SIGNATURE_SCHEMES.rsa_pss_rsae_sha256;
    const { privateKey, spki } = await keysFor(rsaPss('SHA-256'));
    // The salt is random: one signature in 256 begins so.
    let signature: Uint8Array;
    do signature = await createSignature(scheme, privateKey, signed);
    while (signature[0] !== 0);
    expect(await verifySignature(scheme, spki, signature, signed)).toBe(true);
    expect(await verifySignature(scheme, spki, signature.slice(1), signed)).toBe(false);
  });

  test("Node's crypto says the same", async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const scheme = SIGNATURE_SCHEMES.ecdsa_secp384r1_sha384;
    const theirs = createSign('sha384').update(signed).sign(privateKey);
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    expect(await verifySignature(scheme, spki, theirs, signed)).toBe(true);
    const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
    const algorithm = { name: 'ECDSA', namedCurve: 'P-384' };
    const key = await crypto.subtle.importKey('pkcs8', Uint8Array.from(pkcs8), algorithm, false, ['sign']);
    const ours = await createSignature(scheme, key, signed);
    expect(createVerify('sha384').update(signed).verify(publicKey, ours)).toBe(true);
  });

  test('a scheme for another kind of key, or for certificates only, is refused', async () => {
    const { spki } = await keysFor({ name: 'ECDSA', namedCurve: 'P-256' });
    for (const scheme of [0x0503, 0x0804, 0x0401, 0x0201, 0xffff])
      await expect(verifySignature(scheme, spki, signed, signed)).rejects.toMatchObject({
        code: 'TLS_ILLEGAL_PARAMETER',
      });
  });
});

test('§4.4.3: what CertificateVerify signs, by the example there', () => {
  const input = certificateVerifyInput('server', new Uint8Array(32).fill(1));
  expect(toHex(input)).toBe(
    '20'.repeat(64) +
      '544c5320312e332c207365727665722043657274696669636174655665726966' +
      '7900' +
      '01'.repeat(32),
  );
});

describe('RFC 5480 appendix A: ECDSA-Sig-Value', () => {
  test('r and s come back, whatever their first bits are', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(32, 48, 66),
        fc.uint8Array({ minLength: 132, maxLength: 132 }),
        (octets, all) => {
          const raw = all.slice(0, 2 * octets);
          expect(decodeEcdsaSignature(encodeEcdsaSignature(raw), octets)).toEqual(raw);
        },
      ),
    );
  });

  test.each([
    ['nothing', ''],
    ['octets behind it', '300602010502010700'],
    ['one number only', '3003020105'],
    ['a negative number', '3006020185020107'],
    ['a number too long', `3046022200${'01'.repeat(33)}020107`],
    ['two zeros in front', '300802030000050201 07'],
    ['an empty number', '30050200020107'],
    ['a length of three octets', '3082000602010502010 7'],
    ['a length of two octets that fits in one', '308106020105020107'],
    ['such a length of a number', '300702810105020107'],
    ['a zero in front that no sign asks for', '300702020005020107'],
  ])('%s is none', (_what, hex) => {
    expect(decodeEcdsaSignature(fromHex(hex.replaceAll(' ', '')), 32)).toBeUndefined();
  });
});
