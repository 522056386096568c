import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { expectCover } from '@/lib/bytes/cover.fixture';
import { caught } from '@/lib/bytes/caught.fixture';
import type { Span } from '@/lib/bytes';
import { fromHex, toHex } from '@/lib/bytes';
import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import type { StunMessage } from '.';
import {
  addFingerprint,
  addIntegrity,
  answerToUnknown,
  checkFingerprint,
  checkIntegrity,
  decodeMessage,
  decodeMessageType,
  encodeMessage,
  encodeMessageType,
  errorCodeOf,
  errorTo,
  findAttribute,
  isStunMessage,
  longTermKey,
  messageOctets,
  opaqueString,
  parseNonce,
  retransmissionTimes,
  shortTermKey,
  STUN_ATTRIBUTES,
  STUN_CLASSES,
  STUN_ERROR_CODES,
  STUN_METHODS,
  StunError,
  typeOf,
  userhash,
  writeNonce,
} from '.';
import { crc32 } from './crc32';
import { md5 } from './md5';
import { attribute, message } from './messages.fixture';

const SEED = 8489;
const transactionId = fromHex('b7e7a701bc34d686fa87dfae');
const binding = (...attributes: StunMessage['attributes']): StunMessage => ({
  class: 'request',
  method: 'Binding',
  transactionId,
  attributes,
});

const codeOf = (action: () => unknown) => {
  const error = caught(StunError, action);
  return error ? `${error.code} at ${error.offset}` : 'no error';
};

test.each([
  ['request', 'Binding', 0x0001],
  ['success', 'Binding', 0x0101],
  ['error', 'Binding', 0x0111],
  ['indication', 'Binding', 0x0011],
  ['request', 'Allocate', 0x0003],
  ['indication', 'Send', 0x0016],
  ['indication', 'Data', 0x0017],
  ['error', 0xfff, 0x3fff],
] as const)('RFC 8489 §5: a %s of %s has the type %i', (messageClass, method, type) => {
  expect(encodeMessageType(messageClass, method)).toBe(type);
  expect(decodeMessageType(type)).toEqual({ class: messageClass, method });
});

test('RFC 8489 §5: all 16,384 types are a class and a method, and back', () => {
  for (let type = 0; type < 0x4000; type++) {
    const { class: messageClass, method } = decodeMessageType(type);
    expect(encodeMessageType(messageClass, method)).toBe(type);
  }
});

test(`decode undoes encode, every attribute of the registry (seed ${SEED})`, () => {
  fc.assert(
    fc.property(message, (given) => {
      const decoded = decodeMessage(encodeMessage(given));
      expect(decoded).toMatchObject({ ...given, ignored: [] });
    }),
    { seed: SEED, numRuns: 1000 },
  );
});

test(`every cut asks for more, one octet more is malformed, and the frame knows its end (seed ${SEED})`, () => {
  fc.assert(
    fc.property(message, fc.nat(), (given, cut) => {
      const octets = encodeMessage(given);
      expect(messageOctets(octets)).toBe(octets.length);
      expect(isStunMessage(octets)).toBe(true);
      expect(decodeMessage(octets.subarray(0, cut % octets.length))).toBe(undefined);
      const more = Uint8Array.from([...octets, 0]);
      expect(messageOctets(more)).toBe(octets.length);
      expect(codeOf(() => decodeMessage(more))).toBe('STUN_LENGTH_WRONG at 2');
    }),
    { seed: SEED },
  );
});

test(`spans cover every bit once, and the writer's are the reader's (seed ${SEED})`, () => {
  fc.assert(
    fc.property(message, (given) => {
      const spans: Span[] = [];
      const octets = encodeMessage(given, spans);
      expectCover(spans, octets.length);
    }),
    { seed: SEED },
  );
});

