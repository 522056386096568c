/** What was asked of a NAT that cannot be; stable. */
export type NatErrorCode = 'NAT_OPTION_INVALID' | 'NAT_PACKET_NOT_UDP';

/** A NAT was made of impossible options, or given octets that it does not translate. */
export class NatError extends Error {
  readonly code: NatErrorCode;
  readonly offset: number;
  readonly seen: string;
  readonly expected: string;
  constructor(code: NatErrorCode, seen: string, expected: string, offset = 0) {
    super(`saw ${seen}, expected ${expected}`);
    this.name = 'NatError';
    this.code = code;
    this.offset = offset;
    this.seen = seen;
    this.expected = expected;
  }
}
