import type { TraceSink } from '@/lib/bytes';
import { WebSocketHandshakeError } from './errors';
import { isHttpToken } from './extensions';
import { traceHead } from './trace-head';

/** A start line and its fields, as far as a handshake needs them (RFC 9112 §2.1). */
export type HttpHead = {
  startLine: string;
  fields: readonly HeadField[];
  /** Octets up to and with the empty line; what follows are frames. */
  length: number;
};

/** `name` in lower case; `offset` is the octet where its line begins. */
export type HeadField = { name: string; value: string; offset: number };

/** 16 KiB and 128 fields: longer heads are refused. */
export const MAX_HEAD_OCTETS = 16 * 1024;
const MAX_FIELDS = 128;
const CR = 13;
const LF = 10;

/**
 * Octets, or text, to a head; `undefined` if its empty line is not there yet (RFC 9112 §2.1). Spans count octets, of text
 * those of its UTF-8, and cover the head.
 * @throws WebSocketHandshakeError WEBSOCKET_HANDSHAKE_HEAD_TOO_LONG, WEBSOCKET_HANDSHAKE_HEAD_MALFORMED
 */
export function parseHead(head: Uint8Array | string, trace?: TraceSink): HttpHead | undefined {
  const octets = typeof head === 'string' ? new TextEncoder().encode(head) : head;
  const end = endOfHead(octets);
  if (end === undefined) {
    if (octets.length >= MAX_HEAD_OCTETS) throw tooLong(`${octets.length} octets`);
    return undefined;
  }
  // One character an octet, so that offsets count the same in both.
  const text = Array.from(octets.subarray(0, end), (octet) => String.fromCharCode(octet)).join('');
  const [startLine = '', ...lines] = text.slice(0, -4).split('\r\n');
  if (lines.length > MAX_FIELDS) throw tooLong(`${lines.length} fields`);
  let offset = startLine.length + 2;
  const fields = lines.map((line) => {
    const field = fieldOf(line, offset);
    offset += line.length + 2;
    return field;
  });
  if (trace) traceHead(startLine, lines, trace);
  return { startLine, fields, length: end };
}

/** A bare LF would end no line, and a head of those would be waited for in vain. */
function endOfHead(octets: Uint8Array): number | undefined {
  const last = Math.min(octets.length, MAX_HEAD_OCTETS);
  for (let i = octets.indexOf(LF); i >= 0 && i < last; i = octets.indexOf(LF, i + 1)) {
    if (octets[i - 1] !== CR)
      throw new WebSocketHandshakeError('WEBSOCKET_HANDSHAKE_HEAD_MALFORMED', 'LF', 'CR before it', i);
    if (octets[i - 2] === LF && octets[i - 3] === CR) return i + 1;
  }
  return undefined;
}

function fieldOf(line: string, offset: number): HeadField {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(0, colon));
  const value = line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '');
  if (!isHttpToken(name) || /[\0\r\n]/.test(value)) {
    const seen = JSON.stringify(line.slice(0, 80));
    throw new WebSocketHandshakeError(
      'WEBSOCKET_HANDSHAKE_HEAD_MALFORMED',
      seen,
      'a name, a colon, a value',
      offset,
    );
  }
  return { name: name.toLowerCase(), value, offset };
}

/** The value of a field; several of one name make one list (RFC 9110 §5.3). */
export function valueOf({ fields }: HttpHead, name: string): string | undefined {
  const values = fields.filter((field) => field.name === name).map(({ value }) => value);
  return values.length === 0 ? undefined : values.join(', ');
}

export function offsetOf({ fields }: HttpHead, name: string): number {
  return fields.find((field) => field.name === name)?.offset ?? 0;
}

/** The members of a comma-separated list, in lower case, to look for a word in it. */
export function wordsOf(value: string | undefined): string[] {
  return (value ?? '').split(',').map((word) => word.trim().toLowerCase());
}

function tooLong(seen: string): WebSocketHandshakeError {
  const expected = `at most ${MAX_HEAD_OCTETS} octets and ${MAX_FIELDS} fields`;
  return new WebSocketHandshakeError('WEBSOCKET_HANDSHAKE_HEAD_TOO_LONG', seen, expected);
}