test('reserved bits are traced as they stand there', () => {
  const body = fromHex(
    '0020 0008 ab01 0001 00000000' + // XOR-MAPPED-ADDRESS
      '0009 0004 f5fffc01' + // ERROR-CODE
      '0019 0004 110000ff' + // REQUESTED-TRANSPORT
      '0018 0001 ff000000' + // EVEN-PORT
      '0003 0004 80000007', // CHANGE-REQUEST
  );
  const octets = Uint8Array.from([...encodeMessage(binding()), ...body]);
  octets[3] = body.length;
  const spans: Span[] = [];
  decodeMessage(octets, spans);
  const reserved = spans.filter(({ name }) => name.endsWith(': Reserved'));
  expect(reserved.map(({ value }) => Number(value).toString(16))).toEqual([
    'ab',
    (0xf5fffc >>> 3).toString(16),
    'ff',
    '7f',
    '10000000',
    '1',
  ]);
});

test('RFC 8489 §14.2: the port and address of XOR-MAPPED-ADDRESS do not stand there as they are', () => {
  const octets = encodeMessage(
    binding({ name: 'XOR-MAPPED-ADDRESS', value: { address: '192.0.2.1', port: 32853 } }),
  );
  expect(toHex(octets.subarray(20))).toBe('00200008' + '0001' + 'a147' + 'e112a643');
});

test.each([
  ['two set bits in front (DTLS, ChannelData)', '40010000 2112a442' + '00'.repeat(12), 'STUN_NOT_STUN at 0'],
  ['no magic cookie (RFC 3489)', '00010000 2112a443' + '00'.repeat(12), 'STUN_COOKIE_MISSING at 4'],
  ['a length that is not whole words', '00010001 2112a442' + '00'.repeat(13), 'STUN_LENGTH_WRONG at 2'],
  ['octets after the message', '00010000 2112a442' + '00'.repeat(16), 'STUN_LENGTH_WRONG at 2'],
])('%s is malformed', (_cause, hex, expected) => {
  expect(codeOf(() => decodeMessage(fromHex(hex)))).toBe(expected);
});

test.each([
  ['an attribute past the end', '00060005 61626364', 'STUN_ATTRIBUTE_PAST_END at 22'],
  ['padding past the end', '00060001', 'STUN_ATTRIBUTE_PAST_END at 22'],
  ['an address of no family', '00200008 00030000 00000000', 'STUN_ADDRESS_FAMILY_UNKNOWN at 25'],
  ['an address of 2 octets', '00200002 00010000', 'STUN_ATTRIBUTE_LENGTH_WRONG at 22'],
  [
    'an IPv4 address of 16 octets',
    `00200014 0001 0000 ${'00'.repeat(16)}`,
    'STUN_ATTRIBUTE_LENGTH_WRONG at 22',
  ],
  ['an IPv6 address of 4 octets', '00010008 00020000 00000000', 'STUN_ATTRIBUTE_LENGTH_WRONG at 22'],
  ['a priority of 8 octets', '00240008 00000000 00000000', 'STUN_ATTRIBUTE_LENGTH_WRONG at 22'],
  ['an integrity of 16 octets', `00080010 ${'00'.repeat(16)}`, 'STUN_ATTRIBUTE_LENGTH_WRONG at 22'],
  ['a SHA-256 integrity of 12', `001c000c ${'00'.repeat(12)}`, 'STUN_ATTRIBUTE_LENGTH_WRONG at 22'],
  ['a flag with a value', '00250004 00000000', 'STUN_ATTRIBUTE_LENGTH_WRONG at 22'],
  ['a user name that is not UTF-8', '00060004 61ff6162', 'STUN_TEXT_NOT_UTF8 at 24'],
  ['an error code of class 2', '00090004 00000263', 'STUN_ERROR_CODE_WRONG at 26'],
  ['an error number of 100', '00090004 00000464', 'STUN_ERROR_CODE_WRONG at 26'],
  ['an error code of 2 octets', '00090002 00000000', 'STUN_ATTRIBUTE_LENGTH_WRONG at 22'],
  ['half a type', '000a0003 00010000', 'STUN_ATTRIBUTE_LENGTH_WRONG at 22'],
  ['half a password algorithm', '80020006 00010000 00020000', 'STUN_ATTRIBUTE_LENGTH_WRONG at 22'],
  ['two algorithms chosen', '001d0008 00010000 00020000', 'STUN_ATTRIBUTE_LENGTH_WRONG at 22'],
  ['parameters past the end', '80020004 00010004', 'STUN_ATTRIBUTE_LENGTH_WRONG at 22'],
  ['an attribute after FINGERPRINT', '80280004 00000000 00250000', 'STUN_ATTRIBUTE_MISPLACED at 28'],
])('%s is malformed, at the right octet', (_cause, hex, expected) => {
  const body = fromHex(hex);
  const octets = Uint8Array.from([...encodeMessage(binding()), ...body]);
  octets[3] = body.length;
  const spans: Span[] = [];
  expect(codeOf(() => decodeMessage(octets, spans))).toBe(expected);
  expect(spans[0]?.name).toBe('Zeros');
});

