import { joinOctets } from '@/lib/bytes';
import type { TraceSink } from '@/lib/bytes';
import { Http1Error } from './errors';
import { checkFieldValue } from './field-line';
import { fieldLines, findField, type HeaderField } from './fields';
import { requestFraming, responseFraming } from './framing';
import { encodeLatin1 } from './latin1';
import type { ChunkExtension, Framing, RequestHead, ResponseHead } from './message';
import { RequestReader } from './request-reader';
import { ResponseReader } from './response-reader';
import { targetFormOf } from './start-line';
import { isToken, writeTokenOrQuoted } from './tokens';

const CRLF = '\r\n';

/** A request line and its fields as octets (RFC 9112 §3). @throws Http1Error HTTP1_UNWRITABLE */
export function encodeRequestHead({ method, target, version, headers }: RequestHead): Uint8Array {
  if (!isToken(method) || targetFormOf(method, target) === undefined)
    throw unwritable(`${method} ${target}`, 'a method and a target of its form');
  if (version === '0.9') return encodeLatin1(`GET ${target}${CRLF}`);
  return encodeLatin1(`${method} ${target} HTTP/${version}${CRLF}${writeFields(headers)}${CRLF}`);
}

/** A status line and its fields as octets (RFC 9112 §4). @throws Http1Error HTTP1_UNWRITABLE */
export function encodeResponseHead({ version, status, reason, headers }: ResponseHead): Uint8Array {
  if (version === '0.9') return new Uint8Array(0);
  if (!Number.isInteger(status) || status < 100 || status > 999)
    throw unwritable(String(status), '100 to 999');
  if (/[^\t\x20-\x7e\x80-\xff]/.test(reason)) throw unwritable(JSON.stringify(reason), 'text in one line');
  return encodeLatin1(`HTTP/${version} ${status} ${reason}${CRLF}${writeFields(headers)}${CRLF}`);
}

/**
 * A whole request. Content is chunked if Transfer-Encoding says so, else its Content-Length is added where it is missing.
 * With a sink the octets are read back, which traces them. @throws Http1Error
 */
export function encodeRequest(head: RequestHead, content = new Uint8Array(0), trace?: TraceSink): Uint8Array {
  const full = withLength(head, content);
  const octets = joinOctets([encodeRequestHead(full), writeContent(requestFraming(full), content)]);
  if (trace) new RequestReader({ allowHttp09: true }, trace).push(octets);
  return octets;
}

/** A whole response to a request with this method; else as `encodeRequest`. */
export function encodeResponse(
  head: ResponseHead,
  content = new Uint8Array(0),
  requestMethod = 'GET',
  trace?: TraceSink,
): Uint8Array {
  const bodiless =
    head.status < 200 || head.status === 204 || head.status === 304 || requestMethod === 'HEAD';
  const full = bodiless ? head : withLength(head, content, true);
  const octets = joinOctets([
    encodeResponseHead(full),
    writeContent(responseFraming(full, requestMethod), content),
  ]);
  if (trace) new ResponseReader({}, trace).expect(requestMethod).push(octets);
  return octets;
}

/** A chunk: size, extensions, data (RFC 9112 §7.1). No octets make no chunk: that would be the last one. */
export function encodeChunk(octets: Uint8Array, extensions: readonly ChunkExtension[] = []): Uint8Array {
  if (octets.length === 0) return octets;
  const written = extensions.map(({ name, value }) => {
    if (!isToken(name)) throw unwritable(JSON.stringify(name), 'a token');
    if (value !== undefined) checkFieldValue(value, 0);
    return value === undefined ? `;${name}` : `;${name}=${writeTokenOrQuoted(value)}`;
  });
  const line = encodeLatin1(`${octets.length.toString(16)}${written.join('')}${CRLF}`);
  return joinOctets([line, octets, encodeLatin1(CRLF)]);
}

/** The last chunk and the trailer fields (RFC 9112 §7.1.2). */
export function encodeLastChunk(trailers: readonly HeaderField[] = []): Uint8Array {
  return encodeLatin1(`0${CRLF}${writeFields(trailers)}${CRLF}`);
}

function withLength<Head extends RequestHead | ResponseHead>(
  head: Head,
  content: Uint8Array,
  always = false,
): Head {
  const { headers } = head;
  const isFramed = fieldLines(headers, 'transfer-encoding').length > 0 || head.version === '0.9';
  const length = findField(headers, 'content-length');
  if (length !== undefined && length !== String(content.length))
    throw unwritable(`Content-Length ${length}`, `${content.length}, the content's length`);
  if (isFramed || length !== undefined || (!always && content.length === 0)) return head;
  return { ...head, headers: [...headers, { name: 'Content-Length', value: String(content.length) }] };
}

function writeContent(framing: Framing, content: Uint8Array): Uint8Array {
  if (framing.kind === 'chunked') return joinOctets([encodeChunk(content), encodeLastChunk()]);
  return framing.kind === 'none' ? new Uint8Array(0) : content;
}

function writeFields(headers: readonly HeaderField[]): string {
  return headers
    .map(({ name, value }) => {
      if (!isToken(name)) throw unwritable(JSON.stringify(name), 'a token as field name');
      if (/[^\t\x20-\x7e\x80-\xff]/.test(value))
        throw unwritable(JSON.stringify(value), 'a value in one line');
      return `${name}: ${value}${CRLF}`;
    })
    .join('');
}

function unwritable(seen: string, expected: string): Http1Error {
  return new Http1Error('HTTP1_UNWRITABLE', 0, seen, expected);
}
