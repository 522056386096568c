import { toHex } from '@/lib/bytes';
import { HttpAuthError } from './errors';
import { md5 } from './md5';
import { sha512Of256 } from './sha512-256';

/** Algorithms of RFC 7616 §3.3 that are computed here; with `-sess` the key is made once a session. */
export type DigestAlgorithm =
  'MD5' | 'MD5-sess' | 'SHA-256' | 'SHA-256-sess' | 'SHA-512-256' | 'SHA-512-256-sess';

/** What the response protects: the request line, or also the content (RFC 7616 §3.4.3). */
export type Qop = 'auth' | 'auth-int';

const ALGORITHMS: readonly DigestAlgorithm[] = [
  ...(['MD5', 'MD5-sess', 'SHA-256', 'SHA-256-sess', 'SHA-512-256', 'SHA-512-256-sess'] as const),
];

/** The algorithm by its name, in any case; MD5 when none is named (RFC 7616 §3.3). @throws HttpAuthError */
export function algorithmOf(name: string | undefined): DigestAlgorithm {
  const found = ALGORITHMS.find((algorithm) => algorithm.toLowerCase() === (name ?? 'MD5').toLowerCase());
  if (found) return found;
  throw new HttpAuthError('HTTP_AUTH_ALGORITHM_UNSUPPORTED', 0, String(name), ALGORITHMS.join(', '));
}

/** H(data): hex digits of the algorithm's hash (RFC 7616 §3.4.1). Text is hashed as UTF-8. */
export async function digestHash(algorithm: DigestAlgorithm, data: string | Uint8Array): Promise<string> {
  const octets = typeof data === 'string' ? new TextEncoder().encode(data) : Uint8Array.from(data);
  if (algorithm.startsWith('MD5')) return toHex(md5(octets));
  if (algorithm.startsWith('SHA-512-256')) return toHex(sha512Of256(octets));
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', octets)));
}

/** All that a response is made of (RFC 7616 §3.4.1). Without `qop` it is computed as RFC 2069 did. */
export type DigestInput = {
  readonly algorithm: DigestAlgorithm;
  readonly username: string;
  readonly realm: string;
  readonly password: string;
  readonly nonce: string;
  readonly method: string;
  readonly uri: string;
  readonly qop?: Qop | undefined;
  /** How often this nonce was used, from 1. */
  readonly nc?: number | undefined;
  readonly cnonce?: string | undefined;
  /** For auth-int. */
  readonly content?: Uint8Array | undefined;
};

/** Each step of a response, to be looked at. */
export type DigestSteps = {
  readonly a1: string;
  readonly ha1: string;
  readonly a2: string;
  readonly ha2: string;
  /** What is hashed last: KD(H(A1), …). */
  readonly joined: string;
  readonly response: string;
};

/** `nc` as it is written: eight hex digits (RFC 7616 §3.4). */
export function writeNonceCount(nc: number): string {
  return nc.toString(16).padStart(8, '0');
}

/** The response and how it came about (RFC 7616 §3.4.1 to §3.4.3). */
export async function digestSteps(input: DigestInput): Promise<DigestSteps> {
  const { algorithm, username, realm, password, nonce, method, uri, qop, nc = 1, cnonce = '' } = input;
  const hash = (data: string) => digestHash(algorithm, data);
  let a1 = `${username}:${realm}:${password}`;
  if (algorithm.endsWith('-sess')) a1 = `${await hash(a1)}:${nonce}:${cnonce}`;
  const ha1 = await hash(a1);
  const contentHash =
    qop === 'auth-int' ? await digestHash(algorithm, input.content ?? new Uint8Array(0)) : '';
  const a2 = qop === 'auth-int' ? `${method}:${uri}:${contentHash}` : `${method}:${uri}`;
  const ha2 = await hash(a2);
  const joined = qop
    ? `${ha1}:${nonce}:${writeNonceCount(nc)}:${cnonce}:${qop}:${ha2}`
    : `${ha1}:${nonce}:${ha2}`;
  return { a1, ha1, a2, ha2, joined, response: await hash(joined) };
}