test('RFC 8489 §14.5: what stands behind MESSAGE-INTEGRITY is ignored, but for the SHA-256 one and FINGERPRINT', async () => {
  const key = shortTermKey('secret');
  const signed = await addIntegrity(encodeMessage(binding()), key);
  // Someone on the way adds a USE-CANDIDATE; the integrity still holds, so it must not count.
  const tampered = Uint8Array.from([...signed, 0x00, 0x25, 0x00, 0x00]);
  tampered[3] = signed[3]! + 4;
  const decoded = decodeMessage(tampered);
  expect(decoded?.attributes.map(({ name }) => name)).toEqual(['MESSAGE-INTEGRITY']);
  expect(decoded?.ignored).toEqual([{ name: 'USE-CANDIDATE', value: true }]);
  expect(await checkIntegrity(tampered, key)).toBe(true);
  const both = decodeMessage(addFingerprint(await addIntegrity(signed, key, 'SHA-256')));
  expect(both?.attributes.map(({ name }) => name)).toEqual([
    'MESSAGE-INTEGRITY',
    'MESSAGE-INTEGRITY-SHA256',
    'FINGERPRINT',
  ]);
});

test('RFC 8489 §14.5, §14.6: what is ignored may be malformed, and SHA-1 behind SHA-256 is ignored', async () => {
  const key = shortTermKey('secret');
  const signed = await addIntegrity(encodeMessage(binding()), key, 'SHA-256');
  const behind = fromHex('00240003 61626300' + '00080014' + 'aa'.repeat(20));
  const octets = Uint8Array.from([...signed, ...behind]);
  octets[3] = signed[3]! + behind.length;
  const decoded = decodeMessage(octets, []);
  expect(decoded?.attributes.map(({ name }) => name)).toEqual(['MESSAGE-INTEGRITY-SHA256']);
  expect(decoded?.ignored[0]).toEqual({ name: 'UNKNOWN', type: 0x0024, value: fromHex('616263') });
  expect([await checkIntegrity(octets, key, 'SHA-256'), await checkIntegrity(octets, key)]).toEqual([
    true,
    undefined,
  ]);
});

test(`integrity and fingerprint notice any changed bit that they cover (seed ${SEED})`, async () => {
  const key = shortTermKey('VOkJxbRl1RmTxUk/WvJxBt');
  const algorithm = fc.constantFrom('SHA-1' as const, 'SHA-256' as const);
  const plain = fc
    .array(attribute, { maxLength: 4 })
    .map((list) => binding(...list.filter(({ name }) => !/^MESSAGE|FINGER/.test(name))));
  await fc.assert(
    fc.asyncProperty(plain, algorithm, fc.nat(), async (given, hash, at) => {
      const signed = await addIntegrity(encodeMessage(given), key, hash);
      const whole = addFingerprint(signed);
      expect(await checkIntegrity(whole, key, hash)).toBe(true);
      expect(await checkIntegrity(whole, shortTermKey('another'), hash)).toBe(false);
      expect(checkFingerprint(whole)).toBe(true);
      const bit = at % (signed.length * 8);
      // The type, length and cookie decide what is a message at all.
      if (bit < 64) return;
      whole[bit >>> 3] = whole[bit >>> 3]! ^ (0x80 >>> (bit & 7));
      expect(await checkIntegrity(whole, key, hash)).not.toBe(true);
      expect(checkFingerprint(whole)).not.toBe(true);
    }),
    { seed: SEED, numRuns: 60 },
  );
});

