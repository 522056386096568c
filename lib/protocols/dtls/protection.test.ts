import { createCipheriv, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caughtLater } from '@/lib/bytes/caught.fixture';
import { fromHex, toHex } from '@/lib/bytes';
import { getSuiteOrThrow } from '@/lib/protocols/tls';
import {
  decodeDatagram,
  dtlsDeriveSecret,
  DtlsError,
  dtlsExpandLabel,
  dtlsExportKeyingMaterial,
  dtlsFinishedMac,
  dtlsNextSecret,
  dtlsUpdatedSecret,
  EpochReader12,
  EpochReader13,
  maskRecordNumber,
  type PlaintextRecord,
  protectRecord12,
  protectRecord13,
  recordKeys,
  recordNumberMask,
  type UnifiedRecord,
  unprotectRecord12,
  unprotectRecord13,
} from '.';

const suite = getSuiteOrThrow(0x1301);
const secret = Uint8Array.from({ length: 32 }, (_, index) => index);
const content = new TextEncoder().encode('what is said');

const codeOf = async (promise: Promise<unknown>) =>
  (await caughtLater(DtlsError, () => promise))?.code ?? 'none';

function recordOf<Form extends 'unified' | 'plaintext'>(octets: Uint8Array, form: Form, cidOctets = 0) {
  const [record] = decodeDatagram(octets, { cidOctets });
  if (record?.form !== form) throw new Error(`not ${form}`);
  return record as Form extends 'unified' ? UnifiedRecord : PlaintextRecord;
}

/** HKDF-Expand-Label as Node does it, to compare with. */
function expandByNode(label: string, context: Uint8Array, octets: number): string {
  const name = Buffer.from(`dtls13${label}`);
  const info = Buffer.concat([
    Buffer.of(octets >> 8, octets & 255, name.length),
    name,
    Buffer.of(context.length),
    context,
  ]);
  // Expand is a chain of HMACs; one link is enough for 32 octets.
  return createHmac('sha256', secret)
    .update(info)
    .update(Buffer.of(1))
    .digest()
    .subarray(0, octets)
    .toString('hex');
}

