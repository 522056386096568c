import { joinOctets } from '@/lib/bytes';
import { aesCm, importCounterKey } from './aes-cm';
import { SrtpError } from './errors';
import type { ProtectionProfile } from './profiles';

/** What key management has agreed on, for one direction (RFC 3711 §3.2.1). */
export type MasterKey = { masterKey: Uint8Array; masterSalt: Uint8Array };

/** What packets are protected with; `authKey` is empty where the cipher has no use for one. */
export type SessionKeys = { key: Uint8Array; salt: Uint8Array; authKey: Uint8Array };

/** Labels that make different keys of one master key (RFC 3711 §4.3.1, §4.3.2). */
export const KEY_LABELS = {
  rtp: { key: 0, authKey: 1, salt: 2 },
  rtcp: { key: 3, authKey: 4, salt: 5 },
} as const;

/** Octets of HMAC-SHA1's key (RFC 3711 §8.2, "n_a"). */
export const AUTH_KEY_OCTETS = 20;

const SALT_OCTETS = 14;

/**
 * So many octets of key for a label: the keystream of AES-CM under the master key, which begins at the master salt with the
 * label xored onto octet 7 (RFC 3711 §4.3.1, §4.3.3). The key derivation rate is 0. A salt of 12 octets is filled up to 14
 * with zeros (RFC 7714 §11).
 */
export async function deriveKey(
  { masterKey, masterSalt }: MasterKey,
  label: number,
  octets: number,
): Promise<Uint8Array> {
  const iv = joinOctets([masterSalt, new Uint8Array(SALT_OCTETS + 2 - masterSalt.length)]);
  iv[7]! ^= label;
  return aesCm(await importCounterKey(masterKey), iv, new Uint8Array(octets));
}

/**
 * The session keys for media or for control (RFC 3711 §4.3).
 * @throws SrtpError SRTP_KEY_LENGTH_WRONG
 */
export async function deriveSessionKeys(
  profile: ProtectionProfile,
  master: MasterKey,
  kind: 'rtp' | 'rtcp',
): Promise<SessionKeys> {
  const { keyOctets, saltOctets, isAead } = profile;
  const { masterKey, masterSalt } = master;
  if (masterKey.length !== keyOctets || masterSalt.length !== saltOctets)
    throw new SrtpError(
      'SRTP_KEY_LENGTH_WRONG',
      0,
      `a key of ${masterKey.length} octets, a salt of ${masterSalt.length}`,
      `${keyOctets} and ${saltOctets}`,
    );
  const labels = KEY_LABELS[kind];
  const [key, salt, authKey] = await Promise.all([
    deriveKey(master, labels.key, keyOctets),
    deriveKey(master, labels.salt, saltOctets),
    deriveKey(master, labels.authKey, isAead ? 0 : AUTH_KEY_OCTETS),
  ]);
  return { key, salt, authKey };
}
