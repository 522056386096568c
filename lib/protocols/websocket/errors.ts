import { ProtocolError } from '@/lib/bytes';
import { CLOSE_CODES } from './close-codes';
import type { Frame } from './frame';
import type { WebSocketEvent } from './message-assembler';

const { protocolError, invalidPayload, messageTooBig } = CLOSE_CODES;

/** Every rule that octets can break, the code with which the connection is then failed, and where the rule stands. */
export const VIOLATIONS = {
  WEBSOCKET_RESERVED_BITS: { closeCode: protocolError, ref: 'RFC 6455 §5.2' },
  WEBSOCKET_RESERVED_OPCODE: { closeCode: protocolError, ref: 'RFC 6455 §5.2' },
  WEBSOCKET_CONTROL_FRAGMENTED: { closeCode: protocolError, ref: 'RFC 6455 §5.5' },
  WEBSOCKET_CONTROL_TOO_LONG: { closeCode: protocolError, ref: 'RFC 6455 §5.5' },
  WEBSOCKET_MASK_MISSING: { closeCode: protocolError, ref: 'RFC 6455 §5.1' },
  WEBSOCKET_MASK_UNEXPECTED: { closeCode: protocolError, ref: 'RFC 6455 §5.1' },
  WEBSOCKET_LENGTH_NOT_MINIMAL: { closeCode: protocolError, ref: 'RFC 6455 §5.2' },
  WEBSOCKET_LENGTH_TOP_BIT: { closeCode: protocolError, ref: 'RFC 6455 §5.2' },
  WEBSOCKET_PAYLOAD_TOO_LONG: { closeCode: messageTooBig, ref: 'RFC 6455 §10.4' },
  WEBSOCKET_MESSAGE_TOO_LONG: { closeCode: messageTooBig, ref: 'RFC 6455 §10.4' },
  WEBSOCKET_CONTINUATION_UNEXPECTED: { closeCode: protocolError, ref: 'RFC 6455 §5.4' },
  WEBSOCKET_CONTINUATION_EXPECTED: { closeCode: protocolError, ref: 'RFC 6455 §5.4' },
  WEBSOCKET_INVALID_UTF8: { closeCode: invalidPayload, ref: 'RFC 6455 §8.1' },
  WEBSOCKET_CLOSE_TOO_SHORT: { closeCode: protocolError, ref: 'RFC 6455 §5.5.1' },
  WEBSOCKET_CLOSE_CODE_INVALID: { closeCode: protocolError, ref: 'RFC 6455 §7.4' },
  WEBSOCKET_INFLATE_FAILED: { closeCode: invalidPayload, ref: 'RFC 7692 §7.2.2' },
} as const;

/** Which rule was broken; stable. */
export type WebSocketErrorCode = keyof typeof VIOLATIONS;

/**
 * Octets that break a rule of the protocol. `offset` counts octets from the first that the reader was given; `seen` and
 * `expected` say what stood there and what could have. `closeCode` is the status with which to fail the connection
 * (§7.1.7). What the same chunk had brought before the fault is in `frames` (of a FrameReader) or `events` (of a
 * MessageReader): it was sent, and may be used.
 */
export class WebSocketError extends ProtocolError<WebSocketErrorCode> {
  override readonly name = 'WebSocketError';
  readonly closeCode: number;
  readonly ref: string;
  frames: readonly Frame[] = [];
  events: readonly WebSocketEvent[] = [];
  constructor(code: WebSocketErrorCode, offset: number, seen: string, expected: string) {
    super(code, offset, seen, expected);
    this.closeCode = VIOLATIONS[code].closeCode;
    this.ref = VIOLATIONS[code].ref;
  }
}
