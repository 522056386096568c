/** Session Traversal Utilities for NAT (RFC 8489): messages, attributes, integrity, fingerprint. */
export type { StunAttribute, UnknownAttribute } from './attributes';
export { typeOf } from './attributes';
export type { ErrorCode } from './attributes/error-codes';
export type { PasswordAlgorithmEntry } from './attributes/password-algorithms';
export type { AttributeValues } from './attributes/table';
export { filteringBehaviour, mappingBehaviour } from './behaviour-discovery';
export type { DiscoveredBehaviour } from './behaviour-discovery';
export { longTermKey, opaqueString, shortTermKey, userhash } from './credentials';
export type { LongTermCredentials } from './credentials';
export { decodeMessage } from './decode-message';
export { encodeMessage } from './encode-message';
export { StunError } from './errors';
export type { StunErrorCode } from './errors';
export { addFingerprint, checkFingerprint, fingerprint } from './fingerprint';
export { isStunMessage, messageOctets } from './frame';
export { addIntegrity, checkIntegrity } from './integrity';
export type { IntegrityAlgorithm } from './integrity';
export {
  attributesOf,
  findAttribute,
  MAGIC_COOKIE,
  MAX_STUN_BODY,
  STUN_CLASSES,
  STUN_HEADER_OCTETS,
} from './message';
export type { DecodedMessage, StunClass, StunMessage } from './message';
export { decodeMessageType, encodeMessageType } from './message-type';
export { parseNonce, writeNonce } from './nonce-cookie';
export type { SecurityFeatures } from './nonce-cookie';
export {
  reasonOf,
  STUN_ATTRIBUTES,
  STUN_ERROR_CODES,
  STUN_METHODS,
  STUN_PASSWORD_ALGORITHMS,
} from './registry';
export type { AttributeName, MethodName, PasswordAlgorithm } from './registry';
export { answerToUnknown, errorCodeOf, errorTo, successTo, unknownRequired } from './respond';
export { retransmissionTimes } from './retransmission';
export type { RetransmissionOptions } from './retransmission';