test('RFC 8489 §14.6: a truncated SHA-256 is verified as far as it goes, but not below 16 octets', async () => {
  const key = shortTermKey('secret');
  const short = await addIntegrity(encodeMessage(binding()), key, 'SHA-256', 16);
  expect(short.length).toBe(20 + 4 + 16);
  expect(await checkIntegrity(short, key, 'SHA-256')).toBe(true);
  for (const octets of [12, 18, 36])
    await expect(addIntegrity(encodeMessage(binding()), key, 'SHA-256', octets)).rejects.toMatchObject({
      code: 'STUN_FIELD_OUT_OF_RANGE',
    });
});

test('integrity goes before the fingerprint, SHA-1 before SHA-256, each once', async () => {
  const key = shortTermKey('');
  const signed = await addIntegrity(encodeMessage(binding()), key, 'SHA-256');
  const misplaced = { code: 'STUN_ATTRIBUTE_MISPLACED' };
  await expect(addIntegrity(signed, key, 'SHA-256')).rejects.toMatchObject(misplaced);
  await expect(addIntegrity(signed, key, 'SHA-1')).rejects.toMatchObject(misplaced);
  await expect(addIntegrity(addFingerprint(encodeMessage(binding())), key)).rejects.toMatchObject(misplaced);
  expect(codeOf(() => addFingerprint(addFingerprint(signed)))).toBe(
    `STUN_ATTRIBUTE_MISPLACED at ${signed.length}`,
  );
});

test('RFC 8489 §14.7: the CRC-32 of "123456789" is cbf43926', () => {
  expect(crc32(new TextEncoder().encode('123456789')).toString(16)).toBe('cbf43926');
});

test(`MD5 is Node's (seed ${SEED})`, () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
      expect(toHex(md5(octets))).toBe(createHash('md5').update(octets).digest('hex'));
    }),
    { seed: SEED },
  );
});

test('RFC 8489 §9.2.2: the long-term key of "user:realm:pass"', async () => {
  const key = await longTermKey({ username: 'user', realm: 'realm', password: 'pass' });
  expect(toHex(key)).toBe('8493fbc53ba582fb4c044c456bdc40eb');
});

test('RFC 8265 §4.2: spaces of other scripts become the ordinary one, letters are composed', () => {
  expect(opaqueString('a\u3000b\u00a0c')).toBe('a b c');
  expect(opaqueString('e\u0301')).toBe('\u00e9');
});

// RFC 8489 B.1 as erratum 6268 prints it: the right length, a PASSWORD-ALGORITHM, and the HMAC of that.
const B1 = fromHex(`00010090 2112a442 78ad3433 c6ad72c0 29da412e
  001e0020 4a3cf38f ef6992bd a952c678 0417da0f 24819415 569e60b2 05c46e41 407f1704
  00150029 6f624d61 744a6f73 32414141 43662f2f 3439396b 39353464 364f4c33 346f4c39 46535476 79363473 41000000
  0014000b 6578616d 706c652e 6f726700
  001d0004 00020000
  001c0020 b5c7bf00 5b6c52a2 1c51c5e8 92f81924 136296cb 927c4314 9309278c c6518e65`);

