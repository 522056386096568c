import { parseParameters, splitList, writeQuotedString } from '../http1';
import type { UserPass } from './basic';
import type { AuthValue } from './challenge';
import { algorithmOf, digestHash, digestSteps, type DigestAlgorithm, type Qop } from './digest';
import { needed } from './digest-client';
import { HttpAuthError } from './errors';

/** A Digest challenge as a server makes it. The nonce comes in: it is chance, or a time and a secret. */
export function createDigestChallenge(challenge: {
  readonly realm: string;
  readonly nonce: string;
  readonly algorithm?: DigestAlgorithm;
  readonly qop?: readonly Qop[];
  readonly opaque?: string;
  readonly stale?: boolean;
  readonly userhash?: boolean;
}): AuthValue {
  const parameters = new Map([['realm', challenge.realm]]);
  const { algorithm = 'SHA-256', qop = ['auth'], opaque } = challenge;
  if (qop.length > 0) parameters.set('qop', qop.join(', '));
  parameters.set('algorithm', algorithm).set('nonce', challenge.nonce);
  if (opaque !== undefined) parameters.set('opaque', opaque);
  if (challenge.stale === true) parameters.set('stale', 'true');
  if (challenge.userhash === true) parameters.set('userhash', 'true');
  return { scheme: 'Digest', token68: undefined, parameters };
}

/** What a server holds credentials against. */
export type DigestExpectation = {
  readonly method: string;
  /** The request's target; the credentials must be for it (RFC 7616 §3.4.6). */
  readonly uri: string;
  readonly realm: string;
  /** The nonces that were given out and are still good, each with the highest count that was used. */
  readonly nonces: ReadonlyMap<string, number>;
  readonly users: readonly UserPass[];
  readonly content?: Uint8Array;
};

/** Accepted, with the nonce's new count; or why not. `stale` asks for the same again with a new nonce. */
export type DigestVerdict =
  | { readonly accepted: true; readonly user: UserPass; readonly nc: number }
  | {
      readonly accepted: false;
      readonly by:
        'realm-differs' | 'uri-differs' | 'user-unknown' | 'response-differs' | 'stale' | 'replayed';
    };

/**
 * Checks credentials (RFC 7616 §3.4.6). The response is looked at before the nonce: `stale` is only for those who knew the
 * password (§3.3). A count that is not higher than the last is a replay (§3.4). @throws HttpAuthError on malformed ones
 */
export async function verifyDigest(
  credentials: AuthValue,
  expected: DigestExpectation,
): Promise<DigestVerdict> {
  const { parameters } = credentials;
  const no = (by: Extract<DigestVerdict, { accepted: false }>['by']) => ({ accepted: false as const, by });
  if (credentials.scheme.toLowerCase() !== 'digest')
    throw new HttpAuthError('HTTP_AUTH_SCHEME_WRONG', 0, credentials.scheme, 'Digest');
  const algorithm = algorithmOf(parameters.get('algorithm'));
  const [nonce, uri, response] = [
    needed(parameters, 'nonce'),
    needed(parameters, 'uri'),
    needed(parameters, 'response'),
  ];
  const qop = qopOf(parameters.get('qop'));
  const nc = qop ? countOf(needed(parameters, 'nc')) : 1;
  const cnonce = qop || algorithm.endsWith('-sess') ? needed(parameters, 'cnonce') : '';
  if (needed(parameters, 'realm') !== expected.realm) return no('realm-differs');
  if (uri !== expected.uri) return no('uri-differs');
  const user = await findUser(parameters, expected, algorithm);
  if (!user) return no('user-unknown');
  const { method, realm, content } = expected;
  const steps = await digestSteps({
    ...user,
    algorithm,
    realm,
    nonce,
    method,
    uri,
    qop,
    nc,
    cnonce,
    content,
  });
  if (!isSameText(steps.response, response.toLowerCase())) return no('response-differs');
  const lastCount = expected.nonces.get(nonce);
  if (lastCount === undefined) return no('stale');
  return nc > lastCount ? { accepted: true, user, nc } : no('replayed');
}

/** Compares all of it, so that the time tells nothing. */
function isSameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ (b.charCodeAt(i) || 0);
  return difference === 0;
}

function qopOf(text: string | undefined): Qop | undefined {
  if (text === undefined || text === 'auth' || text === 'auth-int') return text;
  throw new HttpAuthError('HTTP_AUTH_QOP_UNSUPPORTED', 0, JSON.stringify(text), 'auth or auth-int');
}

function countOf(text: string): number {
  if (/^[0-9a-fA-F]{8}$/.test(text)) return Number.parseInt(text, 16);
  throw new HttpAuthError('HTTP_AUTH_PARAM_WRONG', 0, JSON.stringify(text), 'nc of eight hex digits');
}

async function findUser(
  parameters: ReadonlyMap<string, string>,
  { users, realm }: DigestExpectation,
  algorithm: DigestAlgorithm,
): Promise<UserPass | undefined> {
  const isHashed = parameters.get('userhash')?.toLowerCase() === 'true';
  const extended = parameters.get('username*');
  const plain = parameters.get('username');
  if ((plain === undefined) === (extended === undefined))
    throw new HttpAuthError('HTTP_AUTH_PARAM_MISSING', 0, 'both or none', 'username or username*');
  const name = extended === undefined ? plain : decodeExtValue(extended);
  for (const user of users) {
    const own = isHashed ? await digestHash(algorithm, `${user.username}:${realm}`) : user.username;
    if (own === name) return user;
  }
  return undefined;
}

/** `UTF-8'language'percent-encoded` (RFC 8187 §3.2). */
function decodeExtValue(text: string): string {
  const match = /^utf-8'[^']*'((?:[A-Za-z0-9!#$&+\-.^_`|~]|%[0-9A-Fa-f]{2})*)$/i.exec(text);
  try {
    if (match) return decodeURIComponent(match[1] ?? '');
  } catch {
    // Not UTF-8: as malformed as the rest.
  }
  throw new HttpAuthError('HTTP_AUTH_PARAM_WRONG', 0, JSON.stringify(text), "UTF-8''name");
}

/** Authentication-Info of a Digest server (RFC 7616 §3.5): the next nonce, and proof that it knows the password too. */
export type AuthenticationInfo = {
  readonly nextnonce?: string;
  readonly qop?: string;
  readonly rspauth?: string;
  readonly cnonce?: string;
  readonly nc?: string;
};

/** The server's own response: as the client's, with no method in A2 (RFC 7616 §3.5). */
export async function serverResponse(input: Parameters<typeof digestSteps>[0]): Promise<string> {
  return (await digestSteps({ ...input, method: '' })).response;
}

/** Text of Authentication-Info (RFC 9110 §11.6.3): parameters, no scheme. */
export function writeAuthenticationInfo(info: AuthenticationInfo): string {
  const isBare = (name: string) => name === 'qop' || name === 'nc';
  return Object.entries(info)
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    .map(([name, value]) => `${name}=${isBare(name) ? value : writeQuotedString(value)}`)
    .join(', ');
}

/** Reads Authentication-Info; what is not a parameter is passed over. */
export function parseAuthenticationInfo(value: string): AuthenticationInfo {
  const read = parseParameters(splitList(value));
  const names = ['nextnonce', 'qop', 'rspauth', 'cnonce', 'nc'] as const;
  return Object.fromEntries(names.flatMap((name) => (read.has(name) ? [[name, read.get(name)]] : [])));
}
