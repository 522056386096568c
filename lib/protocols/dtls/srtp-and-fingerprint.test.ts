import { describe, expect, test } from 'vitest';
import { fromHex, type Span, toHex } from '@/lib/bytes';
import { expectCover } from './spans.fixture';
import {
  decodeUseSrtp,
  DtlsError,
  encodeUseSrtp,
  fingerprintOf,
  isCertificateOf,
  parseFingerprint,
  splitSrtpKeys,
  SRTP_PROFILES,
  srtpKeyingOctets,
  writeFingerprint,
} from '.';

const errorOf = (run: () => unknown): DtlsError | undefined => {
  try {
    run();
  } catch (error) {
    if (error instanceof DtlsError) return error;
    throw error;
  }
  return undefined;
};

describe('RFC 5764: use_srtp', () => {
  test('§4.1.1: profiles and key identifier', () => {
    const octets = fromHex('0004 0007 0001 02 abcd');
    const value = { profiles: [7, 1], mki: fromHex('abcd') };
    const spans: Span[] = [];
    expect(decodeUseSrtp(octets, spans)).toEqual(value);
    expect(encodeUseSrtp(value)).toEqual(octets);
    expectCover(spans, octets.length);
  });

  test.each(['', '0000 00', '0001 00 00', '0002 0001', '0002 0001 01', '0002 0001 00 00'])(
    '%s is refused',
    (octets) => {
      expect(errorOf(() => decodeUseSrtp(fromHex(octets)))?.code).toBe('DTLS_USE_SRTP_MALFORMED');
    },
  );

  test('§4.2: keys are cut in the order client key, server key, client salt, server salt', () => {
    expect(Object.values(SRTP_PROFILES).map(srtpKeyingOctets)).toEqual([60, 60, 60, 60, 56, 88]);
    const { client, server } = splitSrtpKeys(
      1,
      Uint8Array.from({ length: 60 }, (_, index) => index),
    );
    expect([client.masterKey[0], server.masterKey[0], client.masterSalt[0], server.masterSalt[0]]).toEqual([
      0, 16, 32, 46,
    ]);
    expect([client.masterKey.length, server.masterSalt.length]).toEqual([16, 14]);
    expect(errorOf(() => splitSrtpKeys(1, new Uint8Array(59)))?.code).toBe('DTLS_FIELD_OUT_OF_RANGE');
    expect(errorOf(() => srtpKeyingOctets(3))?.code).toBe('DTLS_SRTP_PROFILE_UNKNOWN');
  });
});

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
