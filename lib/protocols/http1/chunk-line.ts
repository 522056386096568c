import { FieldTrace, type TraceSink } from '@/lib/bytes';
import { Http1Error } from './errors';
import type { ChunkExtension } from './message';
import { isToken, parseQuotedString } from './tokens';

const REF = 'RFC 9112 §7.1';

/** 2^52 − 1 octets: what thirteen hex digits can say and a number holds exactly. */
const MAX_SIZE_DIGITS = 13;

/** `chunk-size [ chunk-ext ]`, without its CRLF (RFC 9112 §7.1). */
export function parseChunkLine(
  line: string,
  offset: number,
  trace?: TraceSink,
): { size: number; extensions: ChunkExtension[] } {
  const digits = /^[0-9a-fA-F]*/.exec(line)?.[0] ?? '';
  const significant = digits.replace(/^0+/, '').length;
  if (digits === '' || significant > MAX_SIZE_DIGITS || digits.length > 64) {
    const seen = JSON.stringify(line.slice(0, 40));
    throw new Http1Error('HTTP1_CHUNK_SIZE_MALFORMED', offset, seen, `1 to ${MAX_SIZE_DIGITS} hex digits`);
  }
  const rest = line.slice(digits.length);
  const extensions = parseExtensions(rest, offset + digits.length);
  const size = Number.parseInt(digits, 16);
  if (trace) {
    new FieldTrace(trace, REF, offset)
      .field(digits.length * 8, 'chunk-size', digits, String(size))
      .field(rest.length * 8, 'chunk-ext', rest, undefined, 'RFC 9112 §7.1.1')
      .field(16, 'CRLF', '');
  }
  return { size, extensions };
}

// *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] ), RFC 9112 §7.1.1
const EXTENSION = /[ \t]*;[ \t]*([^ \t;="]+)(?:[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"|[^ \t;="]+))?/y;

function parseExtensions(text: string, offset: number): ChunkExtension[] {
  const extensions: ChunkExtension[] = [];
  EXTENSION.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    const match = EXTENSION.exec(text);
    const name = match?.[1] ?? '';
    const raw = match?.[2];
    const value = raw?.startsWith('"') ? parseQuotedString(raw) : raw;
    const isValueFine = raw === undefined || (raw.startsWith('"') ? isQuotable(value) : isToken(raw));
    if (!match || !isToken(name) || !isValueFine) {
      const seen = JSON.stringify(text.slice(at, at + 40));
      throw new Http1Error('HTTP1_CHUNK_EXTENSION_MALFORMED', offset + at, seen, ';name or ;name=value');
    }
    extensions.push({ name, value });
    at = EXTENSION.lastIndex;
  }
  return extensions;
}

function isQuotable(value: string | undefined): boolean {
  return value !== undefined && !/[^\t\x20-\x7e\x80-\xff]/.test(value);
}
