import { ProtocolError } from '@/lib/bytes';

/** Why text is not a session description, or an action not allowed; stable. */
export type SdpErrorCode =
  | 'SDP_TOO_LONG'
  | 'SDP_TOO_MANY_LINES'
  | 'SDP_EMPTY'
  | 'SDP_CONTROL_CHARACTER'
  | 'SDP_LINE_MALFORMED'
  | 'SDP_VERSION_MISSING'
  | 'SDP_MEDIA_LINE_MALFORMED'
  | 'SDP_LINE_BREAK_IN_VALUE'
  | 'SDP_CANDIDATE_MALFORMED'
  | 'SDP_OFFER_UNUSABLE'
  | 'SDP_SIGNALING_STATE';

/**
 * Text that cannot be read as a session description (RFC 8866 §9), or something asked for that the offer does not
 * allow. `offset` is the octet at fault (of the text as UTF-8), `line` its line, counted from 1; both are 0 where no
 * text is at fault. `seen` and `expected` say what stood there and what could have.
 */
export class SdpError extends ProtocolError<SdpErrorCode> {
  override readonly name = 'SdpError';
  readonly line: number;
  constructor(code: SdpErrorCode, at: { offset: number; line: number }, seen: string, expected: string) {
    super(code, at.offset, seen, expected, `line ${at.line}, octet ${at.offset}`);
    this.line = at.line;
  }
}

/** What a fault in other people's text is quoted as: short, and safe to print. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
