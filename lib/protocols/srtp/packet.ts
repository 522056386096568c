/** What a receiver knows beforehand about the octets behind a packet. */
export type TrailerShape = {
  /** In AEAD the tag ends what was encrypted; otherwise it ends the packet. */
  isAead: boolean;
  tagOctets: number;
  /** Octets of the master key identifier; 0: none, as in WebRTC. */
  mkiOctets: number;
};

/** The parts of a protected RTP packet (RFC 3711 §3.1, RFC 7714 §8). */
export type SrtpPacket = {
  /** Header, CSRCs and extension, which are not encrypted. */
  clear: Uint8Array;
  ssrc: number;
  sequenceNumber: number;
  /** The payload with its padding. */
  encrypted: Uint8Array;
  tag: Uint8Array;
  mki: Uint8Array;
};

/** The parts of a protected datagram of RTCP (RFC 3711 §3.4, RFC 7714 §9). */
export type SrtcpPacket = {
  /** The first packet's header and SSRC, which are not encrypted. */
  clear: Uint8Array;
  ssrc: number;
  /** All the rest; plain text if E is not set. */
  encrypted: Uint8Array;
  /** The E flag. */
  isEncrypted: boolean;
  /** Counts the datagrams, 31 bits. */
  index: number;
  tag: Uint8Array;
  mki: Uint8Array;
};

/** Octets of a protected packet at most: what UDP can carry. */
export const MAX_PACKET_OCTETS = 65_535;

/** Octets of RTCP that are not encrypted, and of the word with E and the index. */
export const SRTCP_CLEAR_OCTETS = 8;
export const SRTCP_WORD_OCTETS = 4;
