// SCTP as WebRTC's data channels use it (RFC 9260, 3758, 8831, 8832). What is real and what is left out: MODEL.md.
export { SctpError, type SctpErrorCode } from './errors';
export { crc32c, packetChecksum } from './crc32c';
export { CAUSE_CODES, CHUNK_TYPES, type ChunkName, PARAMETER_TYPES, PPID } from './registry';
export {
  type BareChunk,
  type Chunk,
  type CookieEchoChunk,
  type DataChunk,
  type ErrorChunk,
  type ForwardTsnChunk,
  type GapBlock,
  type HeartbeatChunk,
  type InitChunk,
  MAX_PACKET_OCTETS,
  type Parameter,
  type SackChunk,
  type SctpPacket,
  type ShutdownChunk,
  type UnknownChunk,
} from './packet';
export { type DecodedPacket, decodePacket } from './decode-packet';
export { chunkOctets, encodePacket } from './encode-packet';
export {
  type ChannelReliability,
  type DataChannelOpen,
  type DcepMessage,
  decodeDcep,
  encodeDcep,
} from './dcep';
export { fragmentMessage, type SctpMessage } from './fragment';
export { DEFAULT_RECEIVE_BUFFER_OCTETS, Inbound } from './inbound';
export { DEFAULT_SEND_BUFFER_OCTETS, Outbound, type PartialReliability } from './outbound';
export { addTsn, nextStreamSeq, streamSeqDistance, tsnBefore, tsnDistance } from './serial';
export type {
  AssociationEvent,
  AssociationOptions,
  AssociationOutput,
  AssociationState,
} from './association-options';
export { Association, MAX_MESSAGE_OCTETS } from './association';
