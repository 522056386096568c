// RTP and RTCP (RFC 3550, 8285, 4585, 5104, 5506, 5761, 7983, 9443). What is real and what is left out: MODEL.md.
export { RtpError, type RtpErrorCode } from './errors';
export {
  nameIn,
  PSFB_FORMATS,
  RTCP_PACKET_TYPES,
  RTPFB_FORMATS,
  SDES_ITEM_TYPES,
  STATIC_PAYLOAD_TYPES,
  type StaticPayloadType,
} from './registry';
export {
  type ExtensionElement,
  FIXED_HEADER_OCTETS,
  type HeaderExtension,
  MAX_PACKET_OCTETS,
  ONE_BYTE_PROFILE,
  type RtpHeader,
  type RtpPacket,
  TWO_BYTE_PROFILE,
} from './packet';
export { rtpHeaderOctets } from './header-octets';
export { decodeRtp, decodeRtpHeader } from './decode-packet';
export { encodeRtp } from './encode-packet';
export {
  addTicks,
  extendSequence,
  nextSequence,
  sequenceDistance,
  ticksOf,
  timestampDistance,
} from './serial';
export {
  MAX_DROPOUT,
  MAX_MISORDER,
  MIN_SEQUENTIAL,
  SequenceValidator,
  type SequenceVerdict,
} from './sequence-validation';
export { JitterEstimate } from './jitter';
export { LossCounter, type LossFigures } from './loss';
export { Reception } from './reception';
export { middleOfMs, middleOfNtp, ntpOfUnixMs, type ReportTimes, roundTripMs, unixMsOfNtp } from './ntp';
export type {
  ApplicationPacket,
  FullIntraRequest,
  GenericNack,
  Goodbye,
  NackEntry,
  OtherFeedback,
  PictureLossIndication,
  ReceiverReport,
  ReportBlock,
  RtcpDatagram,
  RtcpPacket,
  SdesItem,
  SenderReport,
  SourceDescription,
  UnknownRtcpPacket,
} from './rtcp';
export { decodeRtcp, type RtcpOptions } from './decode-rtcp';
export { encodeRtcp } from './encode-rtcp';
export { checkCompound } from './compound';
export { nackOfSequences, sequencesOfNack } from './nack';
export {
  deterministicInterval,
  type IntervalInputs,
  reducedMinimumSeconds,
  transmissionInterval,
} from './interval';
export { ReportTimer, type ReportTimerOptions } from './report-timer';
export { type DatagramKind, demultiplex, isRtcp } from './demultiplex';
