import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import {
  type Chunk,
  CHUNK_TYPES,
  crc32c,
  decodeDcep,
  decodePacket,
  encodeDcep,
  encodePacket,
  PPID,
  SctpError,
} from './index';

const folder = join(import.meta.dirname, '../../../../shared/vectors/sctp-dcep');
const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown;
const describeVectors = describe.skipIf(!existsSync(folder));

type PacketCase = {
  id: string;
  hex: string;
  expect: string;
  sourcePort: number;
  destinationPort: number;
  verificationTag: number;
  checksumValid: boolean;
  chunks: Record<string, unknown>[];
};

/** A chunk in the words of the vectors. */
function asVector(chunk: Chunk): Record<string, unknown> {
  switch (chunk.kind) {
    case 'data': {
      const { tsn, streamId, streamSeq, ppid, userData, unordered, begin, end } = chunk;
      const userDataHex = toHex(userData);
      return { type: CHUNK_TYPES.DATA, tsn, streamId, streamSeq, ppid, userDataHex, unordered, begin, end };
    }
    case 'init':
    case 'init-ack': {
      const { kind, params, ...rest } = chunk;
      const type = kind === 'init' ? CHUNK_TYPES.INIT : CHUNK_TYPES['INIT ACK'];
      return { type, ...rest, params: params.map(({ type, value }) => ({ type, valueHex: toHex(value) })) };
    }
    case 'forward-tsn':
      return {
        type: CHUNK_TYPES['FORWARD TSN'],
        newCumulativeTsn: chunk.newCumulativeTsn,
        streams: chunk.streams.map(({ streamId, streamSeq }) => [streamId, streamSeq]),
      };
    default:
      return {};
  }
}

describeVectors('published packets', () => {
  const { packets } = existsSync(folder)
    ? (read('sctp-packets.json') as { packets: PacketCase[] })
    : { packets: [] };
  test.each(packets)('$id', (wanted) => {
    const octets = fromHex(wanted.hex);
    if (wanted.expect !== 'ok') {
      expect(() => decodePacket(octets)).toThrow(SctpError);
      return;
    }
    const packet = decodePacket(octets);
    const { sourcePort, destinationPort, verificationTag, checksumValid } = wanted;
    expect(packet).toMatchObject({ sourcePort, destinationPort, verificationTag, checksumValid });
    expect(packet.chunks.length).toBe(wanted.chunks.length);
    packet.chunks.forEach((chunk, index) => {
      expect(wanted.chunks[index]).toMatchObject(asVector(chunk));
    });
    expect(toHex(encodePacket(packet))).toBe(wanted.hex);
  });
});

describeVectors('published CRC32c', () => {
  type Case = { name: string; hex: string; crc: string };
  const { vectors } = existsSync(folder) ? (read('crc32c.json') as { vectors: Case[] }) : { vectors: [] };
  test.each(vectors)('$name', ({ hex, crc }) => {
    expect(crc32c(fromHex(hex)).toString(16).padStart(8, '0')).toBe(crc);
  });
});

describeVectors('DCEP messages and PPIDs', () => {
  type Case = { id: string; hex: string; expect: Record<string, unknown> };
  type File = { messages: Case[]; ppids: { ppid: number }[] };
  const { messages, ppids } = existsSync(folder) ? (read('dcep.json') as File) : { messages: [], ppids: [] };
  test.each(messages)('$id', (wanted) => {
    const octets = fromHex(wanted.hex);
    if (wanted.expect.error) {
      expect(() => decodeDcep(octets)).toThrow(SctpError);
      return;
    }
    const message = decodeDcep(octets);
    expect(toHex(encodeDcep(message))).toBe(wanted.hex);
    if (message.type === 'ack') return expect(wanted.expect).toEqual({ messageType: 2 });
    const { ordered, maxRetransmits, maxPacketLifeTime, priority, label, protocol } = wanted.expect;
    expect(message).toEqual({
      type: 'open',
      ordered,
      priority,
      label,
      protocol,
      ...(maxRetransmits === null ? {} : { maxRetransmits }),
      ...(maxPacketLifeTime === null ? {} : { maxPacketLifeTimeMs: maxPacketLifeTime }),
    });
  });

  test('the PPIDs are those of RFC 8831 §8', () => {
    expect(Object.values(PPID)).toEqual(ppids.map(({ ppid }) => ppid));
  });
});
