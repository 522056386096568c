import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caught, caughtLater } from '@/lib/bytes/caught.fixture';
import { fromHex, toHex, type Span } from '@/lib/bytes';
import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import {
  decodeHeader,
  decodePacketNumber,
  decodeVarint,
  encodeHeader,
  encodeRetry,
  isRetryValid,
  retryIntegrityTag,
  encodePacketNumber,
  encodeVarint,
  encodeVersionNegotiation,
  headerMask,
  initialSecrets,
  MAX_VARINT,
  packetNonce,
  packetKeys,
  packetNumberLength,
  protectPacket,
  QuicError,
  splitDatagram,
  streamIdOf,
  streamKindOf,
  unprotectPacket,
} from '.';

const codeOf = (run: () => unknown) => caught(QuicError, run)?.code ?? 'accepted';
const codeOfLater = async (run: () => Promise<unknown>) =>
  (await caughtLater(QuicError, run))?.code ?? 'accepted';

test('varints come back, and lack octets until the last (RFC 9000 §16)', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: MAX_VARINT }), (value) => {
      const octets = encodeVarint(value);
      expect(decodeVarint(octets)).toEqual({ value, next: octets.length });
      for (let cut = 0; cut < octets.length; cut++)
        expect(decodeVarint(octets.subarray(0, cut))).toBeUndefined();
    }),
  );
  expect(toHex(encodeVarint(37, 2))).toBe('4025');
  expect(codeOf(() => encodeVarint(MAX_VARINT + 1n))).toBe('QUIC_VARINT_OUT_OF_RANGE');
  expect(codeOf(() => encodeVarint(64, 1))).toBe('QUIC_VARINT_OUT_OF_RANGE');
});

test('a packet number is understood as long as it is near (RFC 9000 §17.1)', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 40), fc.nat(2 ** 20), fc.nat(2 ** 20), (acked, ahead, seen) => {
      const packetNumber = acked + 1 + ahead;
      const length = packetNumberLength(packetNumber, acked);
      const truncated = encodePacketNumber(packetNumber, length).reduce(
        (value, octet) => value * 256 + octet,
        0,
      );
      const largest = acked + (seen % (ahead + 1));
      expect(decodePacketNumber(largest, truncated, length * 8)).toBe(packetNumber);
    }),
  );
  expect(decodePacketNumber(undefined, 0, 8)).toBe(0);
  // Half a window below what is expected counts as above it (§A.3).
  expect([decodePacketNumber(127, 0, 8), decodePacketNumber(126, 0, 8)]).toEqual([256, 0]);
  expect(codeOf(() => packetNumberLength(2 ** 33, 0))).toBe('QUIC_PACKET_NUMBER_OUT_OF_RANGE');
});

test('RFC 9000 §2.1, Table 1: the four kinds of streams', () => {
  expect(streamKindOf(0n)).toEqual({ initiator: 'client', direction: 'bidirectional' });
  expect(streamKindOf(1n)).toEqual({ initiator: 'server', direction: 'bidirectional' });
  expect(streamKindOf(2n)).toEqual({ initiator: 'client', direction: 'unidirectional' });
  expect(streamIdOf('server', 'unidirectional', 2n)).toBe(11n);
});

test.each<[string, string, string]>([
  ['', 'QUIC_PACKET_TRUNCATED', 'nothing'],
  ['c0 00000001', 'QUIC_PACKET_TRUNCATED', 'no ids'],
  ['80 00000001 00 00 00 00', 'QUIC_FIXED_BIT_ZERO', 'long header'],
  ['00 aa', 'QUIC_FIXED_BIT_ZERO', 'short header'],
  ['c0 00000002 00 00 00 00', 'QUIC_VERSION_UNSUPPORTED', 'another version'],
  [`c0 00000001 15 ${'00'.repeat(21)} 00 00 00`, 'QUIC_CONNECTION_ID_LENGTH_WRONG', '21 octets'],
  ['c0 00000001 00 00 05 00', 'QUIC_PACKET_TRUNCATED', 'a token cut off'],
  ['c0 00000001 00 00 00 05 00', 'QUIC_PACKET_TRUNCATED', 'a packet cut off'],
  ['f0 00000001 00 00 00', 'QUIC_PACKET_TRUNCATED', 'Retry without a tag'],
  ['80 00000000 00 00', 'QUIC_VERSION_LIST_MALFORMED', 'no version'],
  ['80 00000000 00 00 000000', 'QUIC_VERSION_LIST_MALFORMED', 'three octets'],
])('the packet %s: %s (%s)', (hex, code) => {
  expect(codeOf(() => decodeHeader(fromHex(hex)))).toBe(code);
});

test('version negotiation keeps to what no version may change (RFC 8999 §6)', () => {
  const long = new Uint8Array(30).fill(7);
  const packet = encodeVersionNegotiation(long, fromHex('aa'), [1, 0x6b3343cf]);
  const spans: Span[] = [];
  expect(decodeHeader(packet, {}, spans)).toEqual({
    type: 'version-negotiation',
    dcid: long,
    scid: fromHex('aa'),
    versions: [1, 0x6b3343cf],
    end: packet.length,
  });
  expect(spans.map(({ end }) => end).at(-1)).toBe(packet.length * 8);
});

const dcid = fromHex('8394c8f03e515708');
const keysOf = async () => packetKeys((await initialSecrets(dcid)).client);

