/** A UDP datagram (RFC 768). Its length and checksum follow from the rest when it is encoded. */
export type UdpDatagram = {
  /** 0: no reply is expected (RFC 768 "Fields"). */
  sourcePort: number;
  destinationPort: number;
  payload: Uint8Array;
};

/** A datagram as it was received. */
export type DecodedDatagram = UdpDatagram & {
  /** The length field: header and payload, in octets. */
  length: number;
  /** As on the wire; 0 means that the sender computed none. */
  checksum: number;
  /** `undefined`: none was sent, or the addresses were not given, so it could not be verified. */
  checksumIsRight: boolean | undefined;
  /** Octets of the packet after the datagram's own length: nobody's, unless UDP options (RFC 9868) are used. */
  surplusOctets: number;
};

/** Source port, destination port, length, checksum: two octets each. */
export const UDP_HEADER_OCTETS = 8;

/** What the 16-bit length field leaves for a payload: 65,535 less the header. IPv4 takes another 20. */
export const MAX_UDP_PAYLOAD = 0xffff - UDP_HEADER_OCTETS;
