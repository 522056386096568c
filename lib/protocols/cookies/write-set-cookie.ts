import { ProtocolError } from '@/lib/bytes';
import { writeHttpDate } from '../http1';
import type { SetCookie } from './set-cookie';

/** Why a cookie cannot be written. */
export class CookieError extends ProtocolError<
  'COOKIE_NAME_MALFORMED' | 'COOKIE_VALUE_MALFORMED' | 'COOKIE_ATTRIBUTE_MALFORMED'
> {
  override readonly name = 'CookieError';
}

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// cookie-octet: no control character, space, quote, comma, semicolon, backslash (RFC 6265bis §4.1.1)
const VALUE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/;
const ATTRIBUTE = /^[\x20-\x3a\x3c-\x7e]*$/;

/**
 * A Set-Cookie field's value in the strict grammar that servers keep to (RFC 6265bis §4.1.1).
 * @throws CookieError for what the grammar has no room for
 */
export function writeSetCookie(cookie: Pick<SetCookie, 'name' | 'value'> & Partial<SetCookie>): string {
  const { name, value, domain = '', path, expiresMs, maxAgeSeconds, sameSite = 'default' } = cookie;
  if (!NAME.test(name)) throw new CookieError('COOKIE_NAME_MALFORMED', 0, JSON.stringify(name), 'a token');
  const inner = /^"(.*)"$/.exec(value)?.[1] ?? value;
  if (!VALUE.test(inner)) {
    const expected = 'no space, quote, comma, semicolon or backslash';
    throw new CookieError('COOKIE_VALUE_MALFORMED', name.length + 1, JSON.stringify(value), expected);
  }
  const attributes: string[] = [];
  if (expiresMs !== undefined) attributes.push(`Expires=${writeHttpDate(expiresMs)}`);
  if (maxAgeSeconds !== undefined) attributes.push(`Max-Age=${maxAgeSeconds}`);
  if (domain !== '') attributes.push(`Domain=${domain}`);
  if (path !== undefined) attributes.push(`Path=${path}`);
  if (cookie.secure === true) attributes.push('Secure');
  if (cookie.httpOnly === true) attributes.push('HttpOnly');
  if (sameSite !== 'default')
    attributes.push(`SameSite=${sameSite.charAt(0).toUpperCase()}${sameSite.slice(1)}`);
  const wrong = attributes.find((attribute) => !ATTRIBUTE.test(attribute));
  if (wrong !== undefined)
    throw new CookieError(
      'COOKIE_ATTRIBUTE_MALFORMED',
      0,
      JSON.stringify(wrong),
      'no semicolon or control character',
    );
  return [`${name}=${value}`, ...attributes].join('; ');
}
