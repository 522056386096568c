import type { TraceSink } from '@/lib/bytes';
import { ByteWriter } from '@/lib/bytes';
import type { IpAddresses } from '@/lib/protocols/ip';
import { IP_PROTOCOLS, transportChecksum } from '@/lib/protocols/ip';
import type { UdpDatagram } from './datagram';
import { MAX_UDP_PAYLOAD, UDP_HEADER_OCTETS } from './datagram';
import { decodeDatagram } from './decode-datagram';
import { UdpError } from './errors';

/**
 * Datagram to octets (RFC 768):
 *
 *      0      7 8     15 16    23 24    31
 *     +--------+--------+--------+--------+
 *     |      Source     |   Destination   |
 *     |       Port      |      Port       |
 *     +--------+--------+--------+--------+
 *     |                 |                 |
 *     |      Length     |    Checksum     |
 *     +--------+--------+--------+--------+
 *     |          data octets ...
 *     +---------------- ...
 *
 * The checksum covers the pseudo-header too, so it needs the addresses; without them it stays zero, which says "none"
 * and is allowed over IPv4 only. A sum that comes out as zero is sent as 0xffff.
 * @throws UdpError UDP_FIELD_OUT_OF_RANGE, UDP_PAYLOAD_TOO_LONG
 */
export function encodeDatagram(
  datagram: UdpDatagram,
  addresses?: IpAddresses,
  trace?: TraceSink,
): Uint8Array {
  const { sourcePort, destinationPort, payload } = datagram;
  checkPort(sourcePort, 'source', 0);
  checkPort(destinationPort, 'destination', 2);
  if (payload.length > MAX_UDP_PAYLOAD) {
    throw new UdpError('UDP_PAYLOAD_TOO_LONG', 4, `${payload.length} octets`, `at most ${MAX_UDP_PAYLOAD}`);
  }
  const length = UDP_HEADER_OCTETS + payload.length;
  const octets = new ByteWriter(length)
    .uint16(sourcePort)
    .uint16(destinationPort)
    .uint16(length)
    .uint16(0)
    .write(payload)
    .finish();
  if (addresses) {
    const checksum = transportChecksum(addresses, IP_PROTOCOLS.udp, octets) || 0xffff;
    octets[6] = checksum >>> 8;
    octets[7] = checksum & 0xff;
  }
  // What was written means exactly what a reader makes of it, so the reader's spans are the writer's.
  if (trace) decodeDatagram(octets, { addresses }, trace);
  return octets;
}

function checkPort(port: number, which: string, offset: number): void {
  if (Number.isInteger(port) && port >= 0 && port <= 0xffff) return;
  throw new UdpError('UDP_FIELD_OUT_OF_RANGE', offset, `${which} port ${port}`, '0 to 65535');
}
