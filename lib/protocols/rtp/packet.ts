/** One element of a header extension (RFC 8285 §4.1). What `id` means was said in SDP by `a=extmap`. */
export type ExtensionElement = { id: number; data: Uint8Array };

/**
 * The header extension (RFC 3550 §5.3.1). With a profile of 0xBEDE it holds elements with headers of one octet (RFC 8285
 * §4.2), with 0x1000 to 0x100F elements with headers of two, and four bits for the application (§4.3).
 */
export type HeaderExtension =
  | { form: 'one-byte'; elements: ExtensionElement[] }
  | { form: 'two-byte'; appBits: number; elements: ExtensionElement[] }
  | { form: 'other'; profile: number; data: Uint8Array };

/** What stands in front of the payload (RFC 3550 §5.1). */
export type RtpHeader = {
  /** What it marks is for the profile to say: the last packet of a video frame, the first after silence (RFC 3551 §4.1). */
  marker: boolean;
  /** 0 to 127. */
  payloadType: number;
  /** 16 bits; one more in each packet. */
  sequenceNumber: number;
  /** 32 bits, in ticks of the payload's clock. */
  timestamp: number;
  /** Synchronisation source: who sends, 32 bits. */
  ssrc: number;
  /** Contributing sources, which a mixer has put together; at most 15. */
  csrcs: number[];
  extension?: HeaderExtension;
};

/** An RTP packet (RFC 3550 §5.1). */
export type RtpPacket = RtpHeader & {
  payload: Uint8Array;
  /** Octets behind the payload, with the one that says how many; 0: the P bit is clear. */
  paddingOctets: number;
};

/** Octets of the fixed header, which every packet has (RFC 3550 §5.1). */
export const FIXED_HEADER_OCTETS = 12;

/** Octets of a packet or of a row of RTCP packets that are read at most: what UDP can carry. */
export const MAX_PACKET_OCTETS = 65_535;

/** Profile of a header extension with elements of one octet of header (RFC 8285 §4.2). */
export const ONE_BYTE_PROFILE = 0xbede;

/** The first of the sixteen profiles of one with two (RFC 8285 §4.3). */
export const TWO_BYTE_PROFILE = 0x1000;
