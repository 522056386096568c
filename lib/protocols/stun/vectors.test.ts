import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import type { AttributeName } from '.';
import { checkFingerprint, checkIntegrity, decodeMessage, findAttribute, longTermKey, shortTermKey } from '.';

// Published messages, read where they lie and never copied; absent, the tests say so and are skipped.
const file = new URL('../../../../shared/vectors/stun-ice-nat/stun-rfc5769.json', import.meta.url);
const isAbsent = !existsSync(file);
if (isAbsent) console.warn('skipped: ../shared/vectors/stun-ice-nat is not here');

type Vector = {
  id: string;
  hex: string;
  password: string;
  credential: 'short-term' | 'long-term';
  expect: Record<string, unknown> & { integrity: boolean; fingerprint: boolean | null };
};
const vectors = isAbsent ? [] : (JSON.parse(readFileSync(file, 'utf8')) as { messages: Vector[] }).messages;

/** The vectors print 64-bit values and octets as hex. */
const printed = (value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString(16) : value instanceof Uint8Array ? toHex(value) : value;

test.skipIf(isAbsent)('there are messages to check', () => expect(vectors.length).toBeGreaterThanOrEqual(4));

for (const { id, hex, password, credential, expect: expected } of vectors) {
  test(`RFC ${id.replace('-', ' ')}`, async () => {
    const octets = fromHex(hex);
    const decoded = decodeMessage(octets)!;
    const { class: messageClass, method, transactionId, integrity, fingerprint, ...attributes } = expected;
    expect([decoded.class, decoded.method, toHex(decoded.transactionId)]).toEqual([
      messageClass,
      method,
      transactionId,
    ]);
    for (const [name, value] of Object.entries(attributes))
      expect([name, printed(findAttribute(decoded, name as AttributeName))]).toEqual([name, value]);

    const username = findAttribute(decoded, 'USERNAME') ?? '';
    const realm = findAttribute(decoded, 'REALM') ?? '';
    const key =
      credential === 'short-term' ? shortTermKey(password) : await longTermKey({ username, realm, password });
    expect(await checkIntegrity(octets, key)).toBe(integrity);
    expect(checkFingerprint(octets)).toBe(fingerprint ?? undefined);

    // Changed anywhere behind the header and before its integrity, it is noticed.
    for (const at of [8, 20 + 4, octets.length - (fingerprint === null ? 30 : 38)]) {
      const changed = Uint8Array.from(octets);
      changed[at] = changed[at]! ^ 1;
      expect(await checkIntegrity(changed, key)).not.toBe(true);
    }
    expect(await checkIntegrity(octets, shortTermKey('wrong'))).toBe(false);
  });
}
