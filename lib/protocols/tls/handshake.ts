import type { Extension } from './extensions';

/** RFC 8446 §4.1.2; the same in 1.2 but for its extensions. */
export type ClientHello = {
  type: 'client_hello';
  /** legacy_version: 0x0303 in 1.2 and 1.3. */
  version: number;
  random: Uint8Array;
  sessionId: Uint8Array;
  cipherSuites: number[];
  compressionMethods: Uint8Array;
  /** Undefined where there is no such field, which 1.2 allows. */
  extensions: Extension[] | undefined;
};

/** RFC 8446 §4.1.3. `isRetryRequest`: it is a HelloRetryRequest, known by its random (§4.1.4). */
export type ServerHello = {
  type: 'server_hello';
  version: number;
  random: Uint8Array;
  sessionId: Uint8Array;
  cipherSuite: number;
  compressionMethod: number;
  extensions: Extension[] | undefined;
  isRetryRequest: boolean;
};

/** RFC 8446 §4.3.1 */
export type EncryptedExtensions = { type: 'encrypted_extensions'; extensions: Extension[] };

/** A certificate as it travels, in DER (RFC 8446 §4.4.2). */
export type CertificateEntry = { certificate: Uint8Array; extensions: Extension[] };

/** The chain of certificates, the owner's first (RFC 8446 §4.4.2). */
export type CertificateMessage = { type: 'certificate'; context: Uint8Array; entries: CertificateEntry[] };

/** RFC 8446 §4.3.2 */
export type CertificateRequest = {
  type: 'certificate_request';
  context: Uint8Array;
  extensions: Extension[];
};

/** RFC 8446 §4.4.3 */
export type CertificateVerify = { type: 'certificate_verify'; scheme: number; signature: Uint8Array };

/** RFC 8446 §4.4.4 */
export type Finished = { type: 'finished'; verifyData: Uint8Array };

/** RFC 8446 §4.6.1 */
export type NewSessionTicket = {
  type: 'new_session_ticket';
  lifetimeSeconds: number;
  ageAdd: number;
  nonce: Uint8Array;
  ticket: Uint8Array;
  extensions: Extension[];
};

/** RFC 8446 §4.6.3 */
export type KeyUpdate = { type: 'key_update'; updateRequested: boolean };

export type EndOfEarlyData = { type: 'end_of_early_data' };

/** In 1.2: the certificates without extensions (RFC 5246 §7.4.2). */
export type Certificate12 = { type: 'certificate_1_2'; certificates: Uint8Array[] };

/** In 1.2, with (EC)DHE on a named curve (RFC 8422 §5.4). */
export type ServerKeyExchange12 = {
  type: 'server_key_exchange';
  group: number;
  publicKey: Uint8Array;
  scheme: number;
  signature: Uint8Array;
};

/** In 1.2, with ECDHE (RFC 8422 §5.7). */
export type ClientKeyExchange12 = { type: 'client_key_exchange'; publicKey: Uint8Array };

/** In 1.2 (RFC 5246 §7.4.4). `authorities` are distinguished names in DER; none: any will do. */
export type CertificateRequest12 = {
  type: 'certificate_request_1_2';
  certificateTypes: number[];
  schemes: number[];
  authorities: Uint8Array[];
};

/** In 1.2: a server asks for another handshake (RFC 5246 §7.4.1.1). */
export type HelloRequest12 = { type: 'hello_request' };

export type ServerHelloDone12 = { type: 'server_hello_done' };

/** In 1.2 (RFC 5077 §3.3). */
export type NewSessionTicket12 = {
  type: 'new_session_ticket_1_2';
  lifetimeHintSeconds: number;
  ticket: Uint8Array;
};

/** A message of another type, as octets. */
export type UnknownHandshake = { type: 'unknown'; number: number; body: Uint8Array };

/** Any handshake message; `type` says which (RFC 8446 §4). */
export type HandshakeMessage =
  | ClientHello
  | ServerHello
  | EncryptedExtensions
  | CertificateMessage
  | CertificateRequest
  | CertificateVerify
  | Finished
  | NewSessionTicket
  | KeyUpdate
  | EndOfEarlyData
  | Certificate12
  | ServerKeyExchange12
  | ClientKeyExchange12
  | CertificateRequest12
  | HelloRequest12
  | ServerHelloDone12
  | NewSessionTicket12
  | UnknownHandshake;

/** SHA-256 of "HelloRetryRequest": the random that makes a ServerHello one (RFC 8446 §4.1.3). */
export const RETRY_REQUEST_RANDOM = Uint8Array.of(
  ...[0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91],
  ...[0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c],
);

/** Octets of a message's header (RFC 8446 §4). */
export const HANDSHAKE_HEADER_OCTETS = 4;

/** Octets of a message's body that are read at most: generous for a chain of certificates. */
export const MAX_HANDSHAKE_OCTETS = 2 ** 17;
