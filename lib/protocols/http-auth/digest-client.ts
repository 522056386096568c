import { splitList } from '../http1';
import type { UserPass } from './basic';
import type { AuthValue } from './challenge';
import { algorithmOf, digestHash, digestSteps, writeNonceCount, type DigestInput, type Qop } from './digest';
import { HttpAuthError } from './errors';

/** A Digest challenge, read (RFC 7616 §3.3). */
export type DigestChallenge = {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  /** The nonce was too old; name and password were right. */
  readonly stale: boolean;
  readonly algorithm: DigestInput['algorithm'];
  /** Empty: as RFC 2069, which names none. */
  readonly qop: readonly Qop[];
  readonly userhash: boolean;
};

/** Reads a Digest challenge. @throws HttpAuthError */
export function readDigestChallenge({ scheme, parameters }: AuthValue): DigestChallenge {
  if (scheme.toLowerCase() !== 'digest')
    throw new HttpAuthError('HTTP_AUTH_SCHEME_WRONG', 0, scheme, 'Digest');
  const options = parameters.get('qop');
  const qop = splitList(options ?? '').map((option) => option.toLowerCase());
  const known = qop.filter((option): option is Qop => option === 'auth' || option === 'auth-int');
  if (options !== undefined && known.length === 0)
    throw new HttpAuthError('HTTP_AUTH_QOP_UNSUPPORTED', 0, options, 'auth or auth-int');
  return {
    realm: needed(parameters, 'realm'),
    nonce: needed(parameters, 'nonce'),
    opaque: parameters.get('opaque'),
    stale: parameters.get('stale')?.toLowerCase() === 'true',
    algorithm: algorithmOf(parameters.get('algorithm')),
    qop: known,
    userhash: parameters.get('userhash')?.toLowerCase() === 'true',
  };
}

/** A parameter that must be there. */
export function needed(parameters: ReadonlyMap<string, string>, name: string): string {
  const value = parameters.get(name);
  if (value !== undefined) return value;
  throw new HttpAuthError('HTTP_AUTH_PARAM_MISSING', 0, [...parameters.keys()].join(', '), name);
}

/** The first challenge that can be answered: servers list the best first (RFC 7616 §3.7). */
export function chooseDigestChallenge(challenges: readonly AuthValue[]): DigestChallenge | undefined {
  for (const challenge of challenges) {
    try {
      return readDigestChallenge(challenge);
    } catch (error) {
      if (!(error instanceof HttpAuthError)) throw error;
    }
  }
  return undefined;
}

/** The request that credentials are for. `cnonce` is chance, so it comes in; `nc` counts the uses of the nonce from 1. */
export type DigestRequest = {
  readonly method: string;
  readonly uri: string;
  readonly nc: number;
  readonly cnonce: string;
  readonly content?: Uint8Array;
  /** Prefer auth-int where it is offered. Default: auth. */
  readonly protectContent?: boolean;
};

/** Credentials that answer a challenge (RFC 7616 §3.4); `username*` for names that are not ASCII (§3.4, RFC 8187). */
export async function answerDigest(
  challenge: DigestChallenge,
  { username, password }: UserPass,
  request: DigestRequest,
): Promise<AuthValue> {
  const { realm, nonce, opaque, algorithm } = challenge;
  const { method, uri, nc, cnonce, content } = request;
  const wanted: Qop = request.protectContent === true ? 'auth-int' : 'auth';
  const qop = challenge.qop.includes(wanted) ? wanted : challenge.qop[0];
  const input = { algorithm, username, realm, password, nonce, method, uri, qop, nc, cnonce, content };
  const { response } = await digestSteps(input);
  const parameters = new Map<string, string>();
  if (challenge.userhash) parameters.set('username', await digestHash(algorithm, `${username}:${realm}`));
  else if (/^[\x20-\x7e]*$/.test(username)) parameters.set('username', username);
  else parameters.set('username*', `UTF-8''${encodeExtValue(username)}`);
  parameters.set('realm', realm).set('uri', uri).set('algorithm', algorithm).set('nonce', nonce);
  if (qop) parameters.set('nc', writeNonceCount(nc)).set('qop', qop);
  // A session's key is made with it, whether there is a qop or not (RFC 7616 §3.4.2).
  if (qop || algorithm.endsWith('-sess')) parameters.set('cnonce', cnonce);
  parameters.set('response', response);
  if (opaque !== undefined) parameters.set('opaque', opaque);
  if (challenge.userhash) parameters.set('userhash', 'true');
  return { scheme: 'Digest', token68: undefined, parameters };
}

/** Octets of UTF-8 that are no attr-char become %XX (RFC 8187 §3.2.1). */
function encodeExtValue(text: string): string {
  return Array.from(new TextEncoder().encode(text), (octet) => {
    const character = String.fromCharCode(octet);
    const isPlain = /^[A-Za-z0-9!#$&+\-.^_`|~]$/.test(character);
    return isPlain ? character : `%${octet.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}
