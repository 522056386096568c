/** The Internet Protocol: IPv4 (RFC 791), IPv6 (RFC 8200), addresses and checksums. */
export { parseIpAddress, parseIpAddresses, writeIpAddress } from './address';
export type { IpAddresses } from './address';
export { internetChecksum, internetChecksumSteps } from './checksum';
export type { ChecksumStep } from './checksum';
export { IpError } from './errors';
export type { IpErrorCode } from './errors';
export { createIpv4Packet, decodeIpv4, encodeIpv4 } from './ipv4';
export type { DecodedIpv4, Ipv4Packet } from './ipv4';
export { parseIpv4Address, writeIpv4Address } from './ipv4-address';
export { createIpv6Packet, decodeIpv6, encodeIpv6 } from './ipv6';
export type { DecodedIpv6, Ipv6Packet } from './ipv6';
export { parseIpv6Address, writeIpv6Address } from './ipv6-address';
export type { ExtensionHeader, FragmentHeader, OpaqueExtensionHeader } from './ipv6-extensions';
export { IP_PROTOCOLS, protocolName } from './protocol-numbers';
export { pseudoHeader, transportChecksum } from './pseudo-header';
