import { toHex, type TraceSink, joinOctets } from '@/lib/bytes';
import { QuicError } from './errors';
import { OctetReader } from './octet-reader';
import { encodePacketNumber } from './packet-number';
import { encodeVarint } from './varint';

/** Version 1 (RFC 9000 §15). */
export const QUIC_VERSION_1 = 0x00000001;

/** Connection ids of version 1 are 0 to 20 octets (RFC 9000 §17.2). */
export const MAX_CONNECTION_ID = 20;

/** No UDP datagram is longer. */
export const MAX_PACKET_OCTETS = 65_527;

/** Packets that carry frames, by header form and type (RFC 9000 §17.2, §17.3). */
export type PacketType = 'initial' | '0-rtt' | 'handshake' | '1-rtt';

/** What a header says before header protection is removed; the rest of the first octet is still hidden. */
export type ProtectedHeader =
  | {
      readonly type: 'initial' | '0-rtt' | 'handshake';
      readonly version: number;
      readonly dcid: Uint8Array;
      readonly scid: Uint8Array;
      /** Only in Initial packets. */
      readonly token: Uint8Array;
      /** Octets of packet number and payload, tag included. */
      readonly length: number;
      /** Where the packet number starts, and where the packet ends: another may follow (RFC 9000 §12.2). */
      readonly packetNumberOffset: number;
      readonly end: number;
    }
  | {
      readonly type: '1-rtt';
      readonly dcid: Uint8Array;
      readonly packetNumberOffset: number;
      readonly end: number;
    }
  | {
      readonly type: 'retry';
      readonly version: number;
      readonly dcid: Uint8Array;
      readonly scid: Uint8Array;
      readonly token: Uint8Array;
      readonly integrityTag: Uint8Array;
      readonly end: number;
    }
  | {
      readonly type: 'version-negotiation';
      readonly dcid: Uint8Array;
      readonly scid: Uint8Array;
      readonly versions: readonly number[];
      readonly end: number;
    };

const LONG_TYPES = ['initial', '0-rtt', 'handshake', 'retry'] as const;
const showVersion = (version: number) => `0x${version.toString(16).padStart(8, '0')}`;

/**
 * The header of the packet that starts at `offset` in a datagram (RFC 9000 §17):
 *
 *     Long:  |1|1|T T|X X X X| version (32) | DCID len (8) | DCID | SCID len (8) | SCID | by type …
 *     Short: |0|1|S|R R|K|P P| DCID | packet number
 *
 * A short header does not say how long its connection id is: we chose it. Version 0 is version negotiation, and keeps
 * only what no version may change (RFC 8999).
 * @throws QuicError; packets that break these rules are dropped
 */
export function decodeHeader(
  datagram: Uint8Array,
  { offset = 0, connectionIdLength = 0 }: { offset?: number; connectionIdLength?: number } = {},
  trace?: TraceSink,
): ProtectedHeader {
  if (datagram.length > MAX_PACKET_OCTETS)
    throw new QuicError('QUIC_PACKET_TOO_LONG', 0, String(datagram.length), `at most ${MAX_PACKET_OCTETS}`);
  const reader = new OctetReader(datagram, 'QUIC_PACKET_TRUNCATED', trace, offset);
  const first = datagram[offset];
  if (first === undefined) throw reader.error('QUIC_PACKET_TRUNCATED', 'nothing', 'a packet');
  if (first < 0x80) return decodeShort(reader, connectionIdLength);

  const version = new DataView(datagram.buffer, datagram.byteOffset);
  const isNegotiation = datagram.length >= offset + 5 && version.getUint32(offset + 1) === 0;
  reader.ref = isNegotiation ? 'RFC 9000 §17.2.1' : 'RFC 9000 §17.2';
  if (isNegotiation) return decodeVersionNegotiation(reader);
  const [, fixed = 0, typeBits = 0] = reader.bits([
    [1, 'header form'],
    [1, 'fixed bit'],
    [2, 'long packet type'],
    [4, 'type-specific bits, protected'],
  ]);
  if (fixed === 0) throw reader.error('QUIC_FIXED_BIT_ZERO', 0, '1', offset);
  const seen = reader.uint(4, 'version', showVersion);
  if (seen !== QUIC_VERSION_1)
    throw reader.error(
      'QUIC_VERSION_UNSUPPORTED',
      showVersion(seen),
      showVersion(QUIC_VERSION_1),
      offset + 1,
    );
  const dcid = connectionId(reader, 'destination', MAX_CONNECTION_ID);
  const scid = connectionId(reader, 'source', MAX_CONNECTION_ID);
  const type = LONG_TYPES[typeBits] ?? 'initial';
  if (type === 'retry') {
    reader.ref = 'RFC 9000 §17.2.5';
    const token = reader.take(Math.max(0, reader.remaining - 16), 'retry token');
    const integrityTag = reader.take(16, 'retry integrity tag');
    return { type, version: seen, dcid, scid, token, integrityTag, end: reader.at };
  }
  if (type === 'initial') reader.ref = 'RFC 9000 §17.2.2';
  const token = type === 'initial' ? reader.take(reader.length('token length'), 'token') : new Uint8Array(0);
  const length = reader.length('length');
  const packetNumberOffset = reader.at;
  const end = packetNumberOffset + length;
  return { type, version: seen, dcid, scid, token, length, packetNumberOffset, end };
}

