/** The User Datagram Protocol (RFC 768), over IPv4 and IPv6 (RFC 8200 §8.1). */
export { MAX_UDP_PAYLOAD, UDP_HEADER_OCTETS } from './datagram';
export type { DecodedDatagram, UdpDatagram } from './datagram';
export { decodeDatagram } from './decode-datagram';
export type { DecodeDatagramOptions } from './decode-datagram';
export { encodeDatagram } from './encode-datagram';
export { UdpError } from './errors';
export type { UdpErrorCode } from './errors';
export { DYNAMIC_PORTS, portName, UDP_PORTS } from './ports';
export { isSameTransportAddress, writeTransportAddress } from './transport-address';
export type { TransportAddress } from './transport-address';
