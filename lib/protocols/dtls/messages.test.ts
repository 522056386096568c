import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caught } from '@/lib/bytes/caught.fixture';
import { fromHex, type Span, toHex } from '@/lib/bytes';
import { encodeAlert, getSuiteOrThrow } from '@/lib/protocols/tls';
import { messages } from './arbitraries.fixture';
import { IANA } from './iana.fixture';
import { expectCover } from '@/lib/bytes/cover.fixture';
import {
  createCookie,
  createRetryCookie,
  decodeAck,
  decodeDtlsAlert,
  decodeMessage,
  DTLS_ALERT_DESCRIPTIONS,
  DTLS_CONTENT_TYPES,
  DTLS_EXTENSION_TYPES,
  DTLS_HANDSHAKE_TYPES,
  DTLS_VERSIONS,
  type DtlsClientHello,
  DtlsError,
  encodeAck,
  encodeFragment,
  encodeMessage,
  EPOCHS,
  isCookieValid,
  messageHash13,
  openRetryCookie,
  protectionOf,
  transcript12,
  transcript13,
} from '.';

const errorOf = (run: () => unknown) => caught(DtlsError, run);
/** A ClientHello's own fields are told by tls, those of DTLS between them afterwards. */
const inOrder = (spans: readonly Span[]) => [...spans].sort((a, b) => a.start - b.start);
const hello: DtlsClientHello = {
  type: 'client_hello',
  version: DTLS_VERSIONS['DTLS 1.2'],
  random: new Uint8Array(32).fill(1),
  sessionId: fromHex('0a0b'),
  cookie: fromHex('c0c1c2'),
  cipherSuites: [0x1301, 0xc02b],
  compressionMethods: Uint8Array.of(0),
  extensions: [{ type: 'supported_versions', versions: [0xfefc, 0xfefd] }],
};

test('constants are those of the IANA registries', () => {
  const byNumber = (registry: Record<string, number>) =>
    Object.fromEntries(Object.entries(registry).map(([name, number]) => [number, name]));
  expect(byNumber(DTLS_CONTENT_TYPES)).toEqual(IANA.contentTypes);
  expect(byNumber(DTLS_HANDSHAKE_TYPES)).toMatchObject(IANA.handshakeTypes);
  expect(byNumber(DTLS_ALERT_DESCRIPTIONS)).toMatchObject(IANA.alerts);
  expect(byNumber(DTLS_EXTENSION_TYPES)).toEqual(IANA.extensions);
});

describe('RFC 6347 §4.2.1 and RFC 9147 §5.3: ClientHello with its cookie', () => {
  test('the cookie stands behind the session id', () => {
    const { body } = encodeMessage(hello, 0);
    expect(toHex(body)).toBe(
      `fefd${'01'.repeat(32)}020a0b03c0c1c2000413 01c02b0100 0009 002b0005 04fefcfefd`.replaceAll(' ', ''),
    );
    expect(decodeMessage({ msgType: 1, messageSeq: 0, body }, '1.3')).toEqual(hello);
  });

  test('spans lie where the octets are, the version by its name', () => {
    const { body } = encodeMessage(hello, 0);
    const spans: Span[] = [];
    decodeMessage({ msgType: 1, messageSeq: 0, body }, '1.3', spans);
    expectCover(inOrder(spans), 12 + body.length);
    const cookie = spans.find(({ name }) => name === 'legacy_cookie');
    expect(cookie).toMatchObject({ value: 'c0c1c2', start: (12 + 2 + 32 + 3 + 1) * 8 });
    expect(spans.filter(({ name }) => name === 'ProtocolVersion').map(({ value }) => value)).toEqual([
      'DTLS 1.3',
      'DTLS 1.2',
    ]);
  });

  test('errors name the octet in the DTLS message', () => {
    const { body } = encodeMessage(hello, 0);
    const broken = body.slice(0, -1);
    const error = errorOf(() => decodeMessage({ msgType: 1, messageSeq: 0, body: broken }, '1.3'));
    expect(error).toMatchObject({ code: 'DTLS_MESSAGE_MALFORMED', alert: 50 });
    // The length of the extensions: after version, random, session id, cookie, suites and compression.
    expect(error?.offset).toBe(12 + 2 + 32 + 3 + 4 + 6 + 2 + 2);
  });

  test.each([
    ['no cookie', 35],
    ['a cookie cut short', 40],
    ['nothing', 0],
  ])('%s is refused', (_, octets) => {
    const body = encodeMessage(hello, 0).body.slice(0, octets);
    expect(errorOf(() => decodeMessage({ msgType: 1, messageSeq: 0, body }, '1.2'))?.code).toBe(
      'DTLS_MESSAGE_MALFORMED',
    );
  });

  test('a cookie of 256 octets is not written', () => {
    expect(errorOf(() => encodeMessage({ ...hello, cookie: new Uint8Array(256) }, 0))?.code).toBe(
      'DTLS_COOKIE_TOO_LONG',
    );
  });
});

