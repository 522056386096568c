import { createCipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { toHex } from '@/lib/bytes';
import { RecordProtection12, RecordReader } from './index';

const keys = { key: new Uint8Array(16).fill(1), iv: new Uint8Array(4).fill(2) };
const content = new TextEncoder().encode('what is said');
const recordOf = (wire: Uint8Array) => new RecordReader({ version: '1.2' }).push(wire)[0]!;

describe('RFC 5246 §6.2.3.3, RFC 5288 §3: records of 1.2 under AES-GCM', () => {
  test('nonce and additional data hold the number of the record', async () => {
    const protection = new RecordProtection12(keys);
    await protection.seal(22, content);
    const number = Buffer.from('0000000000000001', 'hex');
    const cipher = createCipheriv('aes-128-gcm', keys.key, Buffer.concat([keys.iv, number]));
    cipher.setAAD(Buffer.concat([number, Buffer.of(23, 3, 3, 0, content.length)]));
    const sealed = Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
    const wire = await protection.seal(23, content);
    expect(toHex(wire)).toBe(
      Buffer.concat([Buffer.of(23, 3, 3, 0, 24 + content.length), number, sealed]).toString('hex'),
    );
  });

  test('records open in their order, each under its own type', async () => {
    const [sealing, opening] = [new RecordProtection12(keys), new RecordProtection12(keys)];
    for (const type of [22, 23, 21])
      expect(await opening.open(recordOf(await sealing.seal(type, content)))).toEqual(content);
    const record = recordOf(await sealing.seal(23, content));
    await expect(opening.open({ ...record, type: 21 })).rejects.toMatchObject({
      code: 'TLS_RECORD_NOT_AUTHENTIC',
      alert: 20,
    });
  });

  test('what came before, is too short, or holds too much does not open', async () => {
    const sealing = new RecordProtection12(keys);
    const record = recordOf(await sealing.seal(23, content));
    const opening = new RecordProtection12(keys);
    await opening.open(record);
    const codes = ['TLS_RECORD_NOT_AUTHENTIC', 'TLS_RECORD_NOT_AUTHENTIC', 'TLS_RECORD_TOO_LONG'];
    const fragments = [record.fragment, new Uint8Array(23), new Uint8Array(2 ** 14 + 25)];
    for (const [index, fragment] of fragments.entries())
      await expect(opening.open({ ...record, fragment })).rejects.toMatchObject({ code: codes[index] });
    await expect(sealing.seal(23, new Uint8Array(2 ** 14 + 1))).rejects.toMatchObject({
      code: 'TLS_RECORD_TOO_LONG',
    });
  });
});
