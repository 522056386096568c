import { Http1Error } from './errors';
import { combinedField, fieldLines, type HeaderField } from './fields';
import type { Framing, HttpVersion, RequestHead, ResponseHead } from './message';
import { splitList, trimOws } from './tokens';

/** Codings that may come before chunked; what they hide is not undone here (RFC 9112 §7.2). */
const CODINGS: ReadonlySet<string> = new Set(['gzip', 'x-gzip', 'deflate', 'compress', 'x-compress']);

/**
 * How long a request's content is (RFC 9112 §6.3). Whatever two readers could take differently is refused: both
 * Transfer-Encoding and Content-Length (§6.1), lengths that differ, a last coding that is not chunked.
 * @throws Http1Error with the status that the server answers
 */
export function requestFraming(head: RequestHead, offset = 0): Framing {
  if (head.version === '0.9') return { kind: 'none' };
  if (head.method === 'CONNECT') return { kind: 'tunnel' };
  const codings = transferCodings(head.headers, head.version, offset);
  const length = contentLength(head.headers, offset);
  if (!codings) return length === undefined || length === 0 ? { kind: 'none' } : { kind: 'length', length };
  refuseBoth(length, offset);
  if (codings.at(-1) !== 'chunked') {
    throw new Http1Error('HTTP1_TRANSFER_CODING_NOT_FINAL', offset, codings.join(', '), 'chunked last');
  }
  return { kind: 'chunked', codings: codings.slice(0, -1) };
}

/** How long the content of a response to `requestMethod` is (RFC 9112 §6.3). */
export function responseFraming(head: ResponseHead, requestMethod: string, offset = 0): Framing {
  const { status } = head;
  if (requestMethod === 'HEAD' || status === 204 || status === 304) return { kind: 'none' };
  if (status === 101) return { kind: 'tunnel' };
  if (status < 200) return { kind: 'none' };
  if (requestMethod === 'CONNECT' && status < 300) return { kind: 'tunnel' };
  if (head.version === '0.9') return { kind: 'until-close', codings: [] };
  const codings = transferCodings(head.headers, head.version, offset);
  const length = contentLength(head.headers, offset);
  if (codings) {
    refuseBoth(length, offset);
    return codings.at(-1) === 'chunked'
      ? { kind: 'chunked', codings: codings.slice(0, -1) }
      : { kind: 'until-close', codings };
  }
  if (length === undefined) return { kind: 'until-close', codings: [] };
  return length === 0 ? { kind: 'none' } : { kind: 'length', length };
}

function refuseBoth(length: number | undefined, offset: number): void {
  if (length === undefined) return;
  const seen = 'Transfer-Encoding and Content-Length';
  throw new Http1Error('HTTP1_TRANSFER_ENCODING_WITH_LENGTH', offset, seen, 'one of the two');
}

function transferCodings(
  headers: readonly HeaderField[],
  version: HttpVersion,
  offset: number,
): string[] | undefined {
  const value = combinedField(headers, 'transfer-encoding');
  if (value === undefined) return undefined;
  // HTTP/1.0 knows no such field: what passed it on did not understand it (RFC 9112 §6.1).
  if (version === '1.0')
    throw new Http1Error('HTTP1_TRANSFER_ENCODING_IN_1_0', offset, value, 'Content-Length in HTTP/1.0');
  const codings = splitList(value).map((coding) => coding.toLowerCase());
  const wrong = codings.find((coding) => coding !== 'chunked' && !CODINGS.has(coding));
  if (wrong !== undefined || codings.length === 0) {
    const seen = JSON.stringify(wrong ?? value);
    throw new Http1Error(
      'HTTP1_TRANSFER_CODING_UNKNOWN',
      offset,
      seen,
      'chunked, gzip, deflate, compress',
      501,
    );
  }
  if (codings.slice(0, -1).includes('chunked'))
    throw new Http1Error('HTTP1_TRANSFER_CODING_NOT_FINAL', offset, value, 'chunked once and last');
  return codings;
}

/** The one length that all lines agree on (RFC 9112 §6.3, rule 5). */
function contentLength(headers: readonly HeaderField[], offset: number): number | undefined {
  const lines = fieldLines(headers, 'content-length');
  if (lines.length === 0) return undefined;
  const values = lines.join(',').split(',').map(trimOws);
  for (const value of values) {
    if (!/^\d+$/.test(value) || !Number.isSafeInteger(Number(value)))
      throw new Http1Error('HTTP1_CONTENT_LENGTH_MALFORMED', offset, JSON.stringify(value), 'digits');
  }
  if (new Set(values).size > 1)
    throw new Http1Error('HTTP1_CONTENT_LENGTH_CONFLICT', offset, values.join(', '), 'one value');
  return Number(values[0]);
}
