/**
 * What every room throws for octets or text that its standard does not allow. `code` is stable; `offset` counts octets (or
 * characters, for text) from the start of what was being read; `seen` and `expected` say what stood there and what could have.
 * A room extends it with its own codes, and with what else a violation brings: an alert, a close code, a status.
 */
export abstract class ProtocolError<Code extends string> extends Error {
  readonly code: Code;
  readonly offset: number;
  readonly seen: string;
  readonly expected: string;

  /** `place` leads the message where "octet 7" would not say it. */
  constructor(code: Code, offset: number, seen: string, expected: string, place = `octet ${offset}`) {
    super(`${place}: saw ${seen}, expected ${expected}`);
    this.code = code;
    this.offset = offset;
    this.seen = seen;
    this.expected = expected;
  }
}
