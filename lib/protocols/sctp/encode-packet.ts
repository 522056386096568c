import { ByteWriter } from '@/lib/bytes';
import { packetChecksum } from './crc32c';
import { SctpError } from './errors';
import { type Chunk, MAX_PACKET_OCTETS, type SctpPacket } from './packet';
import { encodeParameters, paddingOf, parametersLength } from './parameters';
import { CHUNK_TYPES } from './registry';

/**
 * A packet to octets (RFC 9260 §3), checksum and padding included.
 * @throws SctpError SCTP_FIELD_OUT_OF_RANGE, SCTP_DATA_EMPTY, SCTP_PACKET_TOO_LONG
 */
export function encodePacket({
  sourcePort,
  destinationPort,
  verificationTag,
  chunks,
}: SctpPacket): Uint8Array {
  const writer = new ByteWriter(1200);
  try {
    writer.uint16(sourcePort).uint16(destinationPort).uint32(verificationTag).uint32(0);
    for (const chunk of chunks) encodeChunk(writer, chunk);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new SctpError(
      'SCTP_FIELD_OUT_OF_RANGE',
      writer.length,
      error.message,
      'a number that its field holds',
    );
  }
  const packet = writer.finish();
  if (packet.length > MAX_PACKET_OCTETS)
    throw new SctpError('SCTP_PACKET_TOO_LONG', 0, `${packet.length} octets`, `at most ${MAX_PACKET_OCTETS}`);
  new DataView(packet.buffer).setUint32(8, packetChecksum(packet), true);
  return packet;
}

/** Octets of a chunk with header and padding. */
export function chunkOctets(chunk: Chunk): number {
  const length = 4 + valueLength(chunk);
  return length + paddingOf(length);
}

function valueLength(chunk: Chunk): number {
  switch (chunk.kind) {
    case 'data':
      return 12 + chunk.userData.length;
    case 'init':
    case 'init-ack':
      return 16 + parametersLength(chunk.params);
    case 'sack':
      return 12 + 4 * (chunk.gapBlocks.length + chunk.duplicateTsns.length);
    case 'heartbeat':
    case 'heartbeat-ack':
      return parametersLength(chunk.params);
    case 'abort':
    case 'error':
      return parametersLength(chunk.causes);
    case 'cookie-echo':
      return chunk.cookie.length;
    case 'shutdown':
      return 4;
    case 'forward-tsn':
      return 4 + 4 * chunk.streams.length;
    case 'unknown':
      return chunk.value.length;
    default:
      return 0;
  }
}

const TYPES = {
  data: CHUNK_TYPES.DATA,
  init: CHUNK_TYPES.INIT,
  'init-ack': CHUNK_TYPES['INIT ACK'],
  sack: CHUNK_TYPES.SACK,
  heartbeat: CHUNK_TYPES.HEARTBEAT,
  'heartbeat-ack': CHUNK_TYPES['HEARTBEAT ACK'],
  abort: CHUNK_TYPES.ABORT,
  error: CHUNK_TYPES.ERROR,
  'cookie-echo': CHUNK_TYPES['COOKIE ECHO'],
  'cookie-ack': CHUNK_TYPES['COOKIE ACK'],
  shutdown: CHUNK_TYPES.SHUTDOWN,
  'shutdown-ack': CHUNK_TYPES['SHUTDOWN ACK'],
  'shutdown-complete': CHUNK_TYPES['SHUTDOWN COMPLETE'],
  'forward-tsn': CHUNK_TYPES['FORWARD TSN'],
} as const;

function flagsOf(chunk: Chunk): number {
  if (chunk.kind === 'data')
    return (
      (chunk.immediate ? 8 : 0) | (chunk.unordered ? 4 : 0) | (chunk.begin ? 2 : 0) | (chunk.end ? 1 : 0)
    );
  if (chunk.kind === 'unknown') return chunk.flags;
  return 'tagReflected' in chunk && chunk.tagReflected ? 1 : 0;
}

function encodeChunk(writer: ByteWriter, chunk: Chunk): void {
  const length = 4 + valueLength(chunk);
  writer
    .uint8(chunk.kind === 'unknown' ? chunk.type : TYPES[chunk.kind])
    .uint8(flagsOf(chunk))
    .uint16(length);
  encodeValue(writer, chunk);
  writer.write(new Uint8Array(paddingOf(length)));
}

function encodeValue(writer: ByteWriter, chunk: Chunk): void {
  switch (chunk.kind) {
    case 'data':
      if (chunk.userData.length === 0)
        throw new SctpError('SCTP_DATA_EMPTY', writer.length, 'no user data', 'at least one octet');
      writer.uint32(chunk.tsn).uint16(chunk.streamId).uint16(chunk.streamSeq).uint32(chunk.ppid);
      writer.write(chunk.userData);
      return;
    case 'init':
    case 'init-ack':
      writer.uint32(chunk.initiateTag).uint32(chunk.aRwnd).uint16(chunk.outStreams).uint16(chunk.inStreams);
      writer.uint32(chunk.initialTsn);
      return encodeParameters(writer, chunk.params);
    case 'sack':
      writer.uint32(chunk.cumulativeTsn).uint32(chunk.aRwnd);
      writer.uint16(chunk.gapBlocks.length).uint16(chunk.duplicateTsns.length);
      for (const { start, end } of chunk.gapBlocks) writer.uint16(start).uint16(end);
      for (const tsn of chunk.duplicateTsns) writer.uint32(tsn);
      return;
    case 'heartbeat':
    case 'heartbeat-ack':
      return encodeParameters(writer, chunk.params);
    case 'abort':
    case 'error':
      return encodeParameters(writer, chunk.causes);
    case 'cookie-echo':
      writer.write(chunk.cookie);
      return;
    case 'shutdown':
      writer.uint32(chunk.cumulativeTsn);
      return;
    case 'forward-tsn':
      writer.uint32(chunk.newCumulativeTsn);
      for (const { streamId, streamSeq } of chunk.streams) writer.uint16(streamId).uint16(streamSeq);
      return;
    case 'unknown':
      writer.write(chunk.value);
  }
}
