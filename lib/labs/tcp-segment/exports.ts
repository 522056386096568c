import { toHex, writePcapng } from '@/lib/bytes';
import {
  createIpv4Packet,
  createIpv6Packet,
  encodeIpv4,
  encodeIpv6,
  IP_PROTOCOLS,
  type IpAddresses,
} from '@/lib/protocols/ip';
import type { LabExport } from '../define-lab';
import type { SegmentResult } from './run';

/** The octets as text, as they are, and in an IP packet in a capture file; the last only with addresses. */
export function exportsOf({ octets, addresses }: SegmentResult): LabExport[] {
  const files: LabExport[] = [
    { filename: 'segment.hex', mediaType: 'text/plain', content: `${toHex(octets, ' ')}\n` },
    { filename: 'segment.bin', mediaType: 'application/octet-stream', content: octets },
  ];
  if (!addresses) return files;
  const packet = { timeMs: 0, octets: packetOf(octets, addresses) };
  const content = writePcapng([packet]);
  return [...files, { filename: 'segment.pcapng', mediaType: 'application/x-pcapng', content }];
}

function packetOf(payload: Uint8Array, addresses: IpAddresses): Uint8Array {
  const fields = { ...addresses, protocol: IP_PROTOCOLS.tcp, payload };
  return addresses.source.includes(':')
    ? encodeIpv6(createIpv6Packet(fields))
    : encodeIpv4(createIpv4Packet(fields));
}