describe('messages that only DTLS has', () => {
  test('RFC 6347 §4.2.1: HelloVerifyRequest', () => {
    const message = { type: 'hello_verify_request' as const, version: 0xfeff, cookie: fromHex('aabb') };
    const encoded = encodeMessage(message, 0);
    expect([encoded.msgType, toHex(encoded.body)]).toEqual([3, 'feff02aabb']);
    expect(decodeMessage(encoded, '1.2')).toEqual(message);
  });

  test('RFC 9147 §9: RequestConnectionId and NewConnectionId', () => {
    expect(toHex(encodeMessage({ type: 'request_connection_id', count: 3 }, 0).body)).toBe('03');
    const message = {
      type: 'new_connection_id' as const,
      connectionIds: [fromHex('05'), fromHex('0102')],
      usage: 'spare' as const,
    };
    const encoded = encodeMessage(message, 4);
    expect([encoded.msgType, toHex(encoded.body)]).toEqual([10, '0005010502010201']);
    expect(decodeMessage(encoded, '1.3')).toEqual(message);
  });

  test.each([
    [3, 'fe'],
    [3, 'feff03aabb'],
    [9, ''],
    [9, '0102'],
    [10, '0002020500'],
    [10, '00020105'],
    [10, '0000 02'],
    [10, '00'],
  ])('type %i of octets %s is refused', (msgType, octets) => {
    const error = errorOf(() => decodeMessage({ msgType, messageSeq: 0, body: fromHex(octets) }, '1.3'));
    expect(error?.code).toBe('DTLS_MESSAGE_MALFORMED');
  });

  test('property: messages come back as they were, and spans cover every bit', () => {
    fc.assert(
      fc.property(messages, fc.nat(0xffff), (message, messageSeq) => {
        const encoded = encodeMessage(message, messageSeq);
        const spans: Span[] = [];
        expect(decodeMessage(encoded, '1.2', spans)).toEqual(message);
        expectCover(inOrder(spans), 12 + encoded.body.length);
      }),
      { seed: 54 },
    );
  });
});

describe('RFC 9147 §7: ACK', () => {
  test('names records in order, or none', () => {
    const octets = fromHex('0020 0000000000000002 0000000000000001 0000000000000002 0000000000000003');
    const records = [
      { epoch: 2, sequenceNumber: 1 },
      { epoch: 2, sequenceNumber: 3 },
    ];
    expect(decodeAck(octets)).toEqual(records);
    expect(encodeAck([...records].reverse())).toEqual(octets);
    expect(decodeAck(encodeAck([]))).toEqual([]);
    const spans: Span[] = [];
    decodeAck(octets, spans);
    expectCover(inOrder(spans), octets.length);
  });

  test.each([
    ['', 'DTLS_ACK_MALFORMED'],
    ['00', 'DTLS_ACK_MALFORMED'],
    ['0001 00', 'DTLS_ACK_MALFORMED'],
    ['0010 00', 'DTLS_ACK_MALFORMED'],
    ['0010 ffffffffffffffff 0000000000000000', 'DTLS_FIELD_OUT_OF_RANGE'],
  ])('%s is refused', (octets, code) => {
    expect(errorOf(() => decodeAck(fromHex(octets)))?.code).toBe(code);
  });

  test('more records than its length holds are not written', () => {
    const records = Array.from({ length: 4096 }, (_, sequenceNumber) => ({ epoch: 0, sequenceNumber }));
    expect(errorOf(() => encodeAck(records))?.code).toBe('DTLS_FIELD_OUT_OF_RANGE');
    expect(decodeAck(encodeAck(records.slice(0, 4095)))).toHaveLength(4095);
  });
});

