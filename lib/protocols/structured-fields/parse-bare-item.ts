import { StructuredFieldError } from './errors';
import type { Scanner } from './scanner';
import type { BareItem } from './types';

/** RFC 9651 §4.2.3.1: the first character tells the type. */
export function parseBareItem(scanner: Scanner): BareItem {
  const start = scanner.position;
  const bare = parseByFirst(scanner);
  const shown = bare.value instanceof Uint8Array ? `${bare.value.length} octets` : String(bare.value);
  scanner.span(start, bare.type, shown, SECTIONS[bare.type]);
  return bare;
}

const SECTIONS: Record<BareItem['type'], string> = {
  integer: '3.3.1',
  decimal: '3.3.2',
  string: '3.3.3',
  token: '3.3.4',
  binary: '3.3.5',
  boolean: '3.3.6',
  date: '3.3.7',
  'display-string': '3.3.8',
};

function parseByFirst(scanner: Scanner): BareItem {
  const first = scanner.peek();
  if (first === '-' || (first >= '0' && first <= '9')) return parseNumber(scanner);
  if (first === '"') return parseString(scanner);
  if (first === ':') return parseBinary(scanner);
  if (first === '?') return parseBoolean(scanner);
  if (first === '@') return parseDate(scanner);
  if (first === '%') return parseDisplayString(scanner);
  const token = scanner.match(/[A-Za-z*][!#$%&'*+\-.^_`|~0-9A-Za-z:/]*/y);
  return token === '' ? scanner.fail('an item') : { type: 'token', value: token };
}

/** §4.2.4: at most 15 digits; a decimal has at most 12 before the point and 1 to 3 behind it. */
function parseNumber(scanner: Scanner): BareItem {
  const start = scanner.position;
  scanner.takes('-');
  const whole = scanner.match(/\d*/y);
  if (whole === '') return scanner.fail('a digit');
  const tooLong = (expected: string): never => {
    throw new StructuredFieldError(
      'SF_NUMBER_TOO_LONG',
      start,
      scanner.text.slice(start, start + 20),
      expected,
    );
  };
  if (!scanner.takes('.')) {
    if (whole.length > 15) tooLong('at most 15 digits');
    return { type: 'integer', value: numberIn(scanner, start) };
  }
  if (whole.length > 12) tooLong('at most 12 digits before the point');
  const fraction = scanner.match(/\d*/y);
  if (fraction === '') return scanner.fail('a digit');
  if (fraction.length > 3) tooLong('at most 3 digits behind the point');
  return { type: 'decimal', value: numberIn(scanner, start) };
}

/** Minus nothing is nothing: writing would give `-0` back otherwise. */
function numberIn(scanner: Scanner, start: number): number {
  return Number(scanner.text.slice(start, scanner.position)) + 0;
}

/** §4.2.5: visible ASCII and spaces; only `"` and `\` are escaped. */
function parseString(scanner: Scanner): BareItem {
  scanner.takes('"');
  const value = scanner.match(/(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*/y);
  if (!scanner.takes('"')) return scanner.fail('a visible character, \\" or \\\\, or the closing quote');
  return { type: 'string', value: value.replace(/\\(.)/g, '$1') };
}

/** §4.2.7: base64, whose padding may be missing and whose last bits may be set. */
function parseBinary(scanner: Scanner): BareItem {
  scanner.takes(':');
  const start = scanner.position;
  const base64 = scanner.match(/[A-Za-z0-9+/=]*/y);
  if (!scanner.takes(':')) return scanner.fail('base64, or the closing colon');
  try {
    const binary = atob(base64);
    return { type: 'binary', value: Uint8Array.from(binary, (character) => character.charCodeAt(0)) };
  } catch {
    throw new StructuredFieldError('SF_BASE64', start, base64.slice(0, 40), 'base64');
  }
}

/** §4.2.8 */
function parseBoolean(scanner: Scanner): BareItem {
  scanner.takes('?');
  const digit = scanner.match(/[01]/y);
  return digit === '' ? scanner.fail('0 or 1') : { type: 'boolean', value: digit === '1' };
}

/** §4.2.9 */
function parseDate(scanner: Scanner): BareItem {
  scanner.takes('@');
  const start = scanner.position;
  const seconds = parseNumber(scanner);
  if (seconds.type !== 'integer') return scanner.fail('whole seconds', start);
  return { type: 'date', value: seconds.value };
}

/** §4.2.10: UTF-8, percent-encoded in lower case; `"` and `%` are always encoded. */
function parseDisplayString(scanner: Scanner): BareItem {
  scanner.takes('%');
  const start = scanner.position;
  if (!scanner.takes('"')) return scanner.fail('"');
  const encoded = scanner.match(/(?:[\x20\x21\x23\x24\x26-\x7e]|%[0-9a-f]{2})*/y);
  if (!scanner.takes('"'))
    return scanner.fail('a visible character, %xx in lower case, or the closing quote');
  const octets = Uint8Array.from(encoded.match(/%..|./g) ?? [], (part) =>
    part.length === 3 ? Number.parseInt(part.slice(1), 16) : part.charCodeAt(0),
  );
  try {
    return {
      type: 'display-string',
      value: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets),
    };
  } catch {
    throw new StructuredFieldError('SF_UTF8', start, encoded.slice(0, 40), 'UTF-8');
  }
}
