import { ProtocolError } from '@/lib/bytes';

/** Why a challenge or credentials cannot be read or written; stable. */
export type HttpAuthErrorCode =
  | 'HTTP_AUTH_SCHEME_MISSING'
  | 'HTTP_AUTH_MALFORMED'
  | 'HTTP_AUTH_PARAM_REPEATED'
  | 'HTTP_AUTH_PARAM_MISSING'
  | 'HTTP_AUTH_PARAM_WRONG'
  | 'HTTP_AUTH_TOO_LONG'
  | 'HTTP_AUTH_SCHEME_WRONG'
  | 'HTTP_AUTH_BASIC_MALFORMED'
  | 'HTTP_AUTH_ALGORITHM_UNSUPPORTED'
  | 'HTTP_AUTH_QOP_UNSUPPORTED';

/**
 * A field that RFC 9110 §11, RFC 7617 or RFC 7616 does not allow. `offset` is the character at fault; `seen` and
 * `expected` say what stood there and what could have.
 */
export class HttpAuthError extends ProtocolError<HttpAuthErrorCode> {
  override readonly name = 'HttpAuthError';
}
