/** QUIC version 1: RFC 9000 (transport), RFC 9001 §5 (packet protection), RFC 8999 (what no version changes). */
export { decodeFrames } from './decode-frames';
export { encodeFrame, encodeFrames } from './encode-frames';
export { QuicError, TRANSPORT_ERRORS } from './errors';
export type { QuicErrorCode, TransportError } from './errors';
export { FRAME_TYPES } from './frames';
export type { AckRange, Direction, Frame, FrameType } from './frames';
export {
  decodeHeader,
  encodeHeader,
  encodeVersionNegotiation,
  MAX_CONNECTION_ID,
  MAX_PACKET_OCTETS,
  QUIC_VERSION_1,
  splitDatagram,
} from './header';
export type { PacketType, PlainHeader, ProtectedHeader } from './header';
export { hkdfExpandLabel, hkdfExtract, initialSecrets, nextSecret, packetKeys } from './key-schedule';
export type { PacketKeys } from './key-schedule';
export { decodePacketNumber, encodePacketNumber, packetNumberLength } from './packet-number';
export { headerMask, packetNonce, protectPacket, unprotectPacket } from './protection';
export type { OpenedPacket } from './protection';
export { ReceiveStream } from './receive-stream';
export type { ReceiveState } from './receive-stream';
export { encodeRetry, isRetryValid, retryIntegrityTag } from './retry';
export { SendStream } from './send-stream';
export type { SendRange, SendState } from './send-stream';
export { streamIdOf, streamKindOf } from './stream-id';
export {
  decodeTransportParameters,
  encodeTransportParameters,
  TRANSPORT_PARAMETERS,
} from './transport-parameters';
export type { PreferredAddress, TransportParameters } from './transport-parameters';
export { decodeVarint, encodeVarint, MAX_VARINT, varintLength } from './varint';
