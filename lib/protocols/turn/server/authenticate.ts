import { toHex } from '@/lib/bytes';
import type {
  DecodedMessage,
  IntegrityAlgorithm,
  PasswordAlgorithm,
  PasswordAlgorithmEntry,
  StunAttribute,
  StunMessage,
} from '@/lib/protocols/stun';
import {
  checkIntegrity,
  errorTo,
  findAttribute,
  longTermKey,
  parseNonce,
  userhash,
} from '@/lib/protocols/stun';
import type { Nonces } from './nonces';
import type { FilledOptions } from './options';

/** Who sent a request, and the key that answers are signed with; or the answer that refuses it. */
export type Authentication =
  { username: string; key: Uint8Array; algorithm: IntegrityAlgorithm } | { refused: StunMessage };

/** What the server offers; the client must send the same list back, so that nobody can shorten it on the way. */
const OFFERED: readonly PasswordAlgorithmEntry[] = (['SHA-256', 'MD5'] as const).map((algorithm) => ({
  algorithm,
  parameters: new Uint8Array(0),
}));

/**
 * Long-term credentials as a server checks them (RFC 8489 §9.2.4), in the RFC's order; but a stale nonce is named before
 * the password is looked at. `octets` are those that `request` was decoded from.
 */
export async function authenticate(
  request: DecodedMessage,
  octets: Uint8Array,
  { realm, users }: FilledOptions,
  nonces: Nonces,
  clientKey: string,
  nowMs: number,
): Promise<Authentication> {
  const challenge = (code: 401 | 438): Authentication => {
    const attributes: StunAttribute[] = [
      { name: 'REALM', value: realm },
      { name: 'NONCE', value: nonces.current(clientKey, nowMs) },
      { name: 'PASSWORD-ALGORITHMS', value: OFFERED },
    ];
    return { refused: errorTo(request, code, attributes) };
  };
  const hasSha256 = findAttribute(request, 'MESSAGE-INTEGRITY-SHA256') !== undefined;
  if (!hasSha256 && findAttribute(request, 'MESSAGE-INTEGRITY') === undefined) return challenge(401);

  const name = findAttribute(request, 'USERNAME');
  const hash = findAttribute(request, 'USERHASH');
  const nonce = findAttribute(request, 'NONCE');
  const isComplete = (name ?? hash) !== undefined && findAttribute(request, 'REALM') !== undefined;
  if (!isComplete || nonce === undefined) return { refused: errorTo(request, 400) };
  const password = passwordAlgorithmOf(request, nonce);
  if (password === undefined) return { refused: errorTo(request, 400) };
  if (!nonces.isCurrent(clientKey, nonce, nowMs)) return challenge(438);

  const username = name ?? (hash && (await nameOf(hash, users, realm)));
  const secret = username === undefined ? undefined : users.get(username);
  if (username === undefined || secret === undefined) return challenge(401);
  const key = await longTermKey({ username, realm, password: secret }, password);
  const algorithm = hasSha256 ? 'SHA-256' : 'SHA-1';
  return (await checkIntegrity(octets, key, algorithm)) ? { username, key, algorithm } : challenge(401);
}

/** Which hash made the key: the one that the client chose of those offered; MD5 for clients that know of no choice. */
function passwordAlgorithmOf(request: StunMessage, nonce: string): PasswordAlgorithm | undefined {
  if (!parseNonce(nonce)?.passwordAlgorithms) return 'MD5';
  const list = findAttribute(request, 'PASSWORD-ALGORITHMS');
  const chosen = findAttribute(request, 'PASSWORD-ALGORITHM')?.algorithm;
  if (list === undefined && chosen === undefined) return 'MD5';
  const isUnchanged = list?.map(({ algorithm }) => algorithm).join() === 'SHA-256,MD5';
  return isUnchanged && (chosen === 'SHA-256' || chosen === 'MD5') ? chosen : undefined;
}

async function nameOf(
  hash: Uint8Array,
  users: ReadonlyMap<string, string>,
  realm: string,
): Promise<string | undefined> {
  for (const username of users.keys()) {
    if (toHex(await userhash(username, realm)) === toHex(hash)) return username;
  }
  return undefined;
}
