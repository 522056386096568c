import { ByteWriter } from '@/lib/bytes';
import type { IpAddresses } from './address';
import { parseIpAddresses } from './address';
import { internetChecksum } from './checksum';

/**
 * What TCP and UDP put before themselves when they compute their checksum, so that a packet that reaches the
 * wrong host is noticed. It is never sent.
 *
 * IPv4 (RFC 9293 §3.1, RFC 768):
 *
 *     +--------+--------+--------+--------+
 *     |           Source Address          |
 *     +--------+--------+--------+--------+
 *     |         Destination Address       |
 *     +--------+--------+--------+--------+
 *     |  zero  |  PTCL  |     Length      |
 *     +--------+--------+--------+--------+
 *
 * IPv6 (RFC 8200 §8.1): the two 16-octet addresses, a 32-bit length, three zero octets, the next header.
 *
 * `protocol` is 6 for TCP and 17 for UDP; `length` counts the octets of header and data.
 */
export function pseudoHeader(addresses: IpAddresses, protocol: number, length: number): Uint8Array {
  const { source, destination } = parseIpAddresses(addresses);
  const writer = new ByteWriter(40).write(source).write(destination);
  if (source.length === 4) return writer.uint8(0).uint8(protocol).uint16(length).finish();
  return writer.uint32(length).uint24(0).uint8(protocol).finish();
}

/**
 * The checksum of a TCP segment or UDP datagram with its pseudo-header. With the checksum field zero: the
 * value to put there (UDP sends 0xffff for 0, RFC 768). With the field filled: 0 when it is right.
 */
export function transportChecksum(addresses: IpAddresses, protocol: number, octets: Uint8Array): number {
  return internetChecksum(pseudoHeader(addresses, protocol, octets.length), octets);
}
