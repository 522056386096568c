import type { TraceSink } from '@/lib/bytes';
import { ByteReader } from '@/lib/bytes';
import type { IpAddresses } from '@/lib/protocols/ip';
import { IP_PROTOCOLS, transportChecksum } from '@/lib/protocols/ip';
import { TcpError } from '../errors';
import { decodeOptions } from './decode-options';
import type { DecodedSegment } from './segment';
import { flagsOf, FLAG_NAMES } from './segment';
import { traceFixedHeader, tracePayload } from './trace-segment';

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
 * `undefined`: fewer octets than the fixed header. The diagram stands at `encodeSegment`. Spans are traced as they
 * are read: where it throws, those before the fault are there.
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
  const reserved = reader.bits(4);
  const flags = flagsOf(...FLAG_NAMES.filter(() => reader.bits(1) === 1));
  const window = reader.uint16();
  const checksum = reader.uint16();
  const urgentPointer = reader.uint16();

  const fixed: DecodedSegment = {
    sourcePort,
    destinationPort,
    sequenceNumber,
    acknowledgmentNumber,
    reserved,
    flags,
    window,
    urgentPointer,
    options: [],
    payload: bytes.subarray(FIXED_HEADER, FIXED_HEADER),
    headerLength,
    checksum,
    checksumIsRight: addresses && transportChecksum(addresses, IP_PROTOCOLS.tcp, bytes) === 0,
  };
  // Traced before it is judged: of a malformed segment the spans reach up to the fault.
  if (trace) traceFixedHeader(trace, fixed);
  checkDataOffset(headerLength, bytes.length);
  if (fixed.checksumIsRight === false && onWrongChecksum === 'throw') {
    throw new TcpError('TCP_CHECKSUM_WRONG', 16, hex(checksum), 'the sum of pseudo-header, header and data');
  }
  const options = decodeOptions(bytes, headerLength, trace);
  const segment = { ...fixed, options, payload: bytes.subarray(headerLength) };
  if (trace) tracePayload(trace, segment);
  return segment;
}

function checkDataOffset(headerLength: number, octets: number): void {
  const seen = `${headerLength / 4} words`;
  if (headerLength < FIXED_HEADER) throw new TcpError('TCP_DATA_OFFSET_TOO_SMALL', 12, seen, 'at least 5');
  if (headerLength > octets) {
    throw new TcpError('TCP_DATA_OFFSET_PAST_END', 12, seen, `at most ${Math.floor(octets / 4)}`);
  }
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(4, '0')}`;
}
