import { ByteReader, ByteWriter, toHex } from '@/lib/bytes';
import type { TraceSink } from '@/lib/bytes';
import { internetChecksum } from './checksum';
import { IpError } from './errors';
import { fits } from './field-range';
import { parseIpv4Address, writeIpv4Address } from './ipv4-address';
import { traceIpv4 } from './ipv4-trace';

/** An IPv4 packet (RFC 791 §3.1). `checksum` and the lengths are computed on encoding. */
export type Ipv4Packet = {
  /** Differentiated services code point, 6 bits (RFC 2474). */
  dscp: number;
  /** Explicit congestion notification, 2 bits: 0 not capable, 1 and 2 capable, 3 marked (RFC 3168 §5). */
  ecn: number;
  identification: number;
  dontFragment: boolean;
  moreFragments: boolean;
  /** In octets, a multiple of 8; on the wire it counts units of eight. */
  fragmentOffset: number;
  ttl: number;
  protocol: number;
  source: string;
  destination: string;
  /** As on the wire, padded to a multiple of four octets; at most 40. */
  options: Uint8Array;
  payload: Uint8Array;
};

/** A header with what follows it and where. */
export type DecodedIpv4 = {
  packet: Ipv4Packet;
  checksum: number;
  headerLength: number;
  /** Header and payload; octets after it (link padding) do not belong to the packet. */
  totalLength: number;
};

/** A packet's fields with everything but these at what a plain sender uses (TTL 64, DF set, no options). */
export function createIpv4Packet(
  fields: Pick<Ipv4Packet, 'source' | 'destination' | 'protocol' | 'payload'> & Partial<Ipv4Packet>,
): Ipv4Packet {
  return {
    dscp: 0,
    ecn: 0,
    identification: 0,
    dontFragment: true,
    moreFragments: false,
    fragmentOffset: 0,
    ttl: 64,
    options: new Uint8Array(0),
    ...fields,
  };
}

const MIN_HEADER = 20;
const MAX_TOTAL = 0xffff;

/**
 * Packet to octets (RFC 791 §3.1):
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |Version|  IHL  |Type of Service|          Total Length         |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |         Identification        |Flags|      Fragment Offset    |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |  Time to Live |    Protocol   |         Header Checksum       |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                       Source Address                          |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                    Destination Address                        |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                    Options                    |    Padding    |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *
 * @throws IpError IP_FIELD_OUT_OF_RANGE, IP_HEADER_LENGTH_WRONG, IP_TOTAL_LENGTH_WRONG, IP_ADDRESS_MALFORMED
 */
export function encodeIpv4(packet: Ipv4Packet, trace?: TraceSink): Uint8Array {
  const headerLength = MIN_HEADER + packet.options.length;
  if (packet.options.length % 4 !== 0 || headerLength > 60) {
    throw new IpError(
      'IP_HEADER_LENGTH_WRONG',
      MIN_HEADER,
      `${packet.options.length} octets of options`,
      'a multiple of 4, at most 40',
    );
  }
  const totalLength = headerLength + packet.payload.length;
  if (totalLength > MAX_TOTAL) {
    throw new IpError('IP_TOTAL_LENGTH_WRONG', 2, String(totalLength), `at most ${MAX_TOTAL}`);
  }
  const fieldsFit =
    fits(packet.dscp, 6) &&
    fits(packet.ecn, 2) &&
    fits(packet.identification, 16) &&
    fits(packet.fragmentOffset / 8, 13) &&
    fits(packet.ttl, 8) &&
    fits(packet.protocol, 8);
  if (!fieldsFit) throw new IpError('IP_FIELD_OUT_OF_RANGE', 0, 'a field too large', 'values that fit');

  const header = new ByteWriter(headerLength)
    .bits(4, 4)
    .bits(headerLength / 4, 4)
    .bits(packet.dscp, 6)
    .bits(packet.ecn, 2)
    .uint16(totalLength)
    .uint16(packet.identification)
    .bits(0, 1)
    .bits(packet.dontFragment ? 1 : 0, 1)
    .bits(packet.moreFragments ? 1 : 0, 1)
    .bits(packet.fragmentOffset / 8, 13)
    .uint8(packet.ttl)
    .uint8(packet.protocol)
    .uint16(0)
    .write(parseIpv4Address(packet.source))
    .write(parseIpv4Address(packet.destination))
    .write(packet.options)
    .finish();
  const checksum = internetChecksum(header);
  header[10] = checksum >>> 8;
  header[11] = checksum & 0xff;
  if (trace) traceIpv4(trace, { packet, checksum, headerLength, totalLength }, 0);
  return new ByteWriter(totalLength).write(header).write(packet.payload).finish();
}

/**
 * Octets to a packet. `undefined`: there are fewer octets than the header or the total length asks for.
 * @throws IpError IP_VERSION_WRONG, IP_HEADER_LENGTH_WRONG, IP_TOTAL_LENGTH_WRONG, IP_CHECKSUM_WRONG
 */
export function decodeIpv4(bytes: Uint8Array, trace?: TraceSink): DecodedIpv4 | undefined {
  const reader = new ByteReader(bytes);
  if (!reader.has(1)) return undefined;
  const version = reader.bits(4);
  if (version !== 4) throw new IpError('IP_VERSION_WRONG', 0, `version ${version}`, 'version 4');
  const headerLength = reader.bits(4) * 4;
  if (headerLength < MIN_HEADER) {
    throw new IpError('IP_HEADER_LENGTH_WRONG', 0, `${headerLength} octets`, `at least ${MIN_HEADER}`);
  }
  if (bytes.length < headerLength) return undefined;

  const dscp = reader.bits(6);
  const ecn = reader.bits(2);
  const totalLength = reader.uint16();
  if (totalLength < headerLength) {
    throw new IpError(
      'IP_TOTAL_LENGTH_WRONG',
      2,
      `${totalLength} octets`,
      `at least the header's ${headerLength}`,
    );
  }
  if (bytes.length < totalLength) return undefined;
  const identification = reader.uint16();
  const reserved = reader.bits(1);
  const dontFragment = reader.bits(1) === 1;
  const moreFragments = reader.bits(1) === 1;
  const fragmentOffset = reader.bits(13) * 8;
  const ttl = reader.uint8();
  const protocol = reader.uint8();
  const checksum = reader.uint16();
  if (internetChecksum(bytes.subarray(0, headerLength)) !== 0) {
    throw new IpError('IP_CHECKSUM_WRONG', 10, `0x${toHex(bytes.subarray(10, 12))}`, 'the sum of the header');
  }
  const source = writeIpv4Address(reader.take(4));
  const destination = writeIpv4Address(reader.take(4));
  const options = reader.take(headerLength - MIN_HEADER);
  const payload = reader.take(totalLength - headerLength);

  const packet: Ipv4Packet = {
    dscp,
    ecn,
    identification,
    dontFragment,
    moreFragments,
    fragmentOffset,
    ttl,
    protocol,
    source,
    destination,
    options,
    payload,
  };
  const decoded = { packet, checksum, headerLength, totalLength };
  if (trace) traceIpv4(trace, decoded, reserved);
  return decoded;
}
