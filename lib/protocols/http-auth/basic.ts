import { FieldTrace, type TraceSink } from '@/lib/bytes';
import { decodeForgivingBase64, encodeBase64 } from '../mime';
import type { AuthValue } from './challenge';
import { HttpAuthError } from './errors';

/** A name and a password. */
export type UserPass = { readonly username: string; readonly password: string };

/** `Basic realm="…", charset="UTF-8"` (RFC 7617 §2, §2.1). */
export function createBasicChallenge(realm: string): AuthValue {
  const parameters = new Map([
    ['realm', realm],
    ['charset', 'UTF-8'],
  ]);
  return { scheme: 'Basic', token68: undefined, parameters };
}

/**
 * Name and password as credentials: base64 of `name:password` in UTF-8 (RFC 7617 §2). Encoded, not encrypted.
 * @throws HttpAuthError HTTP_AUTH_BASIC_MALFORMED when the name holds a colon or either a control character
 */
export function createBasicCredentials({ username, password }: UserPass): AuthValue {
  checkUserPass({ username, password });
  const octets = new TextEncoder().encode(`${username}:${password}`);
  return { scheme: 'Basic', token68: encodeBase64(octets), parameters: new Map() };
}

/**
 * Name and password out of credentials; the password may hold colons (RFC 7617 §2). Spans are of the octets that the
 * base64 stands for, not of the field.
 * @throws HttpAuthError
 */
export function readBasicCredentials({ scheme, token68 }: AuthValue, trace?: TraceSink): UserPass {
  if (scheme.toLowerCase() !== 'basic') throw new HttpAuthError('HTTP_AUTH_SCHEME_WRONG', 0, scheme, 'Basic');
  const octets = token68 === undefined ? undefined : decodeForgivingBase64(token68);
  if (!octets)
    throw new HttpAuthError('HTTP_AUTH_BASIC_MALFORMED', 6, JSON.stringify(token68 ?? ''), 'base64');
  const text = decodeUtf8OrLatin1(octets);
  const colon = text.indexOf(':');
  if (colon < 0) throw new HttpAuthError('HTTP_AUTH_BASIC_MALFORMED', 6, 'no colon', 'name:password');
  const pair = { username: text.slice(0, colon), password: text.slice(colon + 1) };
  checkUserPass(pair);
  if (trace) traceUserPass(trace, pair, octets);
  return pair;
}

function traceUserPass(sink: TraceSink, { username, password }: UserPass, octets: Uint8Array): void {
  // a colon is the same octet in UTF-8 and in Latin-1
  const colon = octets.indexOf(0x3a);
  new FieldTrace(sink, 'RFC 7617 §2')
    .field(colon * 8, 'user-id', username)
    .field(8, 'delimiter', ':')
    .field((octets.length - colon - 1) * 8, 'password', password);
}

/** Clients that know no charset send one octet a character (RFC 7617 §B.2). */
function decodeUtf8OrLatin1(octets: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return Array.from(octets, (octet) => String.fromCharCode(octet)).join('');
  }
}

function checkUserPass({ username, password }: UserPass): void {
  const expected = 'no colon in the name, no control character';
  const hasControl = Array.from(username + password).some(
    (character) => character < ' ' || character === '\x7f',
  );
  if (username.includes(':') || hasControl)
    throw new HttpAuthError('HTTP_AUTH_BASIC_MALFORMED', 0, JSON.stringify(username), expected);
}
