import { openChacha20Poly1305, sealChacha20Poly1305 } from './chacha20-poly1305';
import type { PacketKeys } from './key-schedule';

// Which AEAD it is, the key's length says: 16 octets are AES-128-GCM's, 32 ChaCha20-Poly1305's (RFC 9001 §5.3).

/** Octets that are authenticated and encrypted, with their tag. */
export async function seal(
  { key }: PacketKeys,
  nonce: Uint8Array<ArrayBuffer>,
  additionalData: Uint8Array<ArrayBuffer>,
  plaintext: Uint8Array,
): Promise<Uint8Array> {
  if (key.length === 32) return sealChacha20Poly1305(key, nonce, additionalData, plaintext);
  const parameters = { name: 'AES-GCM', iv: nonce, additionalData };
  const aes = await importAesGcm(key, 'encrypt');
  return new Uint8Array(await crypto.subtle.encrypt(parameters, aes, Uint8Array.from(plaintext)));
}

/** The octets again; undefined: the tag does not fit. */
export async function open(
  { key }: PacketKeys,
  nonce: Uint8Array<ArrayBuffer>,
  additionalData: Uint8Array<ArrayBuffer>,
  sealed: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array | undefined> {
  if (key.length === 32) return openChacha20Poly1305(key, nonce, additionalData, sealed);
  const parameters = { name: 'AES-GCM', iv: nonce, additionalData };
  const aes = await importAesGcm(key, 'decrypt');
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters, aes, sealed));
  } catch {
    return undefined;
  }
}

function importAesGcm(key: Uint8Array, usage: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', Uint8Array.from(key), 'AES-GCM', false, [usage]);
}
