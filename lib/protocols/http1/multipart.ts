import { joinOctets } from '@/lib/bytes';
import { Http1Error } from './errors';
import { parseFieldLine } from './field-line';
import { findField, type HeaderField } from './fields';
import { decodeLatin1, encodeLatin1 } from './latin1';
import { parseContentRange, writeContentRange, type ByteRange, type ContentRange } from './range';
import { isToken, parseParameters, splitList } from './tokens';

/** A part of a multipart body (RFC 2046 §5.1). */
export type BodyPart = { readonly headers: readonly HeaderField[]; readonly content: Uint8Array };

/** Parts of one body, and octets of one part's header. */
const MAX_PARTS = 1000;
const MAX_PART_HEAD = 16_384;

// bcharsnospace and inner spaces, 1 to 70 characters (RFC 2046 §5.1.1)
const BOUNDARY = /^[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]$/;

/** The boundary of a multipart Content-Type, or undefined. */
export function boundaryOf(contentType: string): string | undefined {
  const [type = '', ...rest] = splitList(contentType, ';');
  const boundary = parseParameters(rest).get('boundary');
  return /^multipart\//i.test(type) && boundary !== undefined && BOUNDARY.test(boundary)
    ? boundary
    : undefined;
}

/** Parts with delimiters around them (RFC 2046 §5.1). @throws Http1Error when the boundary stands in a part */
export function encodeMultipart(parts: readonly BodyPart[], boundary: string): Uint8Array {
  if (!BOUNDARY.test(boundary))
    throw new Http1Error('HTTP1_UNWRITABLE', 0, JSON.stringify(boundary), 'a boundary of 1 to 70 characters');
  const pieces: Uint8Array[] = [];
  for (const { headers, content } of parts) {
    if (findOctets(content, encodeLatin1(`--${boundary}`), 0) >= 0)
      throw new Http1Error('HTTP1_UNWRITABLE', 0, 'the boundary in a part', 'another boundary');
    const lines = headers.map(({ name, value }) => {
      if (!isToken(name) || /[\r\n\0]/.test(value))
        throw new Http1Error(
          'HTTP1_UNWRITABLE',
          0,
          JSON.stringify(`${name}: ${value}`),
          'a field in one line',
        );
      return `${name}: ${value}\r\n`;
    });
    pieces.push(encodeLatin1(`--${boundary}\r\n${lines.join('')}\r\n`), content, encodeLatin1('\r\n'));
  }
  return joinOctets([...pieces, encodeLatin1(`--${boundary}--\r\n`)]);
}

/**
 * The parts of a whole body. What stands before the first and after the last delimiter does not count; white space after
 * a delimiter is passed over. @throws Http1Error HTTP1_MULTIPART_MALFORMED, HTTP1_MULTIPART_TOO_LONG
 */
export function decodeMultipart(octets: Uint8Array, boundary: string): BodyPart[] {
  const delimiter = encodeLatin1(`--${boundary}`);
  const parts: BodyPart[] = [];
  let mark = nextDelimiter(octets, delimiter, 0);
  while (mark && !mark.isLast) {
    const next = nextDelimiter(octets, delimiter, mark.contentStart);
    if (!next) throw new Http1Error('HTTP1_MULTIPART_MALFORMED', octets.length, 'the end', `--${boundary}--`);
    if (parts.length >= MAX_PARTS)
      throw new Http1Error(
        'HTTP1_MULTIPART_TOO_LONG',
        mark.contentStart,
        'another part',
        `at most ${MAX_PARTS}`,
      );
    parts.push(decodePart(octets.subarray(mark.contentStart, next.contentEnd), mark.contentStart));
    mark = next;
  }
  if (!mark) throw new Http1Error('HTTP1_MULTIPART_MALFORMED', 0, 'no delimiter', `--${boundary}`);
  return parts;
}

type Mark = { contentEnd: number; contentStart: number; isLast: boolean };

/** The next delimiter that starts a line and ends one. */
function nextDelimiter(octets: Uint8Array, delimiter: Uint8Array, from: number): Mark | undefined {
  for (let at = from; ; at++) {
    at = findOctets(octets, delimiter, at);
    if (at < 0) return undefined;
    const startsLine = at === 0 || at === from || (octets[at - 2] === 13 && octets[at - 1] === 10);
    if (!startsLine) continue;
    let end = at + delimiter.length;
    const isLast = octets[end] === 0x2d && octets[end + 1] === 0x2d;
    if (isLast) end += 2;
    while (octets[end] === 0x20 || octets[end] === 0x09) end++;
    const endsLine = octets[end] === 13 && octets[end + 1] === 10;
    if (endsLine || (isLast && end >= octets.length))
      return { contentEnd: Math.max(from, at - 2), contentStart: end + 2, isLast };
    if (isLast) return { contentEnd: Math.max(from, at - 2), contentStart: end, isLast };
  }
}

function decodePart(octets: Uint8Array, offset: number): BodyPart {
  const headers: HeaderField[] = [];
  let at = 0;
  for (;;) {
    const end = findOctets(octets, CRLF, at);
    if (end < 0 || end > MAX_PART_HEAD) {
      const code = end < 0 ? 'HTTP1_MULTIPART_MALFORMED' : 'HTTP1_MULTIPART_TOO_LONG';
      throw new Http1Error(code, offset + at, 'no empty line', `one within ${MAX_PART_HEAD} octets`);
    }
    if (end === at) return { headers, content: octets.slice(end + 2) };
    headers.push(parseFieldLine(decodeLatin1(octets.subarray(at, end)), offset + at));
    at = end + 2;
  }
}

const CRLF = Uint8Array.of(13, 10);

/** Where `wanted` starts, from `from` on; -1 if nowhere. */
function findOctets(octets: Uint8Array, wanted: Uint8Array, from: number): number {
  const first = wanted[0] ?? 0;
  for (let at = octets.indexOf(first, from); at >= 0; at = octets.indexOf(first, at + 1)) {
    if (at + wanted.length > octets.length) return -1;
    let i = 1;
    while (i < wanted.length && octets[at + i] === wanted[i]) i++;
    if (i === wanted.length) return at;
  }
  return -1;
}

/** The body of a 206 with several ranges (RFC 9110 §14.6). */
export function encodeByteranges(
  whole: Uint8Array,
  ranges: readonly ByteRange[],
  contentType: string,
  boundary: string,
): Uint8Array {
  const parts = ranges.map(({ first, last }) => {
    const value = writeContentRange({ unit: 'bytes', first, last, length: whole.length });
    const headers = [
      { name: 'Content-Type', value: contentType },
      { name: 'Content-Range', value },
    ];
    return { headers, content: whole.subarray(first, last + 1) };
  });
  return encodeMultipart(parts, boundary);
}

/** The parts of multipart/byteranges with their ranges. @throws Http1Error when a part does not say its range */
export function decodeByteranges(
  octets: Uint8Array,
  boundary: string,
): { range: ContentRange; contentType: string | undefined; content: Uint8Array }[] {
  return decodeMultipart(octets, boundary).map(({ headers, content }) => {
    const value = findField(headers, 'content-range');
    const range = value === undefined ? undefined : parseContentRange(value);
    if (!range) throw new Http1Error('HTTP1_MULTIPART_MALFORMED', 0, String(value), 'a Content-Range');
    return { range, contentType: findField(headers, 'content-type'), content };
  });
}