function decodeShort(reader: OctetReader, connectionIdLength: number): ProtectedHeader {
  reader.ref = 'RFC 9000 §17.3.1';
  const [, fixed = 0] = reader.bits([
    [1, 'header form'],
    [1, 'fixed bit'],
    [1, 'spin bit'],
    [5, 'protected bits'],
  ]);
  if (fixed === 0) throw reader.error('QUIC_FIXED_BIT_ZERO', 0, '1', reader.at - 1);
  const dcid = reader.take(connectionIdLength, 'destination connection id');
  return { type: '1-rtt', dcid, packetNumberOffset: reader.at, end: reader.bytes.length };
}

function decodeVersionNegotiation(reader: OctetReader): ProtectedHeader {
  reader.bits([
    [1, 'header form'],
    [7, 'unused'],
  ]);
  reader.uint(4, 'version', showVersion);
  const dcid = connectionId(reader, 'destination', 255);
  const scid = connectionId(reader, 'source', 255);
  if (reader.remaining === 0 || reader.remaining % 4 !== 0)
    throw reader.error('QUIC_VERSION_LIST_MALFORMED', reader.remaining, 'a multiple of 4 octets');
  const versions: number[] = [];
  while (reader.hasMore) versions.push(reader.uint(4, 'supported version', showVersion));
  return { type: 'version-negotiation', dcid, scid, versions, end: reader.at };
}

function connectionId(reader: OctetReader, whose: string, max: number): Uint8Array {
  const length = reader.uint(1, `${whose} connection id length`);
  if (length > max)
    throw reader.error('QUIC_CONNECTION_ID_LENGTH_WRONG', length, `0 to ${max}`, reader.at - 1);
  return reader.take(length, `${whose} connection id`);
}

/** A header that is to be protected. */
export type PlainHeader =
  | {
      readonly type: 'initial' | '0-rtt' | 'handshake';
      readonly dcid: Uint8Array;
      readonly scid: Uint8Array;
      readonly token?: Uint8Array;
      readonly packetNumber: number;
      readonly packetNumberLength: 1 | 2 | 3 | 4;
    }
  | {
      readonly type: '1-rtt';
      readonly dcid: Uint8Array;
      readonly spin?: boolean;
      readonly keyPhase?: 0 | 1;
      readonly packetNumber: number;
      readonly packetNumberLength: 1 | 2 | 3 | 4;
    };

/**
 * A header with its packet number in the clear, for a payload of so many octets, tag included. The length is written in
 * two octets where it fits, as is usual. @throws QuicError
 */
export function encodeHeader(header: PlainHeader, payloadOctets: number): Uint8Array {
  const { dcid, packetNumberLength } = header;
  const packetNumber = encodePacketNumber(header.packetNumber, packetNumberLength);
  checkConnectionId(dcid);
  if (header.type === '1-rtt') {
    const bits = (header.spin === true ? 0x20 : 0) | ((header.keyPhase ?? 0) << 2) | (packetNumberLength - 1);
    return joinOctets([Uint8Array.of(0x40 | bits), dcid, packetNumber]);
  }
  const first = 0xc0 | (LONG_TYPES.indexOf(header.type) << 4) | (packetNumberLength - 1);
  const token = header.token ?? new Uint8Array(0);
  const length = packetNumberLength + payloadOctets;
  return joinOctets([
    longStart(first, QUIC_VERSION_1, dcid, header.scid),
    header.type === 'initial' ? joinOctets([encodeVarint(token.length), token]) : new Uint8Array(0),
    encodeVarint(length, length < 0x4000 ? 2 : 4),
    packetNumber,
  ]);
}

/** First octet, version and both connection ids (RFC 8999 §5.1). */
export function longStart(first: number, version: number, dcid: Uint8Array, scid: Uint8Array): Uint8Array {
  for (const id of [dcid, scid]) checkConnectionId(id, version === 0 ? 255 : MAX_CONNECTION_ID);
  const versionOctets = Uint8Array.of(
    version >>> 24,
    (version >>> 16) & 0xff,
    (version >>> 8) & 0xff,
    version & 0xff,
  );
  return joinOctets([
    Uint8Array.of(first),
    versionOctets,
    Uint8Array.of(dcid.length),
    dcid,
    Uint8Array.of(scid.length),
    scid,
  ]);
}

function checkConnectionId(id: Uint8Array, max = MAX_CONNECTION_ID): void {
  if (id.length > max)
    throw new QuicError('QUIC_CONNECTION_ID_LENGTH_WRONG', 0, toHex(id), `at most ${max} octets`);
}

/** A Version Negotiation packet (RFC 9000 §17.2.1): the client's ids exchanged, and what the server speaks. */
export function encodeVersionNegotiation(
  dcid: Uint8Array,
  scid: Uint8Array,
  versions: readonly number[],
  unusedBits = 0x40,
): Uint8Array {
  const list = new Uint8Array(versions.length * 4);
  const view = new DataView(list.buffer);
  for (const [index, version] of versions.entries()) view.setUint32(index * 4, version);
  return joinOctets([longStart(0x80 | (unusedBits & 0x7f), 0, dcid, scid), list]);
}

/** The packets of a datagram one after another; what follows a packet that cannot be read is left (RFC 9000 §12.2). */
export function splitDatagram(
  datagram: Uint8Array,
  connectionIdLength = 0,
): { start: number; header: ProtectedHeader }[] {
  const packets: { start: number; header: ProtectedHeader }[] = [];
  for (let offset = 0; offset < datagram.length;) {
    let header: ProtectedHeader;
    try {
      header = decodeHeader(datagram, { offset, connectionIdLength });
    } catch (error) {
      if (packets.length > 0 && error instanceof QuicError) return packets;
      throw error;
    }
    packets.push({ start: offset, header });
    offset = header.end;
  }
  return packets;
}
