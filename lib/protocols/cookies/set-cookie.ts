import type { TraceSink } from '@/lib/bytes';
import { parseCookieDate } from './date';
import { octetsOf } from './octets';
import type { CookieRule } from './rules';
import { SetCookieTrace } from './trace';
import { trimWsp } from './white-space';

/** The longest name and value together (RFC 6265bis §5.6). */
export const MAX_NAME_VALUE_OCTETS = 4096;
/** The longest attribute value that counts (RFC 6265bis §5.6). */
export const MAX_ATTRIBUTE_OCTETS = 1024;

/** What the SameSite attribute said; `default` when it said nothing that is known (RFC 6265bis §5.6.7). */
export type SameSite = 'strict' | 'lax' | 'none' | 'default';

/** A Set-Cookie field, read. The last of several attributes with one name counts, as in storing. */
export type SetCookie = {
  readonly name: string;
  readonly value: string;
  /** Undefined: no Expires that is a date. */
  readonly expiresMs: number | undefined;
  /** Undefined: no Max-Age that is a number. */
  readonly maxAgeSeconds: number | undefined;
  /** In lower case without a dot in front; empty when absent. */
  readonly domain: string;
  /** Undefined: none, or one that does not start with "/": the default path holds. */
  readonly path: string | undefined;
  readonly hasPath: boolean;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: SameSite;
};

/** Any control character but HTAB. */
function hasControlCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f) return true;
  }
  return false;
}

/** "name=value" or "value" alone, trimmed; `otherwise` says which of the two a text without "=" is. */
function splitPair(text: string, otherwise: 'name' | 'value'): [string, string] {
  const at = text.indexOf('=');
  if (at < 0) return otherwise === 'name' ? [trimWsp(text), ''] : ['', trimWsp(text)];
  return [trimWsp(text.slice(0, at)), trimWsp(text.slice(at + 1))];
}

/**
 * Reads a Set-Cookie field's value (RFC 6265bis §5.6); a rule's id, and no span, when the whole field is to be ignored.
 * Spans count UTF-8 octets.
 */
export function parseSetCookie(text: string, trace?: TraceSink): SetCookie | CookieRule {
  if (hasControlCharacter(text)) return 'control-character';
  const [pair = '', ...attributes] = text.split(';');
  const [name, value] = splitPair(pair, 'value');
  if (octetsOf(name) + octetsOf(value) > MAX_NAME_VALUE_OCTETS) return 'too-long';
  const spans = trace && new SetCookieTrace(trace);
  spans?.cookie(pair);
  let cookie: SetCookie = {
    name,
    value,
    expiresMs: undefined,
    maxAgeSeconds: undefined,
    domain: '',
    path: undefined,
    hasPath: false,
    secure: false,
    httpOnly: false,
    sameSite: 'default',
  };
  for (const attribute of attributes) {
    const [attributeName, attributeValue] = splitPair(attribute, 'name');
    const lowerName = attributeName.toLowerCase();
    const isShort = octetsOf(attributeValue) <= MAX_ATTRIBUTE_OCTETS;
    const change = isShort ? readAttribute(lowerName, attributeValue) : {};
    if (isShort) cookie = { ...cookie, ...change };
    spans?.attribute(attribute, lowerName, ignoredNote(isShort, change));
  }
  return cookie;
}

/** Why an attribute does not count, for its spans; undefined: it does. */
function ignoredNote(isShort: boolean, change: Partial<SetCookie>): string | undefined {
  if (!isShort) return `ignored: longer than ${MAX_ATTRIBUTE_OCTETS} octets`;
  return Object.keys(change).length === 0 ? 'ignored: unknown or malformed' : undefined;
}

/** What one attribute changes (RFC 6265bis §5.6.1 to §5.6.7); nothing if it is unknown or broken. */
function readAttribute(name: string, value: string): Partial<SetCookie> {
  switch (name) {
    case 'expires': {
      const expiresMs = parseCookieDate(value);
      return expiresMs === undefined ? {} : { expiresMs };
    }
    case 'max-age':
      return /^-?\d+$/.test(value) ? { maxAgeSeconds: Number(value) } : {};
    case 'domain':
      return { domain: (value.startsWith('.') ? value.slice(1) : value).toLowerCase() };
    case 'path':
      return { path: value.startsWith('/') ? value : undefined, hasPath: true };
    case 'secure':
      return { secure: true };
    case 'httponly':
      return { httpOnly: true };
    case 'samesite': {
      const known = (['strict', 'lax', 'none'] as const).find((word) => word === value.toLowerCase());
      return { sameSite: known ?? 'default' };
    }
    default:
      return {};
  }
}
