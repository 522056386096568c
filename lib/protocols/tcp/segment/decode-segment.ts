import type { TraceSink } from '@/lib/bytes';
import { ByteReader } from '@/lib/bytes';
import type { IpAddresses } from '@/lib/protocols/ip';
import { IP_PROTOCOLS, transportChecksum } from '@/lib/protocols/ip';
import { TcpError } from '../errors';
import { decodeOptions } from './decode-options';
import type { DecodedSegment } from './segment';
import { flagsOf, FLAG_NAMES } from './segment';
import { traceSegment } from './trace-segment';

/** How a segment is checked while it is decoded. */
export type DecodeSegmentOptions = {
  /** Of the IP packet around it; without them the checksum cannot be verified. */
  addresses?: IpAddresses | undefined;
  /** `throw` (the default) does what a host does: discard. `report` leaves it to the caller to look. */
  onWrongChecksum?: 'throw' | 'report';
};

const FIXED_HEADER = 20;

/**
 * Octets to a segment; all of `bytes` is the segment (TCP has no length of its own: IP says where it ends).
 * `undefined`: fewer octets than the fixed header. The diagram stands at `encodeSegment`.
 * @throws TcpError TCP_DATA_OFFSET_TOO_SMALL, TCP_DATA_OFFSET_PAST_END, TCP_CHECKSUM_WRONG, TCP_OPTION_…
 */
export function decodeSegment(
  bytes: Uint8Array,
  { addresses, onWrongChecksum = 'throw' }: DecodeSegmentOptions = {},
  trace?: TraceSink,
): DecodedSegment | undefined {
  if (bytes.length < FIXED_HEADER) return undefined;
  const reader = new ByteReader(bytes);
  const sourcePort = reader.uint16();
  const destinationPort = reader.uint16();
  const sequenceNumber = reader.uint32();
  const acknowledgmentNumber = reader.uint32();
  const headerLength = reader.bits(4) * 4;
  if (headerLength < FIXED_HEADER) {
    throw new TcpError('TCP_DATA_OFFSET_TOO_SMALL', 12, `${headerLength / 4} words`, 'at least 5');
  }
  if (headerLength > bytes.length) {
    const words = Math.floor(bytes.length / 4);
    throw new TcpError('TCP_DATA_OFFSET_PAST_END', 12, `${headerLength / 4} words`, `at most ${words}`);
  }
  const reserved = reader.bits(4);
  const flags = flagsOf(...FLAG_NAMES.filter(() => reader.bits(1) === 1));
  const window = reader.uint16();
  const checksum = reader.uint16();
  const urgentPointer = reader.uint16();

  const checksumIsRight = addresses && transportChecksum(addresses, IP_PROTOCOLS.tcp, bytes) === 0;
  if (checksumIsRight === false && onWrongChecksum === 'throw') {
    throw new TcpError('TCP_CHECKSUM_WRONG', 16, hex(checksum), 'the sum of pseudo-header, header and data');
  }
  const placed = decodeOptions(bytes, headerLength);
  const segment: DecodedSegment = {
    sourcePort,
    destinationPort,
    sequenceNumber,
    acknowledgmentNumber,
    reserved,
    flags,
    window,
    urgentPointer,
    options: placed.map(({ option }) => option),
    payload: bytes.subarray(headerLength),
    headerLength,
    checksum,
    checksumIsRight,
  };
  if (trace) traceSegment(trace, segment, placed);
  return segment;
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(4, '0')}`;
}
