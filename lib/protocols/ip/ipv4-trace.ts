import type { TraceSink } from '@/lib/bytes';
import { FieldTrace, toHex } from '@/lib/bytes';
import type { DecodedIpv4 } from './ipv4';
import { protocolName } from './protocol-numbers';

const ECN = ['not ECN-capable', 'ECN-capable (1)', 'ECN-capable (0)', 'congestion experienced'];

/** The spans of an IPv4 packet; `reserved` is the one bit that a packet does not keep. */
export function traceIpv4(sink: TraceSink, decoded: DecodedIpv4, reserved: number): void {
  const { packet, checksum, headerLength, totalLength } = decoded;
  new FieldTrace(sink, 'RFC 791 §3.1')
    .field(4, 'Version', 4)
    .field(4, 'Internet Header Length', `${headerLength / 4} words = ${headerLength} octets`)
    .field(6, 'Differentiated Services', packet.dscp, undefined, 'RFC 2474 §3')
    .field(2, 'ECN', ECN[packet.ecn] ?? '', undefined, 'RFC 3168 §5')
    .field(16, 'Total Length', `${totalLength} octets`)
    .field(16, 'Identification', packet.identification)
    .field(1, 'Reserved', reserved)
    .field(1, "Don't Fragment", packet.dontFragment ? 'set' : 'not set')
    .field(1, 'More Fragments', packet.moreFragments ? 'set: more follow' : 'not set: the last')
    .field(13, 'Fragment Offset', `${packet.fragmentOffset} octets`)
    .field(8, 'Time to Live', `${packet.ttl} hops`)
    .field(8, 'Protocol', protocolName(packet.protocol))
    .field(16, 'Header Checksum', `0x${checksum.toString(16).padStart(4, '0')}`, undefined, 'RFC 1071 §1')
    .field(32, 'Source Address', packet.source)
    .field(32, 'Destination Address', packet.destination)
    .field(packet.options.length * 8, 'Options', toHex(packet.options, ' '))
    .field(packet.payload.length * 8, 'Payload', `${packet.payload.length} octets`);
}
