import { decodeIpv4, encodeIpv4, IP_PROTOCOLS, IpError } from '@/lib/protocols/ip';
import { decodeDatagram, encodeDatagram, UdpError } from '@/lib/protocols/udp';
import { NatError } from './errors';
import type { NatPacket } from './nat';

/** The two ends of an IPv4 packet that carries a whole UDP datagram. @throws NatError NAT_PACKET_NOT_UDP */
export function natPacketOf(octets: Uint8Array): NatPacket {
  const { packet, datagram } = open(octets);
  return {
    source: { address: packet.source, port: datagram.sourcePort },
    destination: { address: packet.destination, port: datagram.destinationPort },
  };
}

/**
 * The same packet with other ends, as a NAT sends it on: addresses, ports and both checksums change, and it has made one
 * hop more. A datagram without a checksum stays without (RFC 3022 §4.1).
 * @throws NatError NAT_PACKET_NOT_UDP, also when its time to live is over
 */
export function rewritePacket(octets: Uint8Array, { source, destination }: NatPacket): Uint8Array {
  const { packet, datagram } = open(octets);
  if (packet.ttl <= 1)
    throw new NatError('NAT_PACKET_NOT_UDP', `time to live ${packet.ttl}`, 'another hop', 8);
  const addresses = { source: source.address, destination: destination.address };
  const ports = { sourcePort: source.port, destinationPort: destination.port };
  const rewritten = { ...ports, payload: datagram.payload };
  const payload = encodeDatagram(rewritten, datagram.checksum === 0 ? undefined : addresses);
  return encodeIpv4({ ...packet, ...addresses, ttl: packet.ttl - 1, payload });
}

function open(octets: Uint8Array) {
  try {
    const packet = decodeIpv4(octets)?.packet;
    const isWhole =
      packet?.protocol === IP_PROTOCOLS.udp && packet.fragmentOffset === 0 && !packet.moreFragments;
    const datagram = isWhole ? decodeDatagram(packet.payload, { addresses: packet }) : undefined;
    if (packet && datagram) return { packet, datagram };
  } catch (error) {
    if (!(error instanceof IpError || error instanceof UdpError)) throw error;
    throw new NatError('NAT_PACKET_NOT_UDP', error.message, 'a whole UDP datagram over IPv4', error.offset);
  }
  throw new NatError('NAT_PACKET_NOT_UDP', 'something else', 'a whole UDP datagram over IPv4');
}
