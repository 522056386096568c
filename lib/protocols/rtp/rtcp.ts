/** How one source was received (RFC 3550 §6.4.1). */
export type ReportBlock = {
  /** The source that this is about. */
  ssrc: number;
  /** Lost since the last report, in 256ths. */
  fractionLost: number;
  /** Lost since the beginning, 24 bits with a sign. */
  cumulativeLost: number;
  /** How often the sequence number began again (16 bits), and the highest one (16 bits). */
  extendedHighestSequence: number;
  /** Interarrival jitter in ticks. */
  jitter: number;
  /** Middle 32 bits of the NTP timestamp of the source's last report; 0: there was none. */
  lastSr: number;
  /** Time since that came, in 1/65536 s. */
  delaySinceLastSr: number;
};

/** SR: what a sender has sent, and how it receives (RFC 3550 §6.4.1). */
export type SenderReport = {
  kind: 'sr';
  ssrc: number;
  /** 64 bits: seconds since 1900, fractions of one. */
  ntpTimestamp: bigint;
  /** The same moment on the media clock: what streams are synchronised by. */
  rtpTimestamp: number;
  packetCount: number;
  /** Octets of payload, without headers and padding. */
  octetCount: number;
  reports: ReportBlock[];
  /** Profile-specific extension behind the blocks, whole words. */
  extension: Uint8Array;
};

/** RR: how somebody receives who sends nothing (RFC 3550 §6.4.2). */
export type ReceiverReport = { kind: 'rr'; ssrc: number; reports: ReportBlock[]; extension: Uint8Array };

/**
 * An item of a source description (RFC 3550 §6.5). Those that are text by their definition are read as text, PRIV with its
 * prefix (§6.5.8), all others as octets.
 */
export type SdesItem =
  | { type: number; text: string }
  | { type: 8; prefix: string; text: string }
  | { type: number; value: Uint8Array };

/** SDES: who the sources are (RFC 3550 §6.5). */
export type SourceDescription = { kind: 'sdes'; chunks: { ssrc: number; items: SdesItem[] }[] };

/** BYE: sources that leave (RFC 3550 §6.6). */
export type Goodbye = { kind: 'bye'; sources: number[]; reason?: string };

/** APP: experiments (RFC 3550 §6.7). `name` is four ASCII characters, `data` whole words. */
export type ApplicationPacket = {
  kind: 'app';
  subtype: number;
  ssrc: number;
  name: string;
  data: Uint8Array;
};

/** Both SSRCs that every feedback message begins with (RFC 4585 §6.1). */
type FeedbackEnds = { senderSsrc: number; mediaSsrc: number };

/** A lost packet, and a bit mask of those of the 16 behind it that are lost too (RFC 4585 §6.2.1). */
export type NackEntry = { pid: number; blp: number };

/** Generic NACK: packets to be sent again (RFC 4585 §6.2.1). */
export type GenericNack = FeedbackEnds & { kind: 'nack'; entries: NackEntry[] };

/** PLI: a picture was lost, send one that stands alone (RFC 4585 §6.3.1). */
export type PictureLossIndication = FeedbackEnds & { kind: 'pli' };

/** FIR: send a picture that stands alone, for somebody new (RFC 5104 §4.3.1). `mediaSsrc` is 0; each entry names a source. */
export type FullIntraRequest = FeedbackEnds & { kind: 'fir'; entries: { ssrc: number; sequence: number }[] };

/** Any other feedback, its control information (FCI) as octets (RFC 4585 §6.1). */
export type OtherFeedback = FeedbackEnds & {
  kind: 'rtpfb' | 'psfb';
  format: number;
  fci: Uint8Array;
};

/** A packet of another type, as octets. `count` is the five bits behind the P bit. */
export type UnknownRtcpPacket = { kind: 'unknown'; type: number; count: number; body: Uint8Array };

/** Any RTCP packet; `kind` says which (RFC 3550 §6.1). */
export type RtcpPacket =
  | SenderReport
  | ReceiverReport
  | SourceDescription
  | Goodbye
  | ApplicationPacket
  | GenericNack
  | PictureLossIndication
  | FullIntraRequest
  | OtherFeedback
  | UnknownRtcpPacket;

/** A datagram of RTCP: packets one after another, and padding in the last one (RFC 3550 §6.1, §6.4.1). */
export type RtcpDatagram = {
  packets: RtcpPacket[];
  /** Octets behind the last packet, a multiple of four; 0: no P bit. */
  paddingOctets: number;
};

/** Octets of what every RTCP packet begins with (RFC 3550 §6.4.1). */
export const RTCP_HEADER_OCTETS = 4;
