import { IpError } from './errors';
import { parseIpv4Address, writeIpv4Address } from './ipv4-address';
import { parseIpv6Address, writeIpv6Address } from './ipv6-address';

/** The two ends of a packet as text, both of one family: "192.0.2.1" or "2001:db8::1". */
export type IpAddresses = { source: string; destination: string };

/** Either family's text to 4 or 16 octets. @throws IpError IP_ADDRESS_MALFORMED */
export function parseIpAddress(text: string): Uint8Array {
  return text.includes(':') ? parseIpv6Address(text) : parseIpv4Address(text);
}

/** 4 or 16 octets to text. */
export function writeIpAddress(octets: Uint8Array): string {
  return octets.length === 4 ? writeIpv4Address(octets) : writeIpv6Address(octets);
}

/** Both addresses as octets. @throws IpError IP_ADDRESS_FAMILY_MIXED when one is IPv4 and the other IPv6 */
export function parseIpAddresses(addresses: IpAddresses): { source: Uint8Array; destination: Uint8Array } {
  const source = parseIpAddress(addresses.source);
  const destination = parseIpAddress(addresses.destination);
  if (source.length !== destination.length) {
    throw new IpError(
      'IP_ADDRESS_FAMILY_MIXED',
      0,
      addresses.destination,
      `the family of ${addresses.source}`,
    );
  }
  return { source, destination };
}
