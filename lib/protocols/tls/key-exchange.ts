import { TlsError } from './errors';
import { NAMED_GROUPS, nameIn } from './registry';

/** One end's half of a Diffie-Hellman exchange; WebCrypto made the pair, so chance is the caller's. */
export type KeyShare = { group: number; privateKey: CryptoKey; publicKey: Uint8Array };

/** legacy_form of a point: both of its numbers in full (RFC 8446 §4.2.8.2). */
const UNCOMPRESSED = 4;

/** How WebCrypto names the groups that it can do (RFC 8446 §4.2.7). */
const ALGORITHMS: Readonly<Record<number, { name: string; namedCurve?: string; secretBits: number }>> = {
  [NAMED_GROUPS.secp256r1]: { name: 'ECDH', namedCurve: 'P-256', secretBits: 256 },
  [NAMED_GROUPS.secp384r1]: { name: 'ECDH', namedCurve: 'P-384', secretBits: 384 },
  [NAMED_GROUPS.x25519]: { name: 'X25519', secretBits: 256 },
};

/**
 * What to give to `crypto.subtle.generateKey` for a group.
 * @throws TlsError TLS_GROUP_UNSUPPORTED
 */
export function groupAlgorithm(group: number): { name: string; namedCurve?: string; secretBits: number } {
  const algorithm = ALGORITHMS[group];
  if (algorithm) return algorithm;
  const able = Object.keys(ALGORITHMS).map((number) => nameIn(NAMED_GROUPS, Number(number)));
  throw new TlsError('TLS_GROUP_UNSUPPORTED', 0, nameIn(NAMED_GROUPS, group), able.join(', '));
}

/** A key pair as a share: its public key in the form of the wire (RFC 8446 §4.2.8.2). */
export async function keyShareOf(group: number, pair: CryptoKeyPair): Promise<KeyShare> {
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return { group, privateKey: pair.privateKey, publicKey };
}

/** What both ends have in the end (RFC 8446 §7.4). @throws TlsError TLS_ILLEGAL_PARAMETER for a key that is none */
export async function sharedSecret(
  { group, privateKey }: KeyShare,
  peerPublicKey: Uint8Array,
): Promise<Uint8Array> {
  const { secretBits, ...algorithm } = groupAlgorithm(group);
  try {
    // WebCrypto reads compressed and hybrid points as well; TLS 1.3 has none (RFC 8446 §4.2.8.2).
    if (algorithm.namedCurve !== undefined && peerPublicKey[0] !== UNCOMPRESSED) throw new TypeError('form');
    const peer = await crypto.subtle.importKey('raw', peerPublicKey.slice(), algorithm, true, []);
    const bits = await crypto.subtle.deriveBits(
      { name: algorithm.name, public: peer },
      privateKey,
      secretBits,
    );
    return new Uint8Array(bits);
  } catch {
    const seen = `${peerPublicKey.length} octets that are no key of ${nameIn(NAMED_GROUPS, group)}`;
    throw new TlsError('TLS_ILLEGAL_PARAMETER', 0, seen, 'a public key of the group');
  }
}
