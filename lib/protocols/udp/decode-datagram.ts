import type { TraceSink } from '@/lib/bytes';
import { ByteReader } from '@/lib/bytes';
import type { IpAddresses } from '@/lib/protocols/ip';
import { IP_PROTOCOLS, parseIpAddresses, transportChecksum } from '@/lib/protocols/ip';
import type { DecodedDatagram } from './datagram';
import { UDP_HEADER_OCTETS } from './datagram';
import { UdpError } from './errors';
import { traceHeader, tracePayload } from './trace-datagram';

/** How a datagram is checked while it is decoded. */
export type DecodeDatagramOptions = {
  /** Of the IP packet around it; without them the checksum cannot be verified. */
  addresses?: IpAddresses | undefined;
  /** `throw` (the default) does what a host does: discard. `report` leaves it to the caller to look. */
  onWrongChecksum?: 'throw' | 'report';
  /** Over IPv6 a datagram without a checksum is discarded, but for tunnels that agreed on it (RFC 6935 §5). */
  allowZeroChecksum?: boolean;
};

/**
 * Octets of an IP payload to a datagram. `undefined`: fewer octets than the header. The diagram stands at
 * `encodeDatagram`. What lies behind the datagram's own length is counted in `surplusOctets` and otherwise left alone.
 * Spans are traced as they are read: where it throws, those before the fault are there.
 * @throws UdpError UDP_LENGTH_TOO_SMALL, UDP_LENGTH_PAST_END, UDP_CHECKSUM_WRONG, UDP_CHECKSUM_MISSING
 */
export function decodeDatagram(
  bytes: Uint8Array,
  { addresses, onWrongChecksum = 'throw', allowZeroChecksum = false }: DecodeDatagramOptions = {},
  trace?: TraceSink,
): DecodedDatagram | undefined {
  if (bytes.length < UDP_HEADER_OCTETS) return undefined;
  const reader = new ByteReader(bytes);
  const sourcePort = reader.uint16();
  const destinationPort = reader.uint16();
  const length = reader.uint16();
  const checksum = reader.uint16();
  const isWhole = length >= UDP_HEADER_OCTETS && length <= bytes.length;
  const datagram: DecodedDatagram = {
    sourcePort,
    destinationPort,
    length,
    checksum,
    checksumIsRight:
      addresses && checksum !== 0 && isWhole
        ? transportChecksum(addresses, IP_PROTOCOLS.udp, bytes.subarray(0, length)) === 0
        : undefined,
    payload: bytes.subarray(UDP_HEADER_OCTETS, isWhole ? length : UDP_HEADER_OCTETS),
    surplusOctets: isWhole ? bytes.length - length : 0,
  };
  // Traced before it is judged: of a malformed datagram the header's spans are there to be looked at.
  if (trace) traceHeader(trace, datagram);
  checkLength(length, bytes.length);
  if (checksum === 0 && !allowZeroChecksum && addresses && isIpv6(addresses)) {
    throw new UdpError('UDP_CHECKSUM_MISSING', 6, '0x0000', 'a checksum: over IPv6 it is not optional');
  }
  if (datagram.checksumIsRight === false && onWrongChecksum === 'throw') {
    const seen = `0x${checksum.toString(16).padStart(4, '0')}`;
    throw new UdpError('UDP_CHECKSUM_WRONG', 6, seen, 'the sum of pseudo-header, header and data');
  }
  if (trace) tracePayload(trace, datagram);
  return datagram;
}

function checkLength(length: number, octets: number): void {
  const seen = `length ${length}`;
  if (length < UDP_HEADER_OCTETS) {
    throw new UdpError('UDP_LENGTH_TOO_SMALL', 4, seen, `at least the header's ${UDP_HEADER_OCTETS}`);
  }
  if (length > octets)
    throw new UdpError('UDP_LENGTH_PAST_END', 4, seen, `at most the ${octets} octets here`);
}

function isIpv6(addresses: IpAddresses): boolean {
  return parseIpAddresses(addresses).source.length === 16;
}
