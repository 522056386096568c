import { fromHex } from '@/lib/bytes';
import { type KeyShare, NAMED_GROUPS } from '../index';

/** PKCS #8's wrapping of a private key for X25519 (RFC 8410 §7). */
const PKCS8_PREFIX = '302e020100300506032b656e04220420';

/** One end's half by its private key, as traces print it; nobody asks for its public key. */
export async function x25519ShareOf(privateKeyHex: string): Promise<KeyShare> {
  const privateKey = await crypto.subtle.importKey(
    'pkcs8',
    fromHex(PKCS8_PREFIX + privateKeyHex).slice(),
    { name: 'X25519' },
    false,
    ['deriveBits'],
  );
  return { group: NAMED_GROUPS.x25519, privateKey, publicKey: new Uint8Array() };
}
