// DTLS 1.3 and 1.2: TLS over datagrams (RFC 9147, 6347). What is real and what is left out: MODEL.md.
export { DtlsError, type DtlsErrorCode } from './errors';
export {
  DTLS_ALERT_DESCRIPTIONS,
  DTLS_CONTENT_TYPES,
  DTLS_EXTENSION_TYPES,
  DTLS_HANDSHAKE_TYPES,
  DTLS_VERSIONS,
} from './registry';
export { type RecordForm, recordFormOf } from './record-form';
export { decodeDatagram, type DtlsRecord, MAX_DATAGRAM_OCTETS, MAX_RECORDS_IN_DATAGRAM } from './datagram';
export {
  encodePlaintextRecord,
  MAX_FRAGMENT_OCTETS,
  MAX_SEQUENCE_NUMBER,
  type PlaintextRecord,
} from './plaintext-record';
export {
  encodeUnifiedHeader,
  MAX_ENCRYPTED_OCTETS,
  type UnifiedHeader,
  type UnifiedRecord,
} from './unified-header';
export {
  maskRecordNumber,
  reconstructEpoch,
  reconstructSequenceNumber,
  recordNumberMask,
} from './record-number';
export {
  dtlsDeriveSecret,
  dtlsExpandLabel,
  dtlsExportKeyingMaterial,
  dtlsFinishedMac,
  dtlsNextSecret,
  dtlsUpdatedSecret,
  recordKeys,
  type RecordKeys,
} from './key-schedule';
export { exportKeyingMaterial12 } from './exporter12';
export { type OpenedRecord, protectRecord13, type UnifiedForm, unprotectRecord13 } from './protection13';
export { protectRecord12, type RecordKeys12, unprotectRecord12 } from './protection12';
export { REPLAY_WINDOW_RECORDS, ReplayWindow } from './replay-window';
export { EpochReader12, EpochReader13 } from './epoch-reader';
export { EPOCHS, MAX_EPOCH, type Protection, protectionOf } from './epochs';
export {
  decodeFragments,
  encodeFragment,
  FRAGMENT_HEADER_OCTETS,
  fragmentMessage,
  type HandshakeFragment,
  type NumberedMessage,
} from './fragment';
export {
  HandshakeReassembler,
  MAX_MESSAGE_OCTETS,
  MAX_MESSAGES_AHEAD,
  MAX_REASSEMBLY_OCTETS,
  MAX_RUNS,
} from './reassembly';
export {
  type DtlsClientHello,
  type DtlsMessage,
  type DtlsVersion,
  type HelloVerifyRequest,
  MAX_COOKIE_OCTETS,
  type NewConnectionId,
  type RequestConnectionId,
} from './messages';
export { decodeMessage } from './decode-message';
export { explainDatagram, type ExplainedRecord } from './explain-datagram';
export { encodeMessage } from './encode-message';
export { messageHash13, transcript12, transcript13 } from './transcript';
export { createCookie, createRetryCookie, isCookieValid, openRetryCookie, type RetryState } from './cookie';
export { decodeAck, encodeAck, MAX_ACK_RECORDS, type RecordNumber } from './ack';
export { decodeDtlsAlert } from './alert';
export {
  type Fingerprint,
  fingerprintOf,
  isCertificateOf,
  parseFingerprint,
  writeFingerprint,
} from './fingerprint';
export {
  type Exchange,
  EXCHANGES,
  type FlightPlan,
  type FlightStep,
  recognizeExchange,
  type Role,
  type SentMessage,
  splitFlights,
} from './flights';
export {
  createRetransmission,
  DEFAULT_TIMERS,
  type FlightKind,
  nextTimerMs,
  type Phase,
  type RetransmissionAction,
  type RetransmissionEvent,
  type RetransmissionState,
  type RetransmissionTimers,
  stepRetransmission,
} from './retransmission';
export { encodeOpenRecord, type OpenRecord, readOpenRecord, recordOverheadOctets } from './null-cipher';
export { type FlightItem, OutboundFlight, packRecords, RecordNumbers } from './outbound-flight';
export { type BodyOf, scriptExchange, type ScriptedFlight } from './flight-script';
export {
  FlightEndpoint,
  type FlightEndpointOptions,
  type FlightEvent,
  type FlightOutput,
} from './flight-endpoint';
export { type FlightMoment, type FlightPaths, simulateFlights } from './simulate-flights';
