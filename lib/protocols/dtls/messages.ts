import type { ClientHello, HandshakeMessage } from '@/lib/protocols/tls';

/** Versions that this room speaks. */
export type DtlsVersion = '1.2' | '1.3';

/** TLS's ClientHello with one field more (RFC 6347 §4.2.1, RFC 9147 §5.3): in 1.3 legacy_cookie, which is empty. */
export type DtlsClientHello = ClientHello & { cookie: Uint8Array };

/** "Come again, with this": what makes a client show that it is where it says (RFC 6347 §4.2.1). Not in 1.3. */
export type HelloVerifyRequest = { type: 'hello_verify_request'; version: number; cookie: Uint8Array };

/** Asks for spare connection ids (RFC 9147 §9). */
export type RequestConnectionId = { type: 'request_connection_id'; count: number };

/** Connection ids for the peer to send with (RFC 9147 §9). `spare`: it may go on with the one it uses. */
export type NewConnectionId = {
  type: 'new_connection_id';
  connectionIds: Uint8Array[];
  usage: 'immediate' | 'spare';
};

/** Any handshake message; `type` says which. Those that are not DTLS's own are TLS's. */
export type DtlsMessage =
  | Exclude<HandshakeMessage, ClientHello>
  | DtlsClientHello
  | HelloVerifyRequest
  | RequestConnectionId
  | NewConnectionId;

/** Octets of a cookie in 1.2 (RFC 6347 §4.2.1). */
export const MAX_COOKIE_OCTETS = 255;
