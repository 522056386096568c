import { FieldTrace, type TraceSink } from '@/lib/bytes';
import { Http1Error } from './errors';
import type { HttpVersion, RequestHead, ResponseHead } from './message';
import { isToken } from './tokens';

const VERSION = /^HTTP\/(\d)\.(\d)$/;
const REQUEST = 'RFC 9112 §3';
const RESPONSE = 'RFC 9112 §4';

/** `method SP request-target SP HTTP-version`, with exactly these spaces (RFC 9112 §3). */
export function parseRequestLine(
  line: string,
  offset: number,
  allowHttp09 = false,
  trace?: TraceSink,
): Omit<RequestHead, 'headers'> {
  const parts = line.split(' ');
  const [method = '', target = '', versionText = ''] = parts;
  if (!isToken(method))
    throw new Http1Error('HTTP1_METHOD_MALFORMED', offset, JSON.stringify(method), 'a token');
  // HTTP/0.9 had the method, the path and nothing else (RFC 1945 §5).
  const isSimple = allowHttp09 && parts.length === 2 && method === 'GET';
  if (parts.length !== 3 && !isSimple) {
    throw new Http1Error(
      'HTTP1_START_LINE_MALFORMED',
      offset,
      `${parts.length} parts`,
      'method, target, version',
    );
  }
  checkTarget(method, target, offset + method.length + 1);
  const version = isSimple ? '0.9' : parseVersion(versionText, offset + method.length + target.length + 2);
  if (trace) {
    const fields = new FieldTrace(trace, REQUEST, offset);
    fields.field(method.length * 8, 'method', method).field(8, 'SP', ' ');
    fields.field(target.length * 8, 'request-target', target, undefined, 'RFC 9112 §3.2');
    if (!isSimple)
      fields.field(8, 'SP', ' ').field(64, 'HTTP-version', versionText, undefined, 'RFC 9112 §2.3');
    fields.field(16, 'CRLF', '', undefined, 'RFC 9112 §2.2');
  }
  return { method, target, version };
}

/** The four forms of a target (RFC 9112 §3.2). */
export type TargetForm = 'origin' | 'absolute' | 'authority' | 'asterisk';

/** Which form a target has; undefined if none. */
export function targetFormOf(method: string, target: string): TargetForm | undefined {
  if (!/^[\x21-\x7e]+$/.test(target) || target.includes('#')) return undefined;
  if (method === 'CONNECT')
    return /^(\[[0-9a-fA-F:.]+\]|[^/?@:[\]]+):\d+$/.test(target) ? 'authority' : undefined;
  if (target.startsWith('/')) return 'origin';
  if (target === '*') return method === 'OPTIONS' ? 'asterisk' : undefined;
  return /^[A-Za-z][A-Za-z0-9+.-]*:./.test(target) ? 'absolute' : undefined;
}

function checkTarget(method: string, target: string, offset: number): void {
  if (targetFormOf(method, target) === undefined) {
    const expected = method === 'CONNECT' ? 'host:port' : 'a path, an absolute URI, or * for OPTIONS';
    throw new Http1Error('HTTP1_TARGET_MALFORMED', offset, JSON.stringify(target), expected);
  }
}

function parseVersion(text: string, offset: number): HttpVersion {
  const match = VERSION.exec(text);
  if (!match) throw new Http1Error('HTTP1_VERSION_MALFORMED', offset, JSON.stringify(text), 'HTTP/1.1');
  if (match[1] !== '1') throw new Http1Error('HTTP1_VERSION_UNSUPPORTED', offset, text, 'HTTP/1.1', 505);
  return match[2] === '0' ? '1.0' : '1.1';
}

/** `HTTP-version SP status-code SP [reason-phrase]`; the space after the code may be missing (RFC 9112 §4). */
export function parseStatusLine(
  line: string,
  offset: number,
  trace?: TraceSink,
): Omit<ResponseHead, 'headers'> {
  const version = parseVersion(line.slice(0, 8), offset);
  const code = line.slice(9, 12);
  if (line.charAt(8) !== ' ' || !/^[1-9]\d\d$/.test(code) || !/^( |$)/.test(line.slice(12)))
    throw new Http1Error('HTTP1_STATUS_MALFORMED', offset + 9, JSON.stringify(line.slice(8, 13)), '" 200 "');
  const reason = line.slice(13);
  const wrong = /[^\t\x20-\x7e\x80-\xff]/.exec(reason);
  if (wrong) {
    throw new Http1Error(
      'HTTP1_REASON_MALFORMED',
      offset + 13 + wrong.index,
      JSON.stringify(wrong[0]),
      'text',
    );
  }
  if (trace) {
    const fields = new FieldTrace(trace, RESPONSE, offset);
    fields.field(64, 'HTTP-version', line.slice(0, 8), undefined, 'RFC 9112 §2.3').field(8, 'SP', ' ');
    fields.field(24, 'status-code', code);
    if (line.length > 12) fields.field(8, 'SP', ' ').field(reason.length * 8, 'reason-phrase', reason);
    fields.field(16, 'CRLF', '', undefined, 'RFC 9112 §2.2');
  }
  return { version, status: Number(code), reason };
}
