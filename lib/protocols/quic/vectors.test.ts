import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import {
  decodeFrames,
  decodeHeader,
  decodePacketNumber,
  decodeVarint,
  encodeFrames,
  encodeRetry,
  encodeVarint,
  headerMask,
  initialSecrets,
  isRetryValid,
  nextSecret,
  packetKeys,
  packetNonce,
  packetNumberLength,
  protectPacket,
  unprotectPacket,
} from '.';

// Examples of RFC 9000 and 9001, read where they lie and never copied; absent, the tests say so and are skipped.
const folder = new URL('../../../../shared/vectors/quic/', import.meta.url);
const isAbsent = !existsSync(folder);
if (isAbsent) console.warn('skipped: ../shared/vectors/quic is not here');
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

type Examples = {
  varints: { hex: string; value: string }[];
  boundaries: { hex: string; value: string }[];
  packetNumbers: {
    encode: { fullPn: string; largestAcked: string; minBits: number }[];
    decode: { largest: string; truncated: string; bits: number; value: string }[];
  };
};

test.skipIf(isAbsent)('RFC 9000 §16, §A.1: variable-length integers', () => {
  const { varints, boundaries } = read('rfc9000-examples.json') as Examples;
  for (const { hex, value } of [...varints, ...boundaries])
    expect(decodeVarint(fromHex(hex)), hex).toEqual({ value: BigInt(value), next: hex.length / 2 });
  for (const { hex, value } of boundaries) expect(toHex(encodeVarint(BigInt(value)))).toBe(hex);
});

test.skipIf(isAbsent)('RFC 9000 §A.2, §A.3: packet numbers', () => {
  const { encode, decode } = (read('rfc9000-examples.json') as Examples).packetNumbers;
  for (const { fullPn, largestAcked, minBits } of encode)
    expect(packetNumberLength(Number(fullPn), Number(largestAcked))).toBe(Math.ceil(minBits / 8));
  for (const { largest, truncated, bits, value } of decode)
    expect(decodePacketNumber(Number(largest), Number(truncated), bits)).toBe(Number(value));
});

type Sealed = {
  packet: string;
  packetNumber: number;
  unprotectedHeader: string;
  sample: string;
  mask: string;
};
type AppendixA = {
  dcid: string;
  initialSecret: string;
  keys: Record<'client' | 'server', { secret: string; key: string; iv: string; hp: string }>;
  clientInitial: Sealed & { cryptoFrame: string; payloadLength: number };
  serverInitial: Sealed & { payload: string };
  retry: { packet: string; originalDcid: string };
  chacha20: Record<'secret' | 'key' | 'iv' | 'hp' | 'ku' | 'nonce' | 'plaintext', string> & Sealed;
};
const appendix = isAbsent ? undefined : (read('rfc9001-appendix-a.json') as AppendixA);

test.skipIf(isAbsent)('RFC 9001 §A.1: Initial secrets and keys', async () => {
  const { dcid, initialSecret, keys } = appendix!;
  const secrets = await initialSecrets(fromHex(dcid));
  expect(toHex(secrets.initial)).toBe(initialSecret);
  for (const side of ['client', 'server'] as const) {
    const { key, iv, hp } = await packetKeys(secrets[side]);
    const made = { secret: toHex(secrets[side]), key: toHex(key), iv: toHex(iv), hp: toHex(hp) };
    expect(made).toEqual(keys[side]);
  }
});

