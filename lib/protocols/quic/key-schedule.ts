import { joinOctets } from '@/lib/bytes';

/** Keys of one direction (RFC 9001 §5.1): for the AEAD, its nonce, and header protection. */
export type PacketKeys = { readonly key: Uint8Array; readonly iv: Uint8Array; readonly hp: Uint8Array };

/** RFC 9001 §5.2, for version 1. */
const INITIAL_SALT = Uint8Array.of(
  ...[0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17],
  ...[0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f, 0x0a],
);

async function hmacSha256(key: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', Uint8Array.from(key), algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, Uint8Array.from(data)));
}

/** HKDF-Extract with SHA-256 (RFC 5869 §2.2). */
export function hkdfExtract(salt: Uint8Array, secret: Uint8Array): Promise<Uint8Array> {
  return hmacSha256(salt, secret);
}

/** HKDF-Expand-Label with no context and at most 32 octets (RFC 8446 §7.1): one round of HMAC. */
export async function hkdfExpandLabel(
  secret: Uint8Array,
  label: string,
  length: number,
): Promise<Uint8Array> {
  const name = new TextEncoder().encode(`tls13 ${label}`);
  const info = joinOctets([Uint8Array.of(0, length, name.length), name, Uint8Array.of(0)]);
  const octets = await hmacSha256(secret, joinOctets([info, Uint8Array.of(1)]));
  return octets.slice(0, length);
}

/** Both sides' Initial secrets: from a salt that everyone knows and the client's first connection id (RFC 9001 §5.2). */
export async function initialSecrets(
  clientDcid: Uint8Array,
): Promise<{ initial: Uint8Array; client: Uint8Array; server: Uint8Array }> {
  const initial = await hkdfExtract(INITIAL_SALT, clientDcid);
  const client = await hkdfExpandLabel(initial, 'client in', 32);
  const server = await hkdfExpandLabel(initial, 'server in', 32);
  return { initial, client, server };
}

/** Keys from a secret (RFC 9001 §5.1). 16 octets for AES-128, 32 for ChaCha20. */
export async function packetKeys(secret: Uint8Array, keyOctets: 16 | 32 = 16): Promise<PacketKeys> {
  const [key, iv, hp] = await Promise.all([
    hkdfExpandLabel(secret, 'quic key', keyOctets),
    hkdfExpandLabel(secret, 'quic iv', 12),
    hkdfExpandLabel(secret, 'quic hp', keyOctets),
  ]);
  return { key, iv, hp };
}

/** The secret after a key update; header protection keeps its key (RFC 9001 §6.1). */
export function nextSecret(secret: Uint8Array): Promise<Uint8Array> {
  return hkdfExpandLabel(secret, 'quic ku', secret.length);
}
