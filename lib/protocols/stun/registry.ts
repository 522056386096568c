/** Rows of IANA's "Session Traversal Utilities for NAT (STUN) Parameters", as value, name, reference. */
export const STUN_METHODS = [
  [0x001, 'Binding', 'RFC 8489'],
  [0x003, 'Allocate', 'RFC 8656'],
  [0x004, 'Refresh', 'RFC 8656'],
  [0x006, 'Send', 'RFC 8656'],
  [0x007, 'Data', 'RFC 8656'],
  [0x008, 'CreatePermission', 'RFC 8656'],
  [0x009, 'ChannelBind', 'RFC 8656'],
  [0x00a, 'Connect', 'RFC 6062'],
  [0x00b, 'ConnectionBind', 'RFC 6062'],
  [0x00c, 'ConnectionAttempt', 'RFC 6062'],
] as const;

/** "STUN Attributes" that this room reads; CHANGE-REQUEST is RFC 5780's again (erratum 4233). */
export const STUN_ATTRIBUTES = [
  [0x0001, 'MAPPED-ADDRESS', 'RFC 8489 §14.1'],
  [0x0003, 'CHANGE-REQUEST', 'RFC 5780 §7.2'],
  [0x0006, 'USERNAME', 'RFC 8489 §14.3'],
  [0x0008, 'MESSAGE-INTEGRITY', 'RFC 8489 §14.5'],
  [0x0009, 'ERROR-CODE', 'RFC 8489 §14.8'],
  [0x000a, 'UNKNOWN-ATTRIBUTES', 'RFC 8489 §14.13'],
  [0x000c, 'CHANNEL-NUMBER', 'RFC 8656 §18.1'],
  [0x000d, 'LIFETIME', 'RFC 8656 §18.2'],
  [0x0012, 'XOR-PEER-ADDRESS', 'RFC 8656 §18.3'],
  [0x0013, 'DATA', 'RFC 8656 §18.4'],
  [0x0014, 'REALM', 'RFC 8489 §14.9'],
  [0x0015, 'NONCE', 'RFC 8489 §14.10'],
  [0x0016, 'XOR-RELAYED-ADDRESS', 'RFC 8656 §18.5'],
  [0x0017, 'REQUESTED-ADDRESS-FAMILY', 'RFC 8656 §18.6'],
  [0x0018, 'EVEN-PORT', 'RFC 8656 §18.7'],
  [0x0019, 'REQUESTED-TRANSPORT', 'RFC 8656 §18.8'],
  [0x001a, 'DONT-FRAGMENT', 'RFC 8656 §18.9'],
  [0x001b, 'ACCESS-TOKEN', 'RFC 7635 §6.2'],
  [0x001c, 'MESSAGE-INTEGRITY-SHA256', 'RFC 8489 §14.6'],
  [0x001d, 'PASSWORD-ALGORITHM', 'RFC 8489 §14.12'],
  [0x001e, 'USERHASH', 'RFC 8489 §14.4'],
  [0x0020, 'XOR-MAPPED-ADDRESS', 'RFC 8489 §14.2'],
  [0x0022, 'RESERVATION-TOKEN', 'RFC 8656 §18.10'],
  [0x0024, 'PRIORITY', 'RFC 8445 §16.1'],
  [0x0025, 'USE-CANDIDATE', 'RFC 8445 §16.1'],
  [0x0026, 'PADDING', 'RFC 5780 §7.6'],
  [0x0027, 'RESPONSE-PORT', 'RFC 5780 §7.5'],
  [0x002a, 'CONNECTION-ID', 'RFC 6062 §6.2.1'],
  [0x8000, 'ADDITIONAL-ADDRESS-FAMILY', 'RFC 8656 §18.11'],
  [0x8001, 'ADDRESS-ERROR-CODE', 'RFC 8656 §18.12'],
  [0x8002, 'PASSWORD-ALGORITHMS', 'RFC 8489 §14.11'],
  [0x8003, 'ALTERNATE-DOMAIN', 'RFC 8489 §14.16'],
  [0x8004, 'ICMP', 'RFC 8656 §18.13'],
  [0x8022, 'SOFTWARE', 'RFC 8489 §14.14'],
  [0x8023, 'ALTERNATE-SERVER', 'RFC 8489 §14.15'],
  [0x8025, 'TRANSACTION_TRANSMIT_COUNTER', 'RFC 7982 §3.1'],
  [0x8027, 'CACHE-TIMEOUT', 'RFC 5780 §7.1'],
  [0x8028, 'FINGERPRINT', 'RFC 8489 §14.7'],
  [0x8029, 'ICE-CONTROLLED', 'RFC 8445 §16.1'],
  [0x802a, 'ICE-CONTROLLING', 'RFC 8445 §16.1'],
  [0x802b, 'RESPONSE-ORIGIN', 'RFC 5780 §7.3'],
  [0x802c, 'OTHER-ADDRESS', 'RFC 5780 §7.4'],
  [0x802e, 'THIRD-PARTY-AUTHORIZATION', 'RFC 7635 §6.1'],
  [0x8030, 'MOBILITY-TICKET', 'RFC 8016 §4.1'],
] as const;

/** "STUN Error Codes", with the reason phrases that RFC 8489 §14.8 and RFC 8656 §19 suggest. */
export const STUN_ERROR_CODES = [
  [300, 'Try Alternate', 'RFC 8489'],
  [400, 'Bad Request', 'RFC 8489'],
  [401, 'Unauthenticated', 'RFC 8489'],
  [403, 'Forbidden', 'RFC 8656'],
  [405, 'Mobility Forbidden', 'RFC 8016'],
  [420, 'Unknown Attribute', 'RFC 8489'],
  [437, 'Allocation Mismatch', 'RFC 8656'],
  [438, 'Stale Nonce', 'RFC 8489'],
  [440, 'Address Family not Supported', 'RFC 8656'],
  [441, 'Wrong Credentials', 'RFC 8656'],
  [442, 'Unsupported Transport Protocol', 'RFC 8656'],
  [443, 'Peer Address Family Mismatch', 'RFC 8656'],
  [446, 'Connection Already Exists', 'RFC 6062'],
  [447, 'Connection Timeout or Failure', 'RFC 6062'],
  [486, 'Allocation Quota Reached', 'RFC 8656'],
  [487, 'Role Conflict', 'RFC 8445'],
  [500, 'Server Error', 'RFC 8489'],
  [508, 'Insufficient Capacity', 'RFC 8656'],
] as const;

/** "STUN Password Algorithms" (RFC 8489 §18.5). */
export const STUN_PASSWORD_ALGORITHMS = [
  [0x0001, 'MD5', 'RFC 8489'],
  [0x0002, 'SHA-256', 'RFC 8489'],
] as const;

/** A method that IANA has a name for. */
export type MethodName = (typeof STUN_METHODS)[number][1];
/** An attribute that this room reads. */
export type AttributeName = (typeof STUN_ATTRIBUTES)[number][1];
/** What a long-term key is made with. */
export type PasswordAlgorithm = (typeof STUN_PASSWORD_ALGORITHMS)[number][1];

const reasons = new Map<number, string>(STUN_ERROR_CODES.map(([code, reason]) => [code, reason]));

/** The suggested phrase for an error code; empty where there is none. */
export function reasonOf(code: number): string {
  return reasons.get(code) ?? '';
}
