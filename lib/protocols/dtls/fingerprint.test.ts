import { describe, expect, test } from 'vitest';
import { caught } from '@/lib/bytes/caught.fixture';
import { fromHex, toHex } from '@/lib/bytes';
import { DtlsError, fingerprintOf, isCertificateOf, parseFingerprint, writeFingerprint } from '.';

const errorOf = (run: () => unknown) => caught(DtlsError, run);

describe('RFC 8122: fingerprints', () => {
  const example =
    'SHA-256 12:DF:3E:5D:49:6B:19:E5:7C:AB:4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB:4A:AD';

  test('§5: the example is read, whatever its case, and written', () => {
    const value = parseFingerprint(example);
    expect([value.hash, value.digest.length, value.digest[0]]).toEqual(['sha-256', 32, 0x12]);
    expect(parseFingerprint(example.toLowerCase())).toEqual(value);
    expect(writeFingerprint(value)).toBe(example.replace('SHA', 'sha'));
  });

  test("§5: of a certificate's octets, with the hash that is asked for", async () => {
    const certificate = new TextEncoder().encode('abc');
    const value = await fingerprintOf(certificate);
    expect(toHex(value.digest)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(await isCertificateOf(value, certificate)).toBe(true);
    expect(await isCertificateOf(value, fromHex('00'))).toBe(false);
    expect((await fingerprintOf(certificate, 'SHA-512')).digest).toHaveLength(64);
    await expect(fingerprintOf(certificate, 'md5')).rejects.toMatchObject({ code: 'DTLS_HASH_UNSUPPORTED' });
  });

  test.each([
    '',
    'sha-256',
    'sha-3 00',
    'constructor 00',
    'sha-1 00:11',
    `${example}:00`,
    example.replace('12', '1G'),
  ])('"%s" is refused', (value) => {
    expect(errorOf(() => parseFingerprint(value))?.code).toBe('DTLS_FINGERPRINT_MALFORMED');
  });
});
