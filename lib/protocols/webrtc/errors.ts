/** A description that does not fit the signaling state (RFC 8829 §4.1.11, §4.1.12): InvalidStateError in a browser. */
export type WebrtcErrorCode = 'WEBRTC_INVALID_STATE';

/** What a peer refuses. `seen` and `expected` are short and stable, for messages and tests. */
export class WebrtcError extends Error {
  override readonly name = 'WebrtcError';
  readonly code: WebrtcErrorCode;
  readonly seen: string;
  readonly expected: string;

  constructor(code: WebrtcErrorCode, seen: string, expected: string) {
    super(`${code}: saw ${seen}, expected ${expected}`);
    this.code = code;
    this.seen = seen;
    this.expected = expected;
  }
}