test('RFC 8489 B.1: a request with USERHASH, a nonce that speaks, and MESSAGE-INTEGRITY-SHA256', async () => {
  const decoded = decodeMessage(B1)!;
  const credentials = {
    username: '\u30de\u30c8\u30ea\u30c3\u30af\u30b9',
    realm: 'example.org',
    password: 'TheMatrIX',
  };
  expect(findAttribute(decoded, 'USERHASH')).toEqual(await userhash(credentials.username, credentials.realm));
  expect(findAttribute(decoded, 'PASSWORD-ALGORITHM')?.algorithm).toBe('SHA-256');
  expect(findAttribute(decoded, 'REALM')).toBe('example.org');
  const nonce = findAttribute(decoded, 'NONCE')!;
  expect(nonce).toBe('obMatJos2AAACf//499k954d6OL34oL9FSTvy64sA');
  expect(parseNonce(nonce)).toEqual({ passwordAlgorithms: false, usernameAnonymity: false });
  const key = await longTermKey(credentials, 'SHA-256');
  expect(await checkIntegrity(B1, key, 'SHA-256')).toBe(true);
});

test('RFC 8489 §9.2: a nonce says what the server can do', () => {
  for (const features of [
    { passwordAlgorithms: true, usernameAnonymity: false },
    { passwordAlgorithms: false, usernameAnonymity: true },
  ]) {
    expect(parseNonce(writeNonce(features, 'x'))).toEqual(features);
  }
  expect(writeNonce({ passwordAlgorithms: true, usernameAnonymity: false }, '')).toBe('obMatJos2gAAA');
  expect(parseNonce('f//499k954d6OL34oL9FSTvy64sA')).toBe(undefined);
});

test('RFC 8489 §6.3: what must be understood and is not: 420 to a request, silence to an indication', () => {
  const strange = { name: 'UNKNOWN', type: 0x7001, value: new Uint8Array(2) } as const;
  const optional = { name: 'UNKNOWN', type: 0xc057, value: new Uint8Array(2) } as const;
  const answer = answerToUnknown(binding(strange, optional, strange));
  expect(answer?.action).toBe('answer');
  if (answer?.action !== 'answer') return;
  expect(errorCodeOf(answer.response)).toBe(420);
  expect(findAttribute(answer.response, 'UNKNOWN-ATTRIBUTES')).toEqual([0x7001]);
  expect(answer.response.transactionId).toEqual(transactionId);
  expect(answerToUnknown({ ...binding(strange), class: 'indication' })).toEqual({ action: 'discard' });
  expect(answerToUnknown({ ...binding(strange), class: 'success' })).toEqual({ action: 'fail' });
  expect(answerToUnknown(binding(optional))).toBe(undefined);
});

test('RFC 8489 §6.2.1: 0, 500, 1500, 3500, 7500, 15500, 31500, and failure at 39500 ms', () => {
  expect(retransmissionTimes()).toEqual({
    sendAtMs: [0, 500, 1500, 3500, 7500, 15_500, 31_500],
    failAtMs: 39_500,
  });
});

test('what does not fit is refused', () => {
  const refused = (attribute: StunMessage['attributes'][number]): string =>
    codeOf(() => encodeMessage(binding(attribute))).split(' ')[0]!;
  expect(refused({ name: 'USERNAME', value: 'x'.repeat(509) })).toBe('STUN_FIELD_OUT_OF_RANGE');
  expect(refused({ name: 'PRIORITY', value: -1 })).toBe('STUN_FIELD_OUT_OF_RANGE');
  expect(refused({ name: 'ICE-CONTROLLED', value: 1n << 64n })).toBe('STUN_FIELD_OUT_OF_RANGE');
  expect(refused({ name: 'ERROR-CODE', value: { code: 200, reason: '' } })).toBe('STUN_ERROR_CODE_WRONG');
  expect(refused({ name: 'MAPPED-ADDRESS', value: { address: 'localhost', port: 1 } })).toBe(
    'STUN_ADDRESS_MALFORMED',
  );
  expect(refused({ name: 'MAPPED-ADDRESS', value: { address: '::1', port: 65_536 } })).toBe(
    'STUN_FIELD_OUT_OF_RANGE',
  );
  expect(refused({ name: 'UNKNOWN', type: 0x10000, value: new Uint8Array() })).toBe(
    'STUN_FIELD_OUT_OF_RANGE',
  );
  const data = { name: 'DATA', value: new Uint8Array(0xfff8) } as const;
  expect(codeOf(() => encodeMessage(binding(data)))).toBe('no error');
  expect(codeOf(() => encodeMessage(binding(data, data)))).toBe('STUN_MESSAGE_TOO_LONG at 2');
  expect(codeOf(() => encodeMessage({ ...binding(), transactionId: new Uint8Array(16) }))).toBe(
    'STUN_FIELD_OUT_OF_RANGE at 8',
  );
  expect(codeOf(() => encodeMessage({ ...binding(), method: 0x1000 }))).toBe('STUN_FIELD_OUT_OF_RANGE at 0');
});

