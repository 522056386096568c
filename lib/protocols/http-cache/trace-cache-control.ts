import { FieldTrace, type TraceSink } from '@/lib/bytes';
import { parseQuotedString, trimOws } from '../http1';

const LIST = 'RFC 9110 §5.6.1';
const OWS = 'RFC 9110 §5.6.3';
const QUOTED = 'RFC 9110 §5.6.4';

// Directives of requests and of responses alike have two sections; the text does not say which message it is of.
const SECTIONS: ReadonlyMap<string, string> = new Map([
  ['max-age', 'RFC 9111 §5.2'],
  ['no-cache', 'RFC 9111 §5.2'],
  ['no-store', 'RFC 9111 §5.2'],
  ['no-transform', 'RFC 9111 §5.2'],
  ['max-stale', 'RFC 9111 §5.2.1.2'],
  ['min-fresh', 'RFC 9111 §5.2.1.3'],
  ['only-if-cached', 'RFC 9111 §5.2.1.7'],
  ['must-revalidate', 'RFC 9111 §5.2.2.2'],
  ['must-understand', 'RFC 9111 §5.2.2.3'],
  ['private', 'RFC 9111 §5.2.2.7'],
  ['proxy-revalidate', 'RFC 9111 §5.2.2.8'],
  ['public', 'RFC 9111 §5.2.2.9'],
  ['s-maxage', 'RFC 9111 §5.2.2.10'],
  ['stale-while-revalidate', 'RFC 5861 §3'],
  ['stale-if-error', 'RFC 5861 §4'],
  ['immutable', 'RFC 8246 §2'],
]);

/**
 * The spans of a Cache-Control value (RFC 9111 §5.2), one octet a character, for HTTP fields are read as Latin-1. Walks
 * the text as `splitList` does, which keeps no offsets; members after the first `maxMembers` are one span.
 */
export function traceCacheControl(text: string, trace: TraceSink, maxMembers: number): void {
  const fields = new FieldTrace(trace, LIST);
  let members = 0;
  for (let start = 0; start < text.length;) {
    if (members === maxMembers) {
      const rest = text.slice(start);
      fields.field(rest.length * 8, 'ignored', rest, `after ${maxMembers} directives`);
      return;
    }
    const end = endOfMember(text, start);
    if (traceMember(fields, text.slice(start, end))) members++;
    if (end < text.length) fields.field(8, 'comma', ',');
    start = end + 1;
  }
}

/** Where the next comma outside quotes is; a quoted string that does not end takes the rest. */
function endOfMember(text: string, start: number): number {
  let isQuoted = false;
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (isQuoted && character === '\\') at++;
    else if (character === '"') isQuoted = !isQuoted;
    else if (character === ',' && !isQuoted) return at;
  }
  return text.length;
}

/** Answers whether there was a directive between the white space. */
function traceMember(fields: FieldTrace, raw: string): boolean {
  const member = trimOws(raw);
  const lead = member === '' ? raw.length : raw.indexOf(member);
  const tail = raw.slice(lead + member.length);
  fields.field(lead * 8, 'white space', raw.slice(0, lead), undefined, OWS);
  if (member !== '') traceDirective(fields, member);
  fields.field(tail.length * 8, 'white space', tail, undefined, OWS);
  return member !== '';
}

function traceDirective(fields: FieldTrace, member: string): void {
  const at = member.indexOf('=');
  const name = (at < 0 ? member : member.slice(0, at)).toLowerCase();
  const section = SECTIONS.get(name);
  const ref = section ?? 'RFC 9111 §5.2.3';
  const note = section === undefined ? 'unknown: passed over' : undefined;
  fields.field((at < 0 ? member.length : at) * 8, 'directive', name, note, ref);
  if (at < 0) return;
  fields.field(8, 'equals sign', '=', undefined, 'RFC 9111 §5.2');
  const value = member.slice(at + 1);
  const content = parseQuotedString(value);
  if (content === undefined) fields.field(value.length * 8, 'value', value, undefined, ref);
  else
    fields
      .field(8, 'quote', '"', undefined, QUOTED)
      .field((value.length - 2) * 8, 'value', content, undefined, ref)
      .field(8, 'quote', '"', undefined, QUOTED);
}
