import { describe, expect, test } from 'vitest';
import { fromHex } from '@/lib/bytes';
import { hkdfExpand, NAMED_GROUPS, sharedSecret } from './index';
import { generateKeyShare } from './test-support/node-server';

describe('RFC 8446 §4.2.8.2: a point of a NIST curve', () => {
  const groups = [
    ['secp256r1', NAMED_GROUPS.secp256r1, 32],
    ['secp384r1', NAMED_GROUPS.secp384r1, 48],
  ] as const;

  test.each(groups)('of %s comes in full, and both ends have the same', async (_name, group, octets) => {
    const [ours, theirs] = [await generateKeyShare(group), await generateKeyShare(group)];
    const shared = await sharedSecret(ours, theirs.publicKey);
    expect(shared).toHaveLength(octets);
    expect(await sharedSecret(theirs, ours.publicKey)).toEqual(shared);
  });

  test.each(groups)(
    'of %s compressed, hybrid, off the curve, or infinite is none',
    async (_name, group, octets) => {
      const [ours, { publicKey }] = [await generateKeyShare(group), await generateKeyShare(group)];
      const isOdd = publicKey.at(-1)! & 1;
      const off = publicKey.slice();
      off[off.length - 1]! ^= 1;
      for (const wrong of [
        Uint8Array.of(2 + isOdd, ...publicKey.slice(1, 1 + octets)),
        Uint8Array.of(6 + isOdd, ...publicKey.slice(1)),
        off,
        Uint8Array.of(0),
        Uint8Array.of(...publicKey, 0),
      ])
        await expect(sharedSecret(ours, wrong)).rejects.toMatchObject({ code: 'TLS_ILLEGAL_PARAMETER' });
    },
  );
});

test.each([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
])('RFC 8446 §7.4.2: %s has a small order, so the secret would be all zeros', async (point) => {
  const ours = await generateKeyShare(NAMED_GROUPS.x25519);
  await expect(sharedSecret(ours, fromHex(point))).rejects.toMatchObject({ code: 'TLS_ILLEGAL_PARAMETER' });
});

test('RFC 5869 §2.3: 255 hashes come out of HKDF-Expand at most', async () => {
  const [prk, info] = [new Uint8Array(64), new Uint8Array()];
  expect(await hkdfExpand('SHA-512', prk, info, 255 * 64)).toHaveLength(255 * 64);
  await expect(hkdfExpand('SHA-512', prk, info, 255 * 64 + 1)).rejects.toMatchObject({
    code: 'TLS_FIELD_OUT_OF_RANGE',
  });
});
