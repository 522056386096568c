import { FieldTrace, type TraceSink } from '@/lib/bytes';

// Sections of the fields that a handshake is made of; others have HTTP's own.
const VALUE_SECTIONS: ReadonlyMap<string, string> = new Map([
  ['host', 'RFC 9110 §7.2'],
  ['upgrade', 'RFC 9110 §7.8'],
  ['connection', 'RFC 9110 §7.6.1'],
  ['origin', 'RFC 6454 §7'],
  ['sec-websocket-key', 'RFC 6455 §11.3.1'],
  ['sec-websocket-extensions', 'RFC 6455 §11.3.2'],
  ['sec-websocket-accept', 'RFC 6455 §11.3.3'],
  ['sec-websocket-protocol', 'RFC 6455 §11.3.4'],
  ['sec-websocket-version', 'RFC 6455 §11.3.5'],
]);

const LINE_END = 'RFC 9112 §2.2';

// Name and section of the three parts of a start line.
const REQUEST = [
  ['method', 'RFC 9112 §3.1'],
  ['request-target', 'RFC 9112 §3.2'],
  ['HTTP-version', 'RFC 9112 §2.3'],
] as const;
const RESPONSE = [
  ['HTTP-version', 'RFC 9112 §2.3'],
  ['status-code', 'RFC 9112 §4'],
  ['reason-phrase', 'RFC 9112 §4'],
] as const;

/**
 * The spans of a head (RFC 9112 §2.1), one character an octet. Not the HTTP room's reader, for that refuses targets and
 * values that this one leaves to the rules of §4.2.1.
 */
export function traceHead(startLine: string, lines: readonly string[], trace: TraceSink): void {
  const fields = new FieldTrace(trace, 'RFC 9112 §5');
  traceStartLine(fields, startLine);
  for (const line of lines) traceField(fields, line);
  traceLineEnd(fields);
}

/** Whatever follows the second space belongs to the third part: a reason has spaces of its own. */
function traceStartLine(fields: FieldTrace, line: string): void {
  const [first, second, third] = line.startsWith('HTTP/') ? RESPONSE : REQUEST;
  const ref = line.startsWith('HTTP/') ? 'RFC 9112 §4' : 'RFC 9112 §3';
  let rest = line;
  for (const [name, section] of [first, second]) {
    const space = rest.indexOf(' ');
    const part = space < 0 ? rest : rest.slice(0, space);
    fields.field(part.length * 8, name, part, undefined, section);
    if (space >= 0) fields.field(8, 'SP', ' ', undefined, ref);
    rest = space < 0 ? '' : rest.slice(space + 1);
  }
  fields.field(rest.length * 8, third[0], rest, undefined, third[1]);
  traceLineEnd(fields);
}

/** `field-name ":" OWS field-value OWS` (RFC 9112 §5). */
function traceField(fields: FieldTrace, line: string): void {
  const colon = line.indexOf(':');
  const name = line.slice(0, colon);
  const raw = line.slice(colon + 1);
  const value = raw.replace(/^[ \t]+|[ \t]+$/g, '');
  const lead = value === '' ? raw.length : raw.indexOf(value);
  const tail = raw.slice(lead + value.length);
  const section = VALUE_SECTIONS.get(name.toLowerCase()) ?? 'RFC 9110 §5.5';
  fields
    .field(name.length * 8, 'field-name', name)
    .field(8, 'colon', ':')
    .field(lead * 8, 'OWS', raw.slice(0, lead))
    .field(value.length * 8, 'field-value', value, undefined, section)
    .field(tail.length * 8, 'OWS', tail);
  traceLineEnd(fields);
}

function traceLineEnd(fields: FieldTrace): void {
  fields.field(16, 'CRLF', '', undefined, LINE_END);
}
