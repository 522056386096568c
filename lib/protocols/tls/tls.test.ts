import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caughtLater } from '@/lib/bytes/caught.fixture';
import { fromHex, type Span } from '@/lib/bytes';
import {
  decodeAlert,
  decodeHandshake,
  encodeAlert,
  encodeHandshake,
  encodeRecord,
  type Extension,
  getSuiteOrThrow,
  HandshakeReader,
  isGrease,
  prf12,
  RecordProtection,
  RecordReader,
  TlsError,
} from './index';
import { messages, messages12 } from './test-support/messages';

const codeOf = async (run: () => unknown) => (await caughtLater(TlsError, run))?.code ?? 'accepted';

const octets = (minLength: number, maxLength = 40) => fc.uint8Array({ minLength, maxLength });

describe('RFC 8446 §4: handshake messages', () => {
  test('decoding what was encoded gives the same message', () => {
    fc.assert(
      fc.property(messages, (message) => {
        expect(decodeHandshake(encodeHandshake(message))).toEqual(message);
      }),
    );
  });

  test('so do the messages of 1.2 (RFC 5246 §7.4), and spans cover every bit', () => {
    fc.assert(
      fc.property(messages12, (message) => {
        const bytes = encodeHandshake(message);
        const spans: Span[] = [];
        expect(decodeHandshake(bytes, '1.2', spans)).toEqual(message);
        expect(spans.reduce((bit, { start, end }) => (start === bit ? end : -1), 0)).toBe(bytes.length * 8);
      }),
    );
  });

  test('messages come whole, however their octets are cut', () => {
    fc.assert(
      fc.property(
        fc.array(messages, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 50 }),
        (list, size) => {
          const encoded = list.map(encodeHandshake);
          const stream = Uint8Array.from(encoded.flatMap((part) => [...part]));
          const reader = new HandshakeReader();
          const whole: Uint8Array[] = [];
          for (let at = 0; at < stream.length; at += size)
            whole.push(...reader.push(stream.slice(at, at + size)));
          expect(whole).toEqual(encoded);
          expect(reader.isInside).toBe(false);
        },
      ),
    );
  });

  const hello = (extensions: string) => {
    const octets = (41 + extensions.length / 2).toString(16).padStart(6, '0');
    return fromHex(`01${octets}0303${'00'.repeat(32)}00000213010100${extensions}`);
  };

  test.each([
    ['TLS_FIELD_TRUNCATED', fromHex('0100')],
    ['TLS_FIELD_TRUNCATED', fromHex('01000003030300')],
    ['TLS_TRAILING_OCTETS', fromHex('1800000100ff')],
    ['TLS_TRAILING_OCTETS', fromHex('180000020001')],
    ['TLS_FIELD_OUT_OF_RANGE', fromHex('1800000102')],
    ['TLS_EXTENSION_REPEATED', hello('0008002a0000002a0000')],
    ['TLS_NAME_TYPE_UNKNOWN', hello('000a00000006000401000161')],
    ['TLS_LENGTH_WRONG', hello('0009000a00050003001d00')],
    // A client names its server, a server answers with nothing inside (RFC 6066 §3).
    ['TLS_FIELD_TRUNCATED', hello('000400000000')],
    ['TLS_TRAILING_OCTETS', fromHex('0800000d000b000000070005000002 6162'.replace(' ', ''))],
  ])('%s', async (code, bytes) => {
    expect(await codeOf(() => decodeHandshake(bytes))).toBe(code);
  });

  test('what cannot be parsed is a decode_error, what has no such meaning an illegal_parameter (§6, §4.6.3)', () => {
    const alertOf = (hex: string) => {
      try {
        decodeHandshake(fromHex(hex));
      } catch (error) {
        if (error instanceof TlsError) return error.alert;
      }
      return undefined;
    };
    expect(['18000000', '180000020001', '1800000102'].map(alertOf)).toEqual([50, 50, 47]);
  });

  test('pre_shared_key is the last extension (§4.2.11)', async () => {
    const psk: Extension = {
      type: 'pre_shared_key',
      identities: [{ identity: Uint8Array.of(1), obfuscatedTicketAge: 0 }],
      binders: [new Uint8Array(32)],
    };
    const bytes = encodeHandshake({
      type: 'client_hello',
      version: 0x0303,
      random: new Uint8Array(32),
      sessionId: new Uint8Array(),
      cipherSuites: [0x1301],
      compressionMethods: Uint8Array.of(0),
      extensions: [psk, { type: 'cookie', cookie: Uint8Array.of(1) }],
    });
    expect(await codeOf(() => decodeHandshake(bytes))).toBe('TLS_PSK_NOT_LAST');
  });

  test('a message may not be longer than 131,072 octets', async () => {
    expect(await codeOf(() => new HandshakeReader().push(fromHex('0b020001')))).toBe('TLS_MESSAGE_TOO_LONG');
  });
});

