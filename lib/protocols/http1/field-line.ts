import { FieldTrace, type TraceSink } from '@/lib/bytes';
import { Http1Error } from './errors';
import type { HeaderField } from './fields';
import { isToken, trimOws } from './tokens';

const REF = 'RFC 9112 §5';

/**
 * `field-name ":" OWS field-value OWS` (RFC 9112 §5). No white space before the colon, for that has been read two ways
 * (§5.1); no control character in the value (RFC 9110 §5.5).
 */
export function parseFieldLine(line: string, offset: number, trace?: TraceSink): HeaderField {
  const colon = line.indexOf(':');
  const name = colon < 0 ? line : line.slice(0, colon);
  if (colon < 0 || !isToken(name)) {
    const expected = 'a token and ":" with no space between';
    throw new Http1Error('HTTP1_FIELD_NAME_MALFORMED', offset, JSON.stringify(name.slice(0, 40)), expected);
  }
  const raw = line.slice(colon + 1);
  checkFieldValue(raw, offset + colon + 1);
  const value = trimOws(raw);
  if (trace) {
    const lead = value === '' ? raw.length : raw.indexOf(value);
    new FieldTrace(trace, REF, offset)
      .field(name.length * 8, 'field-name', name)
      .field(8, 'colon', ':')
      .field(lead * 8, 'OWS', '')
      .field(value.length * 8, 'field-value', value, undefined, 'RFC 9110 §5.5')
      .field((raw.length - lead - value.length) * 8, 'OWS', '')
      .field(16, 'CRLF', '', undefined, 'RFC 9112 §2.2');
  }
  return { name, value };
}

/** @throws Http1Error HTTP1_FIELD_VALUE_MALFORMED at the first control character. */
export function checkFieldValue(value: string, offset: number): void {
  const wrong = /[^\t\x20-\x7e\x80-\xff]/.exec(value);
  if (!wrong) return;
  const seen = JSON.stringify(wrong[0]);
  throw new Http1Error('HTTP1_FIELD_VALUE_MALFORMED', offset + wrong.index, seen, 'no control character');
}
