import type { TraceSink } from '@/lib/bytes';
import { ByteReader, ByteWriter, FieldTrace, offsetSink } from '@/lib/bytes';
import { IpError } from './errors';
import { parseIpv6Address, writeIpv6Address } from './ipv6-address';
import { fits } from './field-range';
import type { ExtensionHeader } from './ipv6-extensions';
import { decodeExtensions, encodeExtensions } from './ipv6-extensions';
import { protocolName } from './protocol-numbers';

/** An IPv6 packet (RFC 8200 §3). There is no checksum: the layers above have theirs, with a pseudo-header. */
export type Ipv6Packet = {
  trafficClass: number;
  flowLabel: number;
  hopLimit: number;
  source: string;
  destination: string;
  /** In the order of the wire; each names the next (RFC 8200 §4). */
  extensions: readonly ExtensionHeader[];
  /** What the payload is: 6 TCP, 17 UDP. */
  protocol: number;
  payload: Uint8Array;
};

/** A header with its extension headers and what follows them. */
export type DecodedIpv6 = {
  packet: Ipv6Packet;
  /** The 40 fixed octets and the extension headers. */
  headerLength: number;
  totalLength: number;
};

/** A packet's fields with the rest at what a plain sender uses. */
export function createIpv6Packet(
  fields: Pick<Ipv6Packet, 'source' | 'destination' | 'protocol' | 'payload'> & Partial<Ipv6Packet>,
): Ipv6Packet {
  return { trafficClass: 0, flowLabel: 0, hopLimit: 64, extensions: [], ...fields };
}

const FIXED_HEADER = 40;

/**
 * Packet to octets (RFC 8200 §3):
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |Version| Traffic Class |           Flow Label                  |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |         Payload Length        |  Next Header  |   Hop Limit   |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                                                               |
 *     +                         Source Address                        +
 *     |                          (128 bits)                           |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                                                               |
 *     +                      Destination Address                      +
 *     |                          (128 bits)                           |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *
 * @throws IpError IP_TOTAL_LENGTH_WRONG, IP_ADDRESS_MALFORMED, IP_FIELD_OUT_OF_RANGE
 */
export function encodeIpv6(packet: Ipv6Packet, trace?: TraceSink): Uint8Array {
  const { firstHeader, octets: extensions } = encodeExtensions(packet.extensions, packet.protocol);
  const payloadLength = extensions.length + packet.payload.length;
  if (payloadLength > 0xffff) {
    throw new IpError('IP_TOTAL_LENGTH_WRONG', 4, `${payloadLength} octets`, 'at most 65535 (no jumbograms)');
  }
  const { trafficClass, flowLabel, hopLimit, protocol } = packet;
  if (!(fits(trafficClass, 8) && fits(flowLabel, 20) && fits(hopLimit, 8) && fits(protocol, 8))) {
    throw new IpError('IP_FIELD_OUT_OF_RANGE', 0, 'a field too large', 'values that fit');
  }
  const octets = new ByteWriter(FIXED_HEADER + payloadLength)
    .bits(6, 4)
    .bits(packet.trafficClass, 8)
    .bits(packet.flowLabel, 20)
    .uint16(payloadLength)
    .uint8(firstHeader)
    .uint8(packet.hopLimit)
    .write(parseIpv6Address(packet.source))
    .write(parseIpv6Address(packet.destination))
    .write(extensions)
    .write(packet.payload)
    .finish();
  if (trace) decodeIpv6(octets, trace);
  return octets;
}

/**
 * Octets to a packet. `undefined`: there are fewer octets than the header or the payload length asks for.
 * @throws IpError IP_VERSION_WRONG, IP_HEADER_LENGTH_WRONG, IP_EXTENSION_CHAIN_TOO_LONG, IP_EXTENSION_MISPLACED
 */
export function decodeIpv6(bytes: Uint8Array, trace?: TraceSink): DecodedIpv6 | undefined {
  const reader = new ByteReader(bytes);
  if (!reader.has(1)) return undefined;
  const version = reader.bits(4);
  if (version !== 6) throw new IpError('IP_VERSION_WRONG', 0, `version ${version}`, 'version 6');
  if (bytes.length < FIXED_HEADER) return undefined;
  const trafficClass = reader.bits(8);
  const flowLabel = reader.bits(20);
  const payloadLength = reader.uint16();
  const firstHeader = reader.uint8();
  const hopLimit = reader.uint8();
  const source = writeIpv6Address(reader.take(16));
  const destination = writeIpv6Address(reader.take(16));
  const totalLength = FIXED_HEADER + payloadLength;
  if (bytes.length < totalLength) return undefined;

  if (trace) {
    new FieldTrace(trace, 'RFC 8200 §3')
      .field(4, 'Version', 6)
      .field(8, 'Traffic Class', trafficClass, undefined, 'RFC 8200 §7')
      .field(20, 'Flow Label', flowLabel, undefined, 'RFC 8200 §6')
      .field(16, 'Payload Length', `${payloadLength} octets`)
      .field(8, 'Next Header', protocolName(firstHeader))
      .field(8, 'Hop Limit', `${hopLimit} hops`)
      .field(128, 'Source Address', source)
      .field(128, 'Destination Address', destination);
  }
  const body = bytes.subarray(FIXED_HEADER, totalLength);
  const chain = decodeExtensions(body, firstHeader, offsetSink(trace, FIXED_HEADER));
  const headerLength = FIXED_HEADER + chain.length;
  const payload = body.subarray(chain.length);
  if (trace) {
    const payloadTrace = new FieldTrace(trace, 'RFC 8200 §3', headerLength);
    payloadTrace.field(payload.length * 8, 'Payload', `${payload.length} octets`);
  }
  return {
    packet: {
      trafficClass,
      flowLabel,
      hopLimit,
      source,
      destination,
      extensions: chain.extensions,
      protocol: chain.protocol,
      payload,
    },
    headerLength,
    totalLength,
  };
}