test("RFC 9147 §5.10: alerts are TLS's, with DTLS's names", () => {
  const spans: Span[] = [];
  expect(decodeDtlsAlert(encodeAlert({ level: 'fatal', description: 52 }), spans)).toEqual({
    level: 'fatal',
    description: 52,
  });
  expect(spans.map(({ value }) => value)).toEqual(['fatal', 'too_many_cids_requested']);
  expectCover(inOrder(spans), 2);
  expect(errorOf(() => decodeDtlsAlert(fromHex('0300')))?.code).toBe('DTLS_ALERT_MALFORMED');
});

describe('cookies', () => {
  const [key, address] = [new Uint8Array(32).fill(5), fromHex('c0000201 3039')];

  test('RFC 6347 §4.2.1: one fits the hello and the address that it was made for, and no other', async () => {
    const cookie = await createCookie(key, address, hello);
    expect(cookie.length).toBeLessThanOrEqual(255);
    const again = { ...hello, cookie };
    expect(await isCookieValid(key, address, again)).toBe(true);
    expect(await isCookieValid(key, fromHex('c0000202 3039'), again)).toBe(false);
    expect(await isCookieValid(new Uint8Array(32), address, again)).toBe(false);
    expect(await isCookieValid(key, address, { ...again, random: new Uint8Array(32) })).toBe(false);
    expect(await isCookieValid(key, address, { ...again, cookie: cookie.slice(1) })).toBe(false);
    const longer = Uint8Array.of(...cookie, 0);
    expect(await isCookieValid(key, address, { ...again, cookie: longer })).toBe(false);
    expect(await isCookieValid(key, address, hello)).toBe(false);
  });

  test('RFC 9147 §5.1: the cookie of a HelloRetryRequest carries what the server did not keep', async () => {
    const state = { cipherSuite: 0x1301, helloHash: new Uint8Array(32).fill(8) };
    const cookie = await createRetryCookie(key, address, state);
    expect(await openRetryCookie(key, address, cookie)).toEqual(state);
    const changed = cookie.slice();
    changed[1]! ^= 1;
    for (const [where, octets] of [
      [address, changed],
      [fromHex('00'), cookie],
      [address, fromHex('00')],
    ] as const)
      expect(await openRetryCookie(key, where, octets)).toBeUndefined();
  });
});

describe('transcripts', () => {
  const message = (msgType: number, messageSeq: number) => ({
    msgType,
    messageSeq,
    body: Uint8Array.of(msgType),
  });

  test('RFC 6347 §4.2.6: without the first ClientHello and HelloVerifyRequest, as if unfragmented', () => {
    const all = [message(1, 0), message(3, 0), message(1, 1), message(2, 1), message(0, 2)];
    expect(toHex(transcript12(all))).toBe('01000001000100000000000101' + '02000001000100000000000102');
    expect(toHex(transcript12([message(1, 0)]))).toBe(
      toHex(encodeFragment({ ...message(1, 0), length: 1, fragmentOffset: 0, fragment: Uint8Array.of(1) })),
    );
  });

  test("RFC 9147 §5.2: with TLS's headers", () => {
    expect(toHex(transcript13([message(1, 9), message(2, 7)]))).toBe('0100000101' + '0200000102');
  });

  test('RFC 8446 §4.4.1: the hash of the first ClientHello stands for it', async () => {
    const { msgType, body } = await messageHash13(getSuiteOrThrow(0x1301), message(1, 0));
    expect([msgType, body.length]).toEqual([254, 32]);
  });
});

test('RFC 9147 §6.1: what protects an epoch', () => {
  expect(EPOCHS).toEqual({ plaintext: 0, earlyData: 1, handshake: 2, application: 3 });
  expect([0, 1, 2, 3, 4].map((epoch) => protectionOf('1.3', epoch))).toEqual([
    'none',
    'early data',
    'handshake',
    'application',
    'application',
  ]);
  expect([0, 1, 2].map((epoch) => protectionOf('1.2', epoch))).toEqual(['none', 'negotiated', 'negotiated']);
});
