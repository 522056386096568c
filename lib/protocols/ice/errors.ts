/** What cannot be done with candidates or an agent; stable. */
export type IceErrorCode = 'ICE_PRIORITY_OUT_OF_RANGE' | 'ICE_OPTION_INVALID' | 'ICE_CREDENTIALS_INVALID';

/** A value that ICE does not allow; `seen` and `expected` say what it was and what it could have been. */
export class IceError extends Error {
  readonly code: IceErrorCode;
  readonly seen: string;
  readonly expected: string;
  constructor(code: IceErrorCode, seen: string, expected: string) {
    super(`saw ${seen}, expected ${expected}`);
    this.name = 'IceError';
    this.code = code;
    this.seen = seen;
    this.expected = expected;
  }
}