test.each([
  [3, '01 01 01'],
  [1000, '1000 octets'],
])('the span of %i octets of data says %s', (octets, value) => {
  const spans: Span[] = [];
  decodeMessage(encodeMessage(binding({ name: 'DATA', value: new Uint8Array(octets).fill(1) })), spans);
  expect(spans.find(({ name, end, start }) => name === 'DATA' && end - start === octets * 8)?.value).toBe(
    value,
  );
});

function registry(number: number): string[][] {
  const file = new URL(`fixtures/stun-parameters-${number}.csv`, import.meta.url);
  const rows = readFileSync(file, 'utf8').trim().split('\n').slice(1);
  return rows.map((row) => row.split(',')).filter(([, name]) => !/^(Reserved|Unassigned)/.test(name ?? ''));
}

test('methods, attributes and error codes are those of the registry', () => {
  const hex = (value: number, digits: number): string =>
    `0x${value.toString(16).toUpperCase().padStart(digits, '0')}`;
  const rfcOf = (ref: string): string => `[${ref.replace(/ §.*/, '').replace(' ', '')}]`;
  expect(STUN_METHODS.map(([value, name, ref]) => [hex(value, 3), name, rfcOf(ref)])).toEqual(registry(2));
  expect(STUN_ERROR_CODES.map(([value, name, ref]) => [String(value), name, rfcOf(ref)])).toEqual(
    registry(6),
  );
  const ours = STUN_ATTRIBUTES.map(([value, name, ref]) => [hex(value, 4), name, rfcOf(ref)]);
  const listed = ours.filter(([, name]) => name !== 'CHANGE-REQUEST');
  expect(registry(4)).toEqual(expect.arrayContaining(listed));
  // What the registry has and this room keeps as it is: vendors' own, and ECN's.
  const unread = registry(4).filter(([value]) => !ours.some(([mine]) => mine === value));
  expect(unread.every(([value]) => Number(value) >= 0xc000 || value === '0x802D')).toBe(true);
  expect(new Set(STUN_ATTRIBUTES.map(([, name]) => name)).size).toBe(STUN_ATTRIBUTES.length);
  expect(STUN_CLASSES.length).toBe(4);
  expect(typeOf({ name: 'FINGERPRINT', value: 0 })).toBe(0x8028);
  expect(errorCodeOf(errorTo(binding(), 487))).toBe(487);
});

fuzzDecoder('STUN messages', {
  samples: fc.sample(message, { seed: SEED, numRuns: 200 }).map((each) => encodeMessage(each)),
  decode: (octets) => {
    checkFingerprint(octets);
    return decodeMessage(octets, []);
  },
  errorClass: StunError,
});

fuzzDecoder('STUN attributes behind a good header', {
  samples: fc.sample(message, { seed: SEED, numRuns: 200 }).map((each) => encodeMessage(each).slice(20)),
  decode: (octets) => {
    const whole = Uint8Array.from([...encodeMessage(binding()), ...octets.subarray(0, octets.length & ~3)]);
    whole[2] = (whole.length - 20) >>> 8;
    whole[3] = (whole.length - 20) & 0xff;
    return decodeMessage(whole, []);
  },
  errorClass: StunError,
});
