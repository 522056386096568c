import { nameInRegistry } from '@/lib/bytes';

/** Chunk types (RFC 9260 §3.2, RFC 3758 §3.2, RFC 6525 §3.1, RFC 8260 §2.1). */
export const CHUNK_TYPES = {
  DATA: 0,
  INIT: 1,
  'INIT ACK': 2,
  SACK: 3,
  HEARTBEAT: 4,
  'HEARTBEAT ACK': 5,
  ABORT: 6,
  SHUTDOWN: 7,
  'SHUTDOWN ACK': 8,
  ERROR: 9,
  'COOKIE ECHO': 10,
  'COOKIE ACK': 11,
  ECNE: 12,
  CWR: 13,
  'SHUTDOWN COMPLETE': 14,
  AUTH: 15,
  'I-DATA': 64,
  'ASCONF-ACK': 128,
  'RE-CONFIG': 130,
  PAD: 132,
  'FORWARD TSN': 192,
  ASCONF: 193,
  'I-FORWARD-TSN': 194,
} as const;

/** Names of the chunk types, as in `CHUNK_TYPES`. */
export type ChunkName = keyof typeof CHUNK_TYPES;

/** Error causes (RFC 9260 §3.3.10). */
export const CAUSE_CODES = {
  'Invalid Stream Identifier': 1,
  'Missing Mandatory Parameter': 2,
  'Stale Cookie': 3,
  'Out of Resource': 4,
  'Unresolvable Address': 5,
  'Unrecognized Chunk Type': 6,
  'Invalid Mandatory Parameter': 7,
  'Unrecognized Parameters': 8,
  'No User Data': 9,
  'Cookie Received While Shutting Down': 10,
  'Restart of an Association with New Addresses': 11,
  'User-Initiated Abort': 12,
  'Protocol Violation': 13,
} as const;

/** Parameters of INIT and INIT ACK (RFC 9260 §3.3.2.1, §3.3.3.1, RFC 3758 §3.1, RFC 4895 §3, RFC 5061 §4.2.7). */
export const PARAMETER_TYPES = {
  'Heartbeat Info': 1,
  'IPv4 Address': 5,
  'IPv6 Address': 6,
  'State Cookie': 7,
  'Unrecognized Parameter': 8,
  'Cookie Preservative': 9,
  'Host Name Address': 11,
  'Supported Address Types': 12,
  'ECN Capable': 0x8000,
  Random: 0x8002,
  'Chunk List': 0x8003,
  'Requested HMAC Algorithm': 0x8004,
  'Supported Extensions': 0x8008,
  'Forward-TSN-Supported': 0xc000,
} as const;

/** Payload protocol identifiers of WebRTC (RFC 8831 §8). */
export const PPID = {
  dcep: 50,
  string: 51,
  /** Deprecated: a part of a message in binary. */
  binaryPartial: 52,
  binary: 53,
  /** Deprecated: a part of a message in text. */
  stringPartial: 54,
  /** One octet of zero is sent, as SCTP has no empty messages. */
  stringEmpty: 56,
  binaryEmpty: 57,
} as const;

/** The name that a registry gives to a number, or the number in hexadecimal. */
export const nameIn = (registry: Readonly<Record<string, number>>, value: number): string =>
  nameInRegistry(registry, value) ?? `0x${value.toString(16)}`;
