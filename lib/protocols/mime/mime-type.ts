import { FieldTrace, type TraceSink } from '@/lib/bytes';
import { collectQuotedString, type QuotedString } from './quoted-string';
import { traceSpace, traceValue } from './trace-value';

/** A MIME type (WHATWG MIME Sniffing §4.1): type and subtype in lower case, parameters in the order read. */
export type MimeType = {
  readonly type: string;
  readonly subtype: string;
  readonly parameters: ReadonlyMap<string, string>;
};

/** `type/subtype`, without parameters. */
export function essenceOf({ type, subtype }: MimeType): string {
  return `${type}/${subtype}`;
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// HTTP quoted-string token code points
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const SECTION = 'MIME Sniffing §4.4';
const isWhitespace = (character: string) => /^[\t\n\r ]$/.test(character);

/** Lower case of A to Z only; a Kelvin sign does not become a k. */
const toAsciiLower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Without white space at the end: a loop, for a pattern would try every start. */
function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isWhitespace(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

function trim(text: string): string {
  let start = 0;
  while (start < text.length && isWhitespace(text.charAt(start))) start++;
  return trimEnd(text.slice(start));
}

/**
 * Reads a MIME type (WHATWG MIME Sniffing §4.4). Parameters that are broken are left out, the first of two with one name
 * stays. Undefined is the standard's "failure": no type, no subtype, or one that is no token; then nothing is traced.
 * Spans count one octet a character, for the standard reads octets as Latin-1 ("isomorphic decode").
 */
export function parseMimeType(input: string, trace?: TraceSink): MimeType | undefined {
  const text = trim(input);
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const semicolon = positionOf(text, slash, ';');
  const type = text.slice(0, slash);
  const subtype = trimEnd(text.slice(slash + 1, semicolon));
  if (!TOKEN.test(type) || !TOKEN.test(subtype)) return undefined;
  const fields = trace && new FieldTrace(trace, SECTION);
  const lead = fields ? input.indexOf(text) : 0;
  if (fields) traceSpace(fields, input.slice(0, lead));
  fields
    ?.field(type.length * 8, 'type', toAsciiLower(type))
    .field(8, 'slash', '/')
    .field(subtype.length * 8, 'subtype', toAsciiLower(subtype));
  if (fields) traceSpace(fields, text.slice(slash + 1 + subtype.length, semicolon));
  const parameters = parseParameters(text, semicolon, fields);
  if (fields) traceSpace(fields, input.slice(lead + text.length));
  return { type: toAsciiLower(type), subtype: toAsciiLower(subtype), parameters };
}

function positionOf(text: string, from: number, ...characters: string[]): number {
  let at = from;
  while (at < text.length && !characters.includes(text.charAt(at))) at++;
  return at;
}

/** `;name=value` again and again; `at` is a semicolon's or the end. */
function parseParameters(text: string, at: number, fields?: FieldTrace): Map<string, string> {
  const parameters = new Map<string, string>();
  while (at < text.length) {
    at++;
    const spaceStart = at;
    while (at < text.length && isWhitespace(text.charAt(at))) at++;
    const nameEnd = positionOf(text, at, ';', '=');
    const name = toAsciiLower(text.slice(at, nameEnd));
    fields?.field(8, 'semicolon', ';');
    if (fields) traceSpace(fields, text.slice(spaceStart, at));
    at = nameEnd;
    if (text.charAt(at) !== '=') {
      fields?.field(name.length * 8, 'parameter name', name, 'left out: it has no value');
      continue;
    }
    fields?.field(name.length * 8, 'parameter name', name).field(8, 'equals sign', '=');
    at++;
    if (at >= text.length) break;
    const valueStart = at;
    let quoted: QuotedString | undefined;
    let value: string;
    if (text.charAt(at) === '"') {
      quoted = collectQuotedString(text, at);
      value = quoted.value;
      // What follows the closing quote does not count.
      at = positionOf(text, quoted.end, ';');
    } else {
      const end = positionOf(text, at, ';');
      value = trimEnd(text.slice(at, end));
      at = end;
    }
    const isKept =
      (quoted !== undefined || value !== '') &&
      TOKEN.test(name) &&
      VALUE.test(value) &&
      !parameters.has(name);
    if (fields) traceValue(fields, text.slice(valueStart, at), { value, quoted, valueStart, isKept });
    if (isKept) parameters.set(name, value);
  }
  return parameters;
}

/** The text of a MIME type; values that are no token are quoted (WHATWG MIME Sniffing §4.5). */
export function writeMimeType(mimeType: MimeType): string {
  let text = essenceOf(mimeType);
  for (const [name, value] of mimeType.parameters) {
    text += `;${name}=${TOKEN.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`;
  }
  return text;
}
