import { md5 } from './md5';
import type { PasswordAlgorithm } from './registry';

const encoder = new TextEncoder();

/**
 * The OpaqueString profile (RFC 8265 §4.2), which prepares user names, realms and passwords: spaces of other scripts become
 * the ordinary one, and the text is composed (NFC). Refusing characters that Unicode leaves unassigned is left out.
 */
export function opaqueString(text: string): string {
  return text.replaceAll(/\p{Zs}/gu, ' ').normalize('NFC');
}

/** Short-term credentials: the key is the password (RFC 8489 §9.1.1). ICE uses these. */
export function shortTermKey(password: string): Uint8Array {
  return encoder.encode(opaqueString(password));
}

/** What a long-term key is made of (RFC 8489 §9.2.2). */
export type LongTermCredentials = { username: string; realm: string; password: string };

/** The key: the hash of `username ":" realm ":" password` (RFC 8489 §18.5.1). TURN uses these. */
export async function longTermKey(
  { username, realm, password }: LongTermCredentials,
  algorithm: PasswordAlgorithm = 'MD5',
): Promise<Uint8Array> {
  const text = encoder.encode([username, realm, password].map(opaqueString).join(':'));
  return algorithm === 'MD5' ? md5(text) : sha256(text);
}

/** USERHASH: who is asking, without saying so to everyone on the way (RFC 8489 §14.4). 32 octets. */
export async function userhash(username: string, realm: string): Promise<Uint8Array> {
  return sha256(encoder.encode(`${opaqueString(username)}:${opaqueString(realm)}`));
}

async function sha256(octets: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', octets));
}
