/**
 * The options that the course knows, and any other as it is. `end` and `nop` are one octet each; all others
 * are kind, length, data (RFC 9293 §3.1).
 */
export type TcpOption =
  | { kind: 'end' }
  | { kind: 'nop' }
  /** Largest segment that the sender of this option can receive, in octets (RFC 9293 §3.7.1). SYN only. */
  | { kind: 'mss'; octets: number }
  /** Later windows are shifted left by `shift` bits, 0 to 14 (RFC 7323 §2). SYN only. */
  | { kind: 'window-scale'; shift: number }
  /** RFC 2018 §2. SYN only. */
  | { kind: 'sack-permitted' }
  /** Blocks that arrived out of order, `end` exclusive (RFC 2018 §3); at most four. */
  | { kind: 'sack'; blocks: readonly SackBlock[] }
  /** RFC 7323 §3. */
  | { kind: 'timestamps'; value: number; echo: number }
  /** A cookie of 4 to 16 octets, or none: please send me one (RFC 7413 §4.1.1). */
  | { kind: 'fast-open'; cookie: Uint8Array }
  | { kind: 'unknown'; number: number; data: Uint8Array };

/** A block of octets that arrived out of order: [left, right) (RFC 2018 §3). */
export type SackBlock = { start: number; end: number };

/** IANA "TCP Option Kind Numbers". */
export const OPTION_NUMBERS = {
  end: 0,
  nop: 1,
  mss: 2,
  'window-scale': 3,
  'sack-permitted': 4,
  sack: 5,
  timestamps: 8,
  'fast-open': 34,
} as const;

/** 15 words of header less 5 of fixed fields. */
export const MAX_OPTION_OCTETS = 40;
