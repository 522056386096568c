import type { TraceSink } from '@/lib/bytes';
import { packetChecksum } from './crc32c';
import { decodeChunk } from './decode-chunk';
import { SctpError } from './errors';
import {
  type Chunk,
  CHUNK_HEADER_OCTETS,
  COMMON_HEADER_OCTETS,
  MAX_PACKET_OCTETS,
  type SctpPacket,
} from './packet';
import { paddingOf } from './parameters';
import { traceChunkHeader, traceCommonHeader, tracePadding } from './trace';

/** A packet as it was read. One whose checksum does not hold is to be discarded without a word (RFC 9260 §6.8). */
export type DecodedPacket = SctpPacket & { checksum: number; checksumValid: boolean };

/**
 * Octets of one packet (RFC 9260 §3). The checksum is compared, not enforced: `checksumValid` says how it went. Values
 * that are octets are views of `bytes`. Spans are traced as they are read, those before an error as well.
 * @throws SctpError SCTP_PACKET_…, SCTP_CHUNK_…, SCTP_PARAMETER_LENGTH_WRONG, SCTP_STREAM_COUNT_ZERO, SCTP_TAG_ZERO,
 *   SCTP_DATA_EMPTY, SCTP_GAP_BLOCK_WRONG
 */
export function decodePacket(bytes: Uint8Array, trace?: TraceSink): DecodedPacket {
  if (bytes.length < COMMON_HEADER_OCTETS)
    throw new SctpError('SCTP_PACKET_TRUNCATED', bytes.length, `${bytes.length} octets`, 'a header of 12');
  if (bytes.length > MAX_PACKET_OCTETS)
    throw new SctpError('SCTP_PACKET_TOO_LONG', 0, `${bytes.length} octets`, `at most ${MAX_PACKET_OCTETS}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const checksum = view.getUint32(8, true);
  const packet: DecodedPacket = {
    sourcePort: view.getUint16(0),
    destinationPort: view.getUint16(2),
    verificationTag: view.getUint32(4),
    checksum,
    checksumValid: checksum === packetChecksum(bytes),
    chunks: [],
  };
  if (trace) traceCommonHeader(trace, packet);
  for (let at = COMMON_HEADER_OCTETS; at < bytes.length;) at = readChunk(bytes, at, packet.chunks, trace);
  checkBundling(packet.chunks);
  return packet;
}

/** Reads the chunk at `at` into `chunks`; answers where the next begins. */
function readChunk(bytes: Uint8Array, at: number, chunks: Chunk[], trace?: TraceSink): number {
  const left = bytes.length - at;
  if (left < CHUNK_HEADER_OCTETS)
    throw new SctpError('SCTP_CHUNK_TRUNCATED', at, `${left} octets`, 'a chunk header of 4');
  const [type, flags] = [bytes[at]!, bytes[at + 1]!];
  const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
  if (trace) traceChunkHeader(trace, at, type, flags, length);
  if (length < CHUNK_HEADER_OCTETS)
    throw new SctpError('SCTP_CHUNK_LENGTH_WRONG', at + 2, `length ${length}`, 'at least 4');
  if (length > left)
    throw new SctpError('SCTP_CHUNK_PAST_END', at + 2, `length ${length}`, `at most ${left}`);
  chunks.push(decodeChunk(bytes, at, type, flags, length, trace));
  // The last chunk's padding may be missing where a lower layer has cut it off.
  const padding = Math.min(paddingOf(length), left - length);
  if (trace) tracePadding(trace, at + length, padding);
  return at + length + padding;
}

/** INIT, INIT ACK and SHUTDOWN COMPLETE travel alone (RFC 9260 §6.10). */
function checkBundling(chunks: readonly Chunk[]): void {
  const loner = chunks.find(
    ({ kind }) => kind === 'init' || kind === 'init-ack' || kind === 'shutdown-complete',
  );
  if (loner && chunks.length > 1)
    throw new SctpError(
      'SCTP_CHUNK_NOT_ALONE',
      12,
      `${loner.kind} among ${chunks.length} chunks`,
      'it alone',
    );
}