test('packets of all kinds come back through protection, several in a datagram (RFC 9000 §12.2)', async () => {
  const keys = await keysOf();
  const id = fc.uint8Array({ maxLength: 20 });
  const number = fc.nat(2 ** 31);
  const payload = fc.uint8Array({ minLength: 4, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(
      id,
      id,
      number,
      fc.constantFrom(1, 2, 3, 4),
      payload,
      fc.boolean(),
      async (to, from, packetNumber, packetNumberLength, octets, spin) => {
        const common = { dcid: to, packetNumber, packetNumberLength } as const;
        const long = await Promise.all([
          protectPacket({ ...common, type: 'initial', scid: from, token: from }, octets, keys),
          protectPacket({ ...common, type: '0-rtt', scid: from }, octets, keys),
          protectPacket({ ...common, type: 'handshake', scid: from }, octets, keys),
          protectPacket({ ...common, type: '1-rtt', spin, keyPhase: 1 }, octets, keys),
        ]);
        const datagram = Uint8Array.from(long.flatMap((packet) => [...packet]));
        const packets = splitDatagram(datagram, to.length);
        expect(packets.map(({ header }) => header.type)).toEqual(['initial', '0-rtt', 'handshake', '1-rtt']);
        for (const { start, header } of packets) {
          if (!('packetNumberOffset' in header)) throw new Error(header.type);
          const spans: Span[] = [];
          decodeHeader(datagram, { offset: start, connectionIdLength: to.length }, spans);
          const opened = await unprotectPacket(datagram, start, header, keys, packetNumber - 1, spans);
          expect([opened.packetNumber, opened.payload]).toEqual([packetNumber, octets]);
          expect(opened.keyPhase).toBe(header.type === '1-rtt' ? 1 : 0);
          expect(header.dcid).toEqual(to);
          let bit = start * 8;
          for (const span of spans) {
            expect(span.start).toBe(bit);
            bit = span.end;
          }
          expect(bit).toBe(header.end * 8);
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('one bit changed anywhere in a packet and it does not open (RFC 9001 §5.3)', async () => {
  const keys = await keysOf();
  const plain = {
    type: 'initial',
    dcid,
    scid: new Uint8Array(0),
    packetNumber: 2,
    packetNumberLength: 2,
  } as const;
  const packet = await protectPacket(plain, new Uint8Array(30), keys);
  const header = decodeHeader(packet);
  if (!('packetNumberOffset' in header)) throw new Error(header.type);
  for (let at = 0; at < packet.length; at++) {
    const changed = packet.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(await codeOfLater(() => unprotectPacket(changed, 0, header, keys))).toBe('QUIC_DECRYPTION_FAILED');
  }
  expect(await codeOfLater(() => unprotectPacket(packet, 0, { ...header, end: 30 }, keys))).toBe(
    'QUIC_PACKET_TRUNCATED',
  );
  expect(await codeOfLater(() => protectPacket(plain, new Uint8Array(1), keys))).toBe(
    'QUIC_PACKET_TRUNCATED',
  );
});

test('reserved bits are looked at once the packet has opened (RFC 9000 §17.2)', async () => {
  const keys = await keysOf();
  const plain = {
    type: 'initial',
    dcid,
    scid: new Uint8Array(0),
    packetNumber: 0,
    packetNumberLength: 1,
  } as const;
  const header = Uint8Array.from(encodeHeader(plain, 20 + 16));
  header[0] = (header[0] ?? 0) | 0x08;
  const key = await crypto.subtle.importKey('raw', Uint8Array.from(keys.key), 'AES-GCM', false, ['encrypt']);
  const parameters = { name: 'AES-GCM', iv: packetNonce(keys.iv, 0), additionalData: header };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(parameters, key, new Uint8Array(20)));
  const packet = Uint8Array.from([...header, ...sealed]);
  const numberAt = header.length - 1;
  const mask = await headerMask(keys.hp, packet.subarray(numberAt + 4, numberAt + 20));
  packet[0] = (packet[0] ?? 0) ^ ((mask[0] ?? 0) & 0x0f);
  packet[numberAt] = (packet[numberAt] ?? 0) ^ (mask[1] ?? 0);
  const read = decodeHeader(packet);
  if (!('packetNumberOffset' in read)) throw new Error(read.type);
  expect(await codeOfLater(() => unprotectPacket(packet, 0, read, keys))).toBe('QUIC_RESERVED_BITS_SET');
});

test('RFC 9000 §17.2.5.2: a Retry without a token is dropped, as is what is no Retry', async () => {
  const scid = fromHex('f067a5502a4262b5');
  const empty = new Uint8Array(0);
  const retry = (token: Uint8Array) => encodeRetry({ dcid: empty, scid, token, originalDcid: dcid });
  expect(await isRetryValid(await retry(fromHex('aa')), dcid)).toBe(true);
  expect(await isRetryValid(await retry(empty), dcid)).toBe(false);
  const sealed = (await retry(fromHex('aa'))).slice(0, -16);
  sealed[0] = 0xc0;
  const initial = Uint8Array.from([...sealed, ...(await retryIntegrityTag(dcid, sealed))]);
  expect(await isRetryValid(initial, dcid)).toBe(false);
});

test('RFC 9000 §12.2: a packet for another connection id in one datagram is passed over', () => {
  const long = (id: string) => fromHex(`e0 00000001 01 ${id} 00 04 11223344`);
  const datagram = Uint8Array.from([...long('aa'), ...long('bb'), ...long('aa')]);
  expect(splitDatagram(datagram, 1).map(({ start }) => start)).toEqual([0, 2 * long('aa').length]);
});

fuzzDecoder('quic headers', {
  samples: [
    'c000000001088394c8f03e5157080000449e7b9aec34'.padEnd(200, '0'),
    'ff000000010008f067a5502a4262b5746f6b656e04a265ba2eff4d829058fb3f0f2496ba',
    '80000000000408aabbccdd00000001',
    '4cfe4189655e5cd55c41f69080575d7999c25a5bfb',
  ].map((hex) => fromHex(hex)),
  decode: (input) => splitDatagram(input, 4),
  errorClass: QuicError,
});
