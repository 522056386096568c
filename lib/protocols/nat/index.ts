/** Network address translators for UDP, by their behaviour (RFC 4787). */
export { NAT_BEHAVIOURS, rfc3489NameOf, RFC3489_NAMES } from './behaviour';
export type { NatBehaviour } from './behaviour';
export { NatError } from './errors';
export type { NatErrorCode } from './errors';
export { createNat } from './nat';
export type { Nat, NatDropReason, NatMapping, NatPacket, NatResult } from './nat';
export { DEFAULT_MAX_MAPPINGS, DEFAULT_TIMEOUT_MS, MAX_REMOTES } from './options';
export type { NatOptions, PortAssignment } from './options';
export { natPacketOf, rewritePacket } from './rewrite';
