// TLS 1.3, and of 1.2 what differs on the wire and in the keys (RFC 8446, 5246). What is real and what is left out: MODEL.md.
export { TlsError, type TlsErrorCode } from './errors';
export {
  ALERT_DESCRIPTIONS,
  CIPHER_SUITES,
  CONTENT_TYPES,
  EXTENSION_TYPES,
  HANDSHAKE_TYPES,
  isGrease,
  NAMED_GROUPS,
  nameIn,
  SIGNATURE_SCHEMES,
  VERSIONS,
} from './registry';
export {
  encodeRecord,
  MAX_CIPHERTEXT_OCTETS,
  MAX_PLAINTEXT_OCTETS,
  RecordReader,
  type TlsRecord,
} from './record';
export { decodeAlert, encodeAlert, type TlsAlert } from './alert';
export { type Extension, extensionNumber, type KeyShareEntry, type PskIdentity } from './extensions';
export {
  type CertificateEntry,
  type CertificateMessage,
  type ClientHello,
  type HandshakeMessage,
  MAX_HANDSHAKE_OCTETS,
  type NewSessionTicket,
  RETRY_REQUEST_RANDOM,
  type ServerHello,
} from './handshake';
export { decodeHandshake, HandshakeReader, type TlsVersion } from './decode-handshake';
export { encodeHandshake } from './encode-handshake';
export { AesGcm, EXPLICIT_NONCE_OCTETS } from './aes-gcm';
export {
  type CipherSuite,
  getSuiteOrThrow,
  type HashName,
  SUPPORTED_SUITES,
  TAG_OCTETS,
} from './cipher-suites';
export { digest, hkdfExpand, hkdfExpandLabel, hkdfExtract, hkdfLabel, hmac, type HmacHash } from './hkdf';
export {
  deriveSecret,
  earlySecret,
  exportKeyingMaterial,
  finishedMac,
  nextSecret,
  type SecretLabel,
  ticketPsk,
  type TrafficKeys,
  trafficKeys,
  transcriptHash,
  updatedSecret,
} from './key-schedule';
export { extendedMasterSecret12, finished12, keyBlock12, masterSecret12, prf12 } from './prf12';
export { groupAlgorithm, type KeyShare, keyShareOf, sharedSecret } from './key-exchange';
export { type InnerPlaintext, recordNonce, RecordProtection } from './protection';
export { RecordProtection12 } from './protection12';
export { type ClientHelloOptions, type Resumption, resumptionOf, writeClientHello } from './client-hello';
export { Transcript } from './transcript';
export { certificateVerifyInput, createSignature, verifySignature } from './signature';
export type {
  CertificateClaim,
  CertificateRefusal,
  ClientCertificate,
  ClientEvent,
  ClientOutput,
  ClientState,
  EarlyDataFate,
  TlsClientOptions,
} from './client-options';
export { TlsClient } from './client';
