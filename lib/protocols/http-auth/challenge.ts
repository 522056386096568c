import type { TraceSink } from '@/lib/bytes';
import { isToken, parseQuotedString, writeQuotedString } from '../http1';
import { HttpAuthError } from './errors';
import { AuthTrace } from './trace';

/**
 * A challenge or credentials (RFC 9110 §11.3, §11.4): a scheme, and either one token68 or parameters. Names are in lower
 * case; the scheme keeps its case and is compared without it.
 */
export type AuthValue = {
  readonly scheme: string;
  readonly token68: string | undefined;
  readonly parameters: ReadonlyMap<string, string>;
};

/** Characters of a field, challenges in it, parameters of one. */
const MAX_LENGTH = 16_384;
const MAX_CHALLENGES = 64;
const MAX_PARAMETERS = 64;

const OWS_AND_COMMAS = /[ \t,]*/y;
const OWS = /[ \t]*/y;
const TOKEN = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y;
// token68 to the end of its member: a "=" with a value behind it makes a parameter of it
const TOKEN_68 = /([A-Za-z0-9\-._~+/]+=*)[ \t]*(?=,|$)/y;
const PARAMETER =
  /([!#$%&'*+\-.^_`|~0-9A-Za-z]+)[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"|[!#$%&'*+\-.^_`|~0-9A-Za-z]+)[ \t]*(?=,|$)/y;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/**
 * The challenges of WWW-Authenticate or Proxy-Authenticate, all lines joined by commas (RFC 9110 §11.6.1). A comma ends a
 * parameter or a challenge: a token with "=" and a value behind it is a parameter, any other starts a new challenge.
 * Spans count a character as an octet; those before an error are given all the same.
 * @throws HttpAuthError
 */
export function parseChallenges(value: string, trace?: TraceSink): AuthValue[] {
  if (value.length > MAX_LENGTH)
    throw new HttpAuthError('HTTP_AUTH_TOO_LONG', MAX_LENGTH, String(value.length), `at most ${MAX_LENGTH}`);
  const challenges: AuthValue[] = [];
  const spans = trace && new AuthTrace(trace);
  let at = skip(OWS_AND_COMMAS, value, 0, spans);
  while (at < value.length) {
    if (challenges.length >= MAX_CHALLENGES)
      throw new HttpAuthError('HTTP_AUTH_TOO_LONG', at, 'another challenge', `at most ${MAX_CHALLENGES}`);
    const [challenge, end] = parseOne(value, at, spans);
    challenges.push(challenge);
    at = end;
  }
  return challenges;
}

/** Credentials of Authorization or Proxy-Authorization: exactly one (RFC 9110 §11.6.2). @throws HttpAuthError */
export function parseCredentials(value: string, trace?: TraceSink): AuthValue {
  const [credentials, ...others] = parseChallenges(value, trace);
  if (!credentials) throw new HttpAuthError('HTTP_AUTH_SCHEME_MISSING', 0, 'nothing', 'a scheme');
  if (others.length > 0)
    throw new HttpAuthError('HTTP_AUTH_MALFORMED', 0, `${others.length + 1} credentials`, 'one');
  return credentials;
}

/** The place after separators. */
function skip(pattern: RegExp, text: string, at: number, spans: AuthTrace | undefined): number {
  const skipped = matchAt(pattern, text, at)?.[0] ?? '';
  spans?.separators(skipped);
  return at + skipped.length;
}

function parseOne(text: string, start: number, spans: AuthTrace | undefined): [AuthValue, number] {
  const scheme = matchAt(TOKEN, text, start)?.[0];
  if (scheme === undefined)
    throw new HttpAuthError('HTTP_AUTH_SCHEME_MISSING', start, excerpt(text, start), 'a scheme');
  spans?.scheme(scheme);
  let at = start + scheme.length;
  const parameters = new Map<string, string>();
  if (at < text.length && !/[ \t,]/.test(text.charAt(at)))
    throw new HttpAuthError('HTTP_AUTH_MALFORMED', at, excerpt(text, at), 'a space after the scheme');
  const hasSpace = text.charAt(at) === ' ';
  at = skip(OWS, text, at, spans);
  const token68 = hasSpace && !matchAt(PARAMETER, text, at) ? matchAt(TOKEN_68, text, at) : null;
  if (token68) {
    spans?.token68(token68[1] ?? '', token68[0]);
    at += token68[0].length;
  } else if (hasSpace && at < text.length && text.charAt(at) !== ',' && !matchAt(PARAMETER, text, at))
    throw new HttpAuthError('HTTP_AUTH_MALFORMED', at, excerpt(text, at), 'token68 or name=value');
  else at = parseParameters(text, at, parameters, spans);
  at = skip(OWS_AND_COMMAS, text, at, spans);
  return [{ scheme, token68: token68?.[1], parameters }, at];
}

function parseParameters(
  text: string,
  start: number,
  parameters: Map<string, string>,
  spans: AuthTrace | undefined,
): number {
  let at = start;
  for (;;) {
    const next = at + (matchAt(OWS_AND_COMMAS, text, at)?.[0].length ?? 0);
    const match = matchAt(PARAMETER, text, next);
    if (!match) return at;
    const name = (match[1] ?? '').toLowerCase();
    const raw = match[2] ?? '';
    if (parameters.has(name))
      throw new HttpAuthError('HTTP_AUTH_PARAM_REPEATED', next, name, 'each parameter once');
    if (parameters.size >= MAX_PARAMETERS)
      throw new HttpAuthError('HTTP_AUTH_TOO_LONG', next, 'another parameter', `at most ${MAX_PARAMETERS}`);
    parameters.set(name, raw.startsWith('"') ? (parseQuotedString(raw) ?? '') : raw);
    spans?.separators(text.slice(at, next));
    spans?.parameter(match[1] ?? '', raw, match[0]);
    at = next + match[0].length;
  }
}

function excerpt(text: string, at: number): string {
  return JSON.stringify(text.slice(at, at + 20));
}

/** Parameters that are written without quotes (RFC 7616 §3.3, §3.4); all others get them. */
const UNQUOTED: ReadonlySet<string> = new Set(['stale', 'algorithm', 'nc', 'userhash', 'username*']);

/** A challenge's or credentials' text. @throws HttpAuthError for what the grammar has no room for */
export function writeAuthValue({ scheme, token68, parameters }: AuthValue): string {
  if (!isToken(scheme))
    throw new HttpAuthError('HTTP_AUTH_SCHEME_MISSING', 0, JSON.stringify(scheme), 'a token');
  if (token68 !== undefined) {
    if (!/^[A-Za-z0-9\-._~+/]+=*$/.test(token68))
      throw new HttpAuthError('HTTP_AUTH_MALFORMED', scheme.length + 1, JSON.stringify(token68), 'token68');
    return `${scheme} ${token68}`;
  }
  const isResponse = parameters.has('response');
  const written = [...parameters].map(([name, value]) => {
    if (!isToken(name) || /[^\t\x20-\x7e\x80-\xff]/.test(value))
      throw new HttpAuthError(
        'HTTP_AUTH_PARAM_WRONG',
        0,
        JSON.stringify(`${name}=${value}`),
        'text in one line',
      );
    // qop is a list with quotes in a challenge, one word without in credentials.
    const isBare = (UNQUOTED.has(name) || (name === 'qop' && isResponse)) && isToken(value);
    return `${name}=${isBare ? value : writeQuotedString(value)}`;
  });
  return written.length === 0 ? scheme : `${scheme} ${written.join(', ')}`;
}

/** Several challenges in one field, the best first. */
export function writeChallenges(challenges: readonly AuthValue[]): string {
  return challenges.map(writeAuthValue).join(', ');
}
