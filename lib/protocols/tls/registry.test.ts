import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isGrease, nameIn } from './registry';
import {
  ALERT_DESCRIPTIONS,
  CIPHER_SUITES,
  CONTENT_TYPES,
  EXTENSION_TYPES,
  HANDSHAKE_TYPES,
  NAMED_GROUPS,
  SIGNATURE_SCHEMES,
} from './index';

type Row = { value: number; name: string; reference: string };

/** Rows of one table of IANA's TLS registries. */
function tableOf(name: string): Row[] {
  const rows = readFileSync(new URL(`fixtures/tls-${name}.csv`, import.meta.url), 'utf8');
  return rows
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => {
      const [value, name, reference] = row.split(',');
      return { value: Number(value), name: name!, reference: reference! };
    });
}

test.each([
  ['content-types', CONTENT_TYPES],
  ['handshake-types', HANDSHAKE_TYPES],
  ['cipher-suites', CIPHER_SUITES],
  ['named-groups', NAMED_GROUPS],
  ['signature-schemes', SIGNATURE_SCHEMES],
  ['extension-types', EXTENSION_TYPES],
  ['alerts', ALERT_DESCRIPTIONS],
])('%s: names and numbers are those of the registry, and all of RFC 8446 is there', (name, ours) => {
  const table = tableOf(name);
  const registered = Object.fromEntries(table.map((row) => [row.name, row.value]));
  expect(registered).toMatchObject(ours);
  const wanted = table.filter(({ reference }) => reference.includes('[RFC8446]')).map((row) => row.name);
  expect(Object.keys(ours)).toEqual(expect.arrayContaining(wanted));
});

test('a number without a name is said as a number, and GREASE for what it is (RFC 8701)', () => {
  expect(nameIn(CIPHER_SUITES, 0x1301)).toBe('TLS_AES_128_GCM_SHA256');
  expect(nameIn(CIPHER_SUITES, 0x1399)).toBe('0x1399');
  expect(nameIn(CIPHER_SUITES, 0xdada)).toBe('GREASE 0xdada');
  expect(isGrease(0xdada)).toBe(true);
});