describe('RFC 9147 §5.9: the label prefix', () => {
  test('is "dtls13" without a space, in every key and secret', async () => {
    const keys = await recordKeys(suite, secret);
    const none = new Uint8Array();
    expect(toHex(keys.key)).toBe(expandByNode('key', none, 16));
    expect(toHex(keys.iv)).toBe(expandByNode('iv', none, 12));
    expect(toHex(keys.sn)).toBe(expandByNode('sn', none, 16));
    expect(toHex(await dtlsUpdatedSecret(suite, secret))).toBe(expandByNode('traffic upd', none, 32));
    const hash = new Uint8Array(32).fill(7);
    expect(toHex(await dtlsDeriveSecret(suite, secret, 'c hs traffic', hash))).toBe(
      expandByNode('c hs traffic', hash, 32),
    );
    const key = Buffer.from(expandByNode('finished', none, 32), 'hex');
    expect(toHex(await dtlsFinishedMac(suite, secret, hash))).toBe(
      createHmac('sha256', key).update(hash).digest('hex'),
    );
  });

  test('the next secret is extracted with one derived from the last (RFC 8446 §7.1)', async () => {
    const ikm = new Uint8Array(32).fill(9);
    const empty = fromHex('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    const salt = Buffer.from(expandByNode('derived', empty, 32), 'hex');
    expect(toHex(await dtlsNextSecret(suite, secret, ikm))).toBe(
      createHmac('sha256', salt).update(ikm).digest('hex'),
    );
  });

  test('the exporter has its two steps (RFC 8446 §7.5)', async () => {
    const exported = await dtlsExportKeyingMaterial(
      suite,
      secret,
      'EXTRACTOR-dtls_srtp',
      new Uint8Array(),
      60,
    );
    const empty = fromHex('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    const first = await dtlsExpandLabel(suite, secret, 'EXTRACTOR-dtls_srtp', empty, 32);
    expect(exported).toEqual(await dtlsExpandLabel(suite, first, 'exporter', empty, 60));
    expect(exported).toHaveLength(60);
  });
});

describe('RFC 9147 §4.2.3: record number encryption', () => {
  test('the mask is a block of AES: the example of FIPS 197, appendix C.1', async () => {
    const key = fromHex('000102030405060708090a0b0c0d0e0f');
    const mask = await recordNumberMask(key, fromHex('00112233445566778899aabbccddeeff'));
    expect(toHex(mask)).toBe('69c4');
  });

  test('it agrees with AES-ECB of Node, with both key sizes', async () => {
    for (const octets of [16, 32]) {
      const key = secret.slice(0, octets);
      const cipher = createCipheriv(`aes-${octets * 8}-ecb`, key, null);
      const sample = new Uint8Array(40).fill(3);
      const block = cipher.update(sample.subarray(0, 16));
      expect(toHex(await recordNumberMask(key, sample))).toBe(block.subarray(0, 2).toString('hex'));
    }
  });

  test('hiding twice shows again, and touches nothing else', () => {
    const header = fromHex('2e 1234 0020');
    const hidden = maskRecordNumber(header, 1, 2, fromHex('ff0f'));
    expect(toHex(hidden)).toBe('2eed3b0020');
    expect(maskRecordNumber(hidden, 1, 2, fromHex('ff0f'))).toEqual(header);
  });

  test('a record too short for a sample is refused', async () => {
    expect(await codeOf(recordNumberMask(secret.slice(0, 16), new Uint8Array(15)))).toBe(
      'DTLS_RECORD_TOO_SHORT',
    );
  });
});

describe('RFC 9147 §4: records of 1.3 under AES-GCM', () => {
  test('the AEAD covers the header with its number in the clear, and the nonce has no epoch', async () => {
    const keys = await recordKeys(suite, secret);
    const wire = await protectRecord13(keys, { epoch: 2, sequenceNumber: 0x0102, type: 22, content });
    const [sealed, tag] = [wire.subarray(5, -16), wire.subarray(-16)];
    const nonce = Buffer.from(keys.iv);
    nonce[10]! ^= 1;
    nonce[11]! ^= 2;
    const cipher = createCipheriv('aes-128-gcm', keys.key, nonce);
    cipher.setAAD(Buffer.of(0x2e, 0x01, 0x02, 0, content.length + 17));
    const expected = Buffer.concat([cipher.update(content), cipher.update(Buffer.of(22)), cipher.final()]);
    expect(toHex(sealed)).toBe(expected.toString('hex'));
    expect(toHex(tag)).toBe(cipher.getAuthTag().toString('hex'));
    const mask = await recordNumberMask(keys.sn, wire.subarray(5));
    expect([wire[1], wire[2]]).toEqual([0x01 ^ mask[0]!, 0x02 ^ mask[1]!]);
  });

  test('property: every form of header, padding and number opens again', async () => {
    const keys = await recordKeys(suite, secret);
    const form = fc.record({
      connectionId: fc.option(fc.uint8Array({ minLength: 3, maxLength: 3 }), { nil: undefined }),
      sequenceOctets: fc.constantFrom(1 as const, 2 as const),
      hasLength: fc.boolean(),
      paddingOctets: fc.nat(30),
    });
    const record = fc.record({
      epoch: fc.integer({ min: 1, max: 9 }),
      sequenceNumber: fc.nat(2 ** 31 - 1),
      type: fc.constantFrom(21, 22, 23, 26),
      content: fc.uint8Array({ maxLength: 80 }),
    });
    await fc.assert(
      fc.asyncProperty(record, form, async (plain, chosen) => {
        const wire = await protectRecord13(keys, plain, chosen);
        const read = recordOf(wire, 'unified', 3);
        expect(read.header.epochBits).toBe(plain.epoch % 4);
        const highest = plain.sequenceNumber === 0 ? undefined : plain.sequenceNumber - 1;
        const { epoch, ...rest } = plain;
        expect(epoch % 4).toBe(read.header.epochBits);
        expect(await unprotectRecord13(keys, read, highest)).toEqual({
          ...rest,
          paddingOctets: chosen.paddingOctets,
        });
      }),
      { seed: 45, numRuns: 60 },
    );
  });

  test('a changed octet anywhere is noticed', async () => {
    const keys = await recordKeys(suite, secret);
    const wire = await protectRecord13(keys, { epoch: 3, sequenceNumber: 7, type: 23, content });
    for (const at of [1, 2, 5, 20, wire.length - 1]) {
      const forged = wire.slice();
      forged[at]! ^= 1;
      expect(await codeOf(unprotectRecord13(keys, recordOf(forged, 'unified'), 6))).toBe(
        'DTLS_RECORD_NOT_AUTHENTIC',
      );
    }
  });

  test('padding alone has no type; too much content and numbers of 49 bits are refused', async () => {
    const keys = await recordKeys(suite, secret);
    const empty = await protectRecord13(keys, {
      epoch: 3,
      sequenceNumber: 0,
      type: 0,
      content: new Uint8Array(),
    });
    expect(await codeOf(unprotectRecord13(keys, recordOf(empty, 'unified')))).toBe('DTLS_RECORD_NO_TYPE');
    const long = { epoch: 3, sequenceNumber: 0, type: 23, content: new Uint8Array(2 ** 14 + 1) };
    expect(await codeOf(protectRecord13(keys, long))).toBe('DTLS_RECORD_TOO_LONG');
    const late = { ...long, content, sequenceNumber: 2 ** 48 };
    expect(await codeOf(protectRecord13(keys, late))).toBe('DTLS_SEQUENCE_EXHAUSTED');
  });

  test('more inside than 2^14 octets and a type is refused (RFC 8446 §5.4)', async () => {
    const keys = await recordKeys(suite, secret);
    const header = fromHex('2f00004012');
    const cipher = createCipheriv('aes-128-gcm', keys.key, keys.iv);
    cipher.setAAD(header);
    const inner = new Uint8Array(2 ** 14 + 2).fill(23);
    const sealed = Buffer.concat([cipher.update(inner), cipher.final(), cipher.getAuthTag()]);
    const mask = await recordNumberMask(keys.sn, sealed);
    const wire = Buffer.concat([maskRecordNumber(header, 1, 2, mask), sealed]);
    expect(await codeOf(unprotectRecord13(keys, recordOf(wire, 'unified')))).toBe('DTLS_RECORD_TOO_LONG');
  });

  test('§4.5.1: an epoch takes each record once, in any order; a forgery leaves no mark', async () => {
    const keys = await recordKeys(suite, secret);
    const wire = await Promise.all(
      [0, 1, 2, 70].map((sequenceNumber) =>
        protectRecord13(keys, { epoch: 2, sequenceNumber, type: 22, content }, { sequenceOctets: 1 }),
      ),
    );
    const reader = new EpochReader13(keys);
    const open = async (index: number) =>
      (await reader.open(recordOf(wire[index]!, 'unified')))?.sequenceNumber;
    expect([await open(2), await open(0), await open(2), await open(0)]).toEqual([
      2,
      0,
      undefined,
      undefined,
    ]);
    const forged = wire[3]!.slice();
    forged[forged.length - 1]! ^= 1;
    expect(await codeOf(reader.open(recordOf(forged, 'unified')))).toBe('DTLS_RECORD_NOT_AUTHENTIC');
    expect([await open(1), await open(3), await open(1)]).toEqual([1, 70, undefined]);
  });
});

describe('RFC 6347 §4.1.2.1 and RFC 5288 §3: records of 1.2 under AES-GCM', () => {
  const keys = { key: secret.slice(0, 16), salt: fromHex('a0a1a2a3') };

  test('nonce and additional data have epoch and number', async () => {
    const wire = await protectRecord12(keys, { epoch: 1, sequenceNumber: 0x0203, type: 22, content });
    const number = Buffer.from('0001000000000203', 'hex');
    const cipher = createCipheriv('aes-128-gcm', keys.key, Buffer.concat([keys.salt, number]));
    cipher.setAAD(Buffer.concat([number, Buffer.of(22, 0xfe, 0xfd, 0, content.length)]));
    const sealed = Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
    expect(toHex(wire)).toBe(
      `16fefd${number.toString('hex')}00${toHex(Uint8Array.of(24 + content.length))}${number.toString('hex')}${sealed.toString('hex')}`,
    );
    expect(await unprotectRecord12(keys, recordOf(wire, 'plaintext'))).toEqual(content);
  });

  test('what is too short, changed or repeated does not open', async () => {
    const wire = await protectRecord12(keys, { epoch: 1, sequenceNumber: 0, type: 23, content });
    const record = recordOf(wire, 'plaintext');
    expect(await codeOf(unprotectRecord12(keys, { ...record, type: 22 }))).toBe('DTLS_RECORD_NOT_AUTHENTIC');
    expect(await codeOf(unprotectRecord12(keys, { ...record, fragment: new Uint8Array(23) }))).toBe(
      'DTLS_RECORD_TOO_SHORT',
    );
    expect(await codeOf(unprotectRecord12(keys, { ...record, fragment: new Uint8Array(16_409) }))).toBe(
      'DTLS_RECORD_TOO_LONG',
    );
    const reader = new EpochReader12(keys);
    expect(await reader.open(record)).toEqual(content);
    expect(await reader.open(record)).toBeUndefined();
    expect(
      await codeOf(
        protectRecord12(keys, { epoch: 1, sequenceNumber: 0, type: 23, content: new Uint8Array(16_385) }),
      ),
    ).toBe('DTLS_RECORD_TOO_LONG');
  });
});