test.skipIf(isAbsent)('RFC 9001 §A.2: the client Initial, both ways', async () => {
  const { dcid, clientInitial } = appendix!;
  const keys = await packetKeys((await initialSecrets(fromHex(dcid))).client);
  expect(toHex(await headerMask(keys.hp, fromHex(clientInitial.sample)))).toBe(clientInitial.mask);
  const payload = new Uint8Array(clientInitial.payloadLength);
  payload.set(fromHex(clientInitial.cryptoFrame));
  const empty = new Uint8Array(0);
  const header = {
    type: 'initial',
    dcid: fromHex(dcid),
    scid: empty,
    packetNumber: 2,
    packetNumberLength: 4,
  } as const;
  const packet = await protectPacket(header, payload, keys);
  expect(toHex(packet)).toBe(clientInitial.packet);
  expect(packet).toHaveLength(1200);

  const read = decodeHeader(packet);
  if (read.type !== 'initial') throw new Error(read.type);
  const opened = await unprotectPacket(packet, 0, read, keys);
  expect(opened.packetNumber).toBe(2);
  expect(toHex(opened.header)).toBe(clientInitial.unprotectedHeader);
  const frames = decodeFrames(opened.payload, 'initial');
  expect(frames.map(({ type }) => type)).toEqual(['crypto', 'padding']);
  expect(encodeFrames(frames)).toEqual(payload);
});

test.skipIf(isAbsent)('RFC 9001 §A.3: the server Initial, both ways', async () => {
  const { dcid, serverInitial } = appendix!;
  const keys = await packetKeys((await initialSecrets(fromHex(dcid))).server);
  const packet = fromHex(serverInitial.packet);
  const read = decodeHeader(packet);
  if (read.type !== 'initial') throw new Error(read.type);
  const opened = await unprotectPacket(packet, 0, read, keys);
  expect([opened.packetNumber, toHex(opened.payload)]).toEqual([1, serverInitial.payload]);
  expect(decodeFrames(opened.payload, 'initial').map(({ type }) => type)).toEqual(['ack', 'crypto']);
  const { dcid: to, scid } = read;
  const again = { type: 'initial', dcid: to, scid, packetNumber: 1, packetNumberLength: 2 } as const;
  expect(toHex(await protectPacket(again, opened.payload, keys))).toBe(serverInitial.packet);
});

test.skipIf(isAbsent)('RFC 9001 §A.4: Retry', async () => {
  const { packet, originalDcid } = appendix!.retry;
  const octets = fromHex(packet);
  const read = decodeHeader(octets);
  if (read.type !== 'retry') throw new Error(read.type);
  expect(new TextDecoder().decode(read.token)).toBe('token');
  expect(await isRetryValid(octets, fromHex(originalDcid))).toBe(true);
  expect(await isRetryValid(octets, fromHex('00'))).toBe(false);
  expect(toHex(await encodeRetry({ ...read, originalDcid: fromHex(originalDcid) }))).toBe(packet);
});

test.skipIf(isAbsent)('RFC 9001 §A.5: keys of 32 octets, the key update and the nonce', async () => {
  const { secret, key, iv, hp, ku, nonce, packetNumber } = appendix!.chacha20;
  const keys = await packetKeys(fromHex(secret), 32);
  expect([keys.key, keys.iv, keys.hp].map((octets) => toHex(octets))).toEqual([key, iv, hp]);
  expect(toHex(await nextSecret(fromHex(secret)))).toBe(ku);
  expect(toHex(packetNonce(keys.iv, packetNumber))).toBe(nonce);
});

test.skipIf(isAbsent)('RFC 9001 §A.5: the ChaCha20-Poly1305 packet, both ways', async () => {
  const { secret, packetNumber, plaintext, sample, mask, packet, unprotectedHeader } = appendix!.chacha20;
  const keys = await packetKeys(fromHex(secret), 32);
  expect(toHex(await headerMask(keys.hp, fromHex(sample)))).toBe(mask);
  const header = { type: '1-rtt', dcid: new Uint8Array(0), packetNumber, packetNumberLength: 3 } as const;
  expect(toHex(await protectPacket(header, fromHex(plaintext), keys))).toBe(packet);
  const read = decodeHeader(fromHex(packet));
  if (read.type !== '1-rtt') throw new Error(read.type);
  const opened = await unprotectPacket(fromHex(packet), 0, read, keys, packetNumber - 1);
  expect([opened.packetNumber, toHex(opened.header)]).toEqual([packetNumber, unprotectedHeader]);
  expect(decodeFrames(opened.payload)).toEqual([{ type: 'ping' }]);
});
