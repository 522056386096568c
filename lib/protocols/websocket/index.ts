/** WebSocket: RFC 6455, with permessage-deflate of RFC 7692. What is left out: MODEL.md. */
export { CLOSE_CODES, isCloseCodeForWire } from './close-codes';
export { isControl, MAX_CONTROL_PAYLOAD, opcodeNameOf, OPCODES, type OpcodeName } from './opcodes';
export { VIOLATIONS, WebSocketError, type WebSocketErrorCode } from './errors';
export { applyMask } from './mask';
export {
  encodeFrame,
  headerLengthOf,
  lengthFormOf,
  type Frame,
  type FrameInput,
  type LengthForm,
} from './frame';
export { DEFAULT_LIMIT, FrameReader, type FrameReaderOptions } from './frame-reader';
export type { Role } from './frame-scanner';
export { InflateError, type MessageInflater, type WebSocketEvent } from './message-assembler';
export { MessageReader, type MessageReaderOptions } from './message-reader';
export {
  encodeClose,
  encodeControl,
  encodeMessage,
  type EncodeMessageOptions,
  type MessageDeflater,
} from './encode-message';
export { decodeClosePayload, encodeClosePayload, MAX_REASON_OCTETS, type CloseReason } from './close-payload';
export { decodeUtf8, Utf8Validator } from './utf8';
export { OPEN, stepClose, type CloseAction, type CloseEvent, type CloseState } from './close-handshake';

// The opening handshake (§4).
export { HANDSHAKE_RULES, WebSocketHandshakeError, type HandshakeErrorCode } from './handshake/errors';
export {
  ACCEPT_GUID,
  acceptKey,
  acceptKeySteps,
  acceptKeySync,
  isKey,
  writeKey,
  type AcceptKeySteps,
} from './handshake/accept-key';
export { parseExtensions, writeExtensions, type Extension } from './handshake/extensions';
export { MAX_HEAD_OCTETS, parseHead, type HeadField, type HttpHead } from './handshake/http-head';
export {
  parseUpgradeRequest,
  upgradeRequestProblems,
  WEBSOCKET_VERSION,
  writeUpgradeRequest,
  type UpgradeRequest,
  type UpgradeRequestInput,
} from './handshake/request';
export {
  chooseSubprotocol,
  parseUpgradeResponse,
  upgradeResponseProblems,
  writeUpgradeRefusal,
  writeUpgradeResponse,
  type UpgradeOffer,
  type UpgradeResponse,
} from './handshake/response';

// Compression (RFC 7692).
export {
  acceptDeflate,
  negotiateDeflate,
  PERMESSAGE_DEFLATE,
  writeDeflateParams,
  type DeflateParams,
  type DeflateWishes,
} from './deflate/negotiate';
export { PerMessageDeflate } from './deflate/permessage-deflate';
