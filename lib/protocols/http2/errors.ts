import { ProtocolError } from '@/lib/bytes';
import { ERROR_CODES, type ErrorName } from './registries';

/** Which rule was broken; stable. Each goes over the wire as one of the fourteen codes of RFC 9113 §7. */
export type Http2ErrorCode =
  | 'HTTP2_PREFACE_WRONG'
  | 'HTTP2_SETTINGS_NOT_FIRST'
  | 'HTTP2_FRAME_TOO_LONG'
  | 'HTTP2_FRAME_TOO_SHORT'
  | 'HTTP2_LENGTH_WRONG'
  | 'HTTP2_PADDING_TOO_LONG'
  | 'HTTP2_STREAM_ZERO'
  | 'HTTP2_STREAM_NOT_ZERO'
  | 'HTTP2_STREAM_ID_WRONG'
  | 'HTTP2_STREAM_IDLE'
  | 'HTTP2_STREAM_CLOSED'
  | 'HTTP2_STREAM_RESERVED'
  | 'HTTP2_TOO_MANY_STREAMS'
  | 'HTTP2_SELF_DEPENDENCY'
  | 'HTTP2_SETTING_OUT_OF_RANGE'
  | 'HTTP2_WINDOW_INCREMENT_ZERO'
  | 'HTTP2_WINDOW_OVERFLOW'
  | 'HTTP2_WINDOW_EXCEEDED'
  | 'HTTP2_CONTINUATION_EXPECTED'
  | 'HTTP2_CONTINUATION_UNEXPECTED'
  | 'HTTP2_FIELD_BLOCK_TOO_LARGE'
  | 'HTTP2_FIELD_BLOCK_BROKEN'
  | 'HTTP2_GOAWAY_RAISED'
  | 'HTTP2_PUSH_NOT_ALLOWED'
  | 'HTTP2_MESSAGE_MALFORMED'
  | 'HTTP2_PRIORITY_BROKEN'
  | 'HTTP2_TOO_MUCH';

/**
 * What a peer did wrong. `errorCode` and `errorName` are what goes into GOAWAY (`scope: 'connection'`, RFC 9113
 * §5.4.1) or RST_STREAM (`scope: 'stream'`, §5.4.2). `offset` is the octet at fault, counted from the first that was
 * read, where one frame alone tells it; `ref` is the section of the rule.
 */
export class Http2Error extends ProtocolError<Http2ErrorCode> {
  override readonly name = 'Http2Error';
  readonly errorName: ErrorName;
  readonly scope: 'connection' | 'stream';
  readonly streamId: number;
  readonly ref: string;

  constructor(what: {
    code: Http2ErrorCode;
    errorName: ErrorName;
    scope?: 'connection' | 'stream';
    streamId?: number;
    offset?: number;
    seen: string;
    expected: string;
    ref: string;
  }) {
    super(what.code, what.offset ?? 0, what.seen, what.expected);
    this.errorName = what.errorName;
    this.scope = what.scope ?? 'connection';
    this.streamId = what.streamId ?? 0;
    this.ref = what.ref;
  }

  get errorCode(): number {
    return ERROR_CODES[this.errorName];
  }
}