describe('RFC 8446 §5: records', () => {
  test('records come whole, however their octets are cut', () => {
    const record = fc.record({
      type: fc.constantFrom(20, 21, 22, 23),
      version: fc.constant(0x0303),
      fragment: octets(1),
    });
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 30 }),
        (list, size) => {
          const stream = Uint8Array.from(list.flatMap((item) => [...encodeRecord(item)]));
          const reader = new RecordReader();
          const read = [];
          for (let at = 0; at < stream.length; at += size)
            read.push(...reader.push(stream.slice(at, at + size)));
          expect(read).toEqual(list);
        },
      ),
    );
  });

  test.each([
    ['TLS_RECORD_TYPE_UNKNOWN', '48'],
    ['TLS_RECORD_VERSION_WRONG', '1602'],
    ['TLS_RECORD_TOO_LONG', '1603034001'],
    ['TLS_RECORD_TOO_LONG', '1703034101'],
    ['TLS_RECORD_EMPTY', '1603030000'],
  ])('%s as soon as it shows', async (code, hex) => {
    expect(await codeOf(() => new RecordReader().push(fromHex(hex)))).toBe(code);
  });

  const keys = { key: new Uint8Array(16).fill(1), iv: new Uint8Array(12).fill(2) };

  test('what was sealed opens in order, with its type and its padding', async () => {
    await fc.assert(
      fc.asyncProperty(octets(0), fc.integer({ min: 0, max: 40 }), async (content, paddingOctets) => {
        const [sealing, opening] = [new RecordProtection(keys), new RecordProtection(keys)];
        for (const type of [22, 23, 21]) {
          const [record] = new RecordReader().push(await sealing.seal(type, content, paddingOctets));
          expect(await opening.open(record!)).toEqual({ type, content, paddingOctets });
        }
      }),
      { numRuns: 30 },
    );
  });

  test('a record whose inside is longer than 2^14 octets and a type is refused (§5.4)', async () => {
    const parameters = { name: 'AES-GCM', iv: keys.iv, additionalData: fromHex('1703034012') };
    const key = await crypto.subtle.importKey('raw', keys.key, 'AES-GCM', false, ['encrypt']);
    const inner = new Uint8Array(2 ** 14 + 2).fill(23);
    const fragment = new Uint8Array(await crypto.subtle.encrypt(parameters, key, inner));
    const record = { type: 23, version: 0x0303, fragment };
    expect(await codeOf(() => new RecordProtection(keys).open(record))).toBe('TLS_RECORD_TOO_LONG');
  });

  test('a record out of its turn, or changed, is refused', async () => {
    const sealing = new RecordProtection(keys);
    const [, second] = [await sealing.seal(23, Uint8Array.of(1)), await sealing.seal(23, Uint8Array.of(2))];
    const [record] = new RecordReader().push(second);
    expect(await codeOf(() => new RecordProtection(keys).open(record!))).toBe('TLS_RECORD_NOT_AUTHENTIC');
  });
});

test('§6: alerts', async () => {
  expect(decodeAlert(encodeAlert({ level: 'fatal', description: 47 }))).toEqual({
    level: 'fatal',
    description: 47,
  });
  expect(await codeOf(() => decodeAlert(Uint8Array.of(3, 0)))).toBe('TLS_ALERT_MALFORMED');
});

test('RFC 8701: GREASE values are known for what they are', () => {
  expect([0x0a0a, 0x1a1a, 0xfafa].map(isGrease)).toEqual([true, true, true]);
  expect([0x0a1a, 0x1301, 0x0b0b].map(isGrease)).toEqual([false, false, false]);
});

test('a suite that WebCrypto cannot do is refused by name', async () => {
  expect(await codeOf(() => getSuiteOrThrow(0x1303))).toBe('TLS_CIPHER_UNSUPPORTED');
});

test('RFC 5246 §5: the PRF, by the test vector that its authors published for P_SHA256', async () => {
  const output = await prf12(
    'SHA-256',
    fromHex('9bbe436ba940f017b17652849a71db35'),
    'test label',
    fromHex('a0ba9f936cda311827a6f796ffd5198c'),
    20,
  );
  expect(output).toEqual(fromHex('e3f229ba727be17b8d122620557cd453c2aab21d'));
});
