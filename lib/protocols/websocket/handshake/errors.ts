import { ProtocolError } from '@/lib/bytes';

/** Every way in which an opening handshake goes wrong, and where the rule stands. */
export const HANDSHAKE_RULES = {
  WEBSOCKET_HANDSHAKE_HEAD_TOO_LONG: { status: 431, ref: 'RFC 6455 §10.4' },
  WEBSOCKET_HANDSHAKE_HEAD_MALFORMED: { status: 400, ref: 'RFC 9112 §2.1' },
  WEBSOCKET_HANDSHAKE_METHOD: { status: 405, ref: 'RFC 6455 §4.1' },
  WEBSOCKET_HANDSHAKE_HTTP_VERSION: { status: 400, ref: 'RFC 6455 §4.1' },
  WEBSOCKET_HANDSHAKE_HOST: { status: 400, ref: 'RFC 6455 §4.2.1' },
  WEBSOCKET_HANDSHAKE_UPGRADE: { status: 400, ref: 'RFC 6455 §4.2.1' },
  WEBSOCKET_HANDSHAKE_CONNECTION: { status: 400, ref: 'RFC 6455 §4.2.1' },
  WEBSOCKET_HANDSHAKE_KEY: { status: 400, ref: 'RFC 6455 §4.2.1' },
  WEBSOCKET_HANDSHAKE_VERSION: { status: 426, ref: 'RFC 6455 §4.4' },
  WEBSOCKET_HANDSHAKE_SUBPROTOCOL_MALFORMED: { status: 400, ref: 'RFC 6455 §4.1' },
  WEBSOCKET_HANDSHAKE_EXTENSIONS_MALFORMED: { status: 400, ref: 'RFC 6455 §9.1' },
  WEBSOCKET_HANDSHAKE_STATUS: { status: 0, ref: 'RFC 6455 §4.1' },
  WEBSOCKET_HANDSHAKE_ACCEPT: { status: 0, ref: 'RFC 6455 §4.1' },
  WEBSOCKET_HANDSHAKE_SUBPROTOCOL_NOT_OFFERED: { status: 0, ref: 'RFC 6455 §4.1' },
  WEBSOCKET_HANDSHAKE_SUBPROTOCOL_MISSING: { status: 0, ref: 'WHATWG WebSockets, opening handshake' },
  WEBSOCKET_HANDSHAKE_EXTENSION_NOT_OFFERED: { status: 0, ref: 'RFC 6455 §4.1' },
  WEBSOCKET_HANDSHAKE_EXTENSION_INVALID: { status: 0, ref: 'RFC 7692 §7.1' },
} as const;

/** Which rule was broken; stable. */
export type HandshakeErrorCode = keyof typeof HANDSHAKE_RULES;

/**
 * A request that a server must refuse, or a response that a client must. `status` is the HTTP status with which a server
 * refuses (0 where a client hangs up); `offset` is the octet of the line at fault, 0 if it is the lack of a line.
 */
export class WebSocketHandshakeError extends ProtocolError<HandshakeErrorCode> {
  override readonly name = 'WebSocketHandshakeError';
  readonly status: number;
  readonly ref: string;
  constructor(code: HandshakeErrorCode, seen: string, expected: string, offset = 0) {
    super(code, offset, seen, expected);
    this.status = HANDSHAKE_RULES[code].status;
    this.ref = HANDSHAKE_RULES[code].ref;
  }
}
