import { toHex } from '@/lib/bytes';
import { decodeIpv4, decodeIpv6, IP_PROTOCOLS, IpError, type IpAddresses } from '@/lib/protocols/ip';
import { encodeSegment, TcpError, type TcpSegment } from '@/lib/protocols/tcp';
import { MAX_OCTETS } from './lab';
import { problemOf, type SegmentProblem } from './problem';
import type { SegmentResult } from './run';

export type Composed = { octets: string } | { problem: SegmentProblem };

/** The segment with some fields changed, as a sender writes it: data offset and checksum follow from the rest. */
export function composeSegment(
  { segment, addresses }: { segment: TcpSegment; addresses: IpAddresses | undefined },
  change: Partial<TcpSegment>,
): Composed {
  try {
    const octets = encodeSegment({ ...segment, ...change }, addresses);
    if (octets.length > MAX_OCTETS) return { problem: problemOf('SEGMENT_TOO_LONG', octets) };
    return { octets: toHex(octets) };
  } catch (error) {
    if (!(error instanceof TcpError)) throw error;
    return { problem: problemOf(error) };
  }
}

/** The same octets with one bit turned over, and nothing else: the checksum may no longer hold. */
export function withBit(octets: Uint8Array, bit: number, value: 0 | 1): string {
  const changed = octets.slice();
  const mask = 0x80 >> (bit & 7);
  const octet = changed[bit >> 3] ?? 0;
  changed[bit >> 3] = value === 1 ? octet | mask : octet & ~mask;
  return toHex(changed);
}

export function withOctet(octets: Uint8Array, at: number, value: number): string {
  const changed = octets.slice();
  changed[at] = value;
  return toHex(changed);
}

/** The same octets with the checksum that belongs there. */
export function repairChecksum({ octets, checksum }: Pick<SegmentResult, 'octets' | 'checksum'>): string {
  const right = checksum?.computed ?? 0;
  return withOctet(
    Uint8Array.from(octets, (octet, at) => (at === 16 ? right >> 8 : octet)),
    17,
    right & 0xff,
  );
}

/** What was pasted: a segment, or a whole IP packet around one, whose header is taken off and its addresses kept. */
export function unwrapPacket(octets: Uint8Array): { segment: Uint8Array; addresses?: IpAddresses } {
  try {
    const version = (octets[0] ?? 0) >> 4;
    const ip = version === 4 ? decodeIpv4(octets) : version === 6 ? decodeIpv6(octets) : undefined;
    if (ip && ip.packet.protocol === IP_PROTOCOLS.tcp && ip.totalLength === octets.length) {
      const { source, destination, payload } = ip.packet;
      return { segment: payload, addresses: { source, destination } };
    }
  } catch (error) {
    // A segment may begin like an IP header; then it is one.
    if (!(error instanceof IpError)) throw error;
  }
  return { segment: octets };
}
