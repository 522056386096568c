import { type CipherSuite, IV_OCTETS } from './cipher-suites';
import { digest, hkdfExpandLabel, hkdfExtract, hmac } from './hkdf';

/** Labels of the secrets (RFC 8446 §7.1). */
export type SecretLabel =
  | 'ext binder'
  | 'res binder'
  | 'c e traffic'
  | 'e exp master'
  | 'derived'
  | 'c hs traffic'
  | 's hs traffic'
  | 'c ap traffic'
  | 's ap traffic'
  | 'exp master'
  | 'res master';

/** Keys of one direction (RFC 8446 §7.3). */
export type TrafficKeys = { key: Uint8Array; iv: Uint8Array };

const NOTHING = new Uint8Array();

/** Derive-Secret (RFC 8446 §7.1): `transcriptHash` is the hash of all messages so far. */
export function deriveSecret(
  { hash, hashOctets }: CipherSuite,
  secret: Uint8Array,
  label: SecretLabel,
  transcriptHash: Uint8Array,
): Promise<Uint8Array> {
  return hkdfExpandLabel(hash, secret, label, transcriptHash, hashOctets);
}

/** The hash of messages one after another, headers included (RFC 8446 §4.4.1). */
export function transcriptHash({ hash }: CipherSuite, messages: Uint8Array): Promise<Uint8Array> {
  return digest(hash, messages);
}

/** The first secret: from a PSK, or from zeros without one (RFC 8446 §7.1). */
export function earlySecret(suite: CipherSuite, psk?: Uint8Array): Promise<Uint8Array> {
  return hkdfExtract(suite.hash, NOTHING, psk ?? new Uint8Array(suite.hashOctets));
}

/** The next secret in the chain: early, handshake, master (RFC 8446 §7.1). Without `ikm` zeros stand for it. */
export async function nextSecret(
  suite: CipherSuite,
  secret: Uint8Array,
  ikm?: Uint8Array,
): Promise<Uint8Array> {
  const salt = await deriveSecret(suite, secret, 'derived', await digest(suite.hash, NOTHING));
  return hkdfExtract(suite.hash, salt, ikm ?? new Uint8Array(suite.hashOctets));
}

/** RFC 8446 §7.3 */
export async function trafficKeys(
  { hash, keyOctets }: CipherSuite,
  secret: Uint8Array,
): Promise<TrafficKeys> {
  return {
    key: await hkdfExpandLabel(hash, secret, 'key', NOTHING, keyOctets),
    iv: await hkdfExpandLabel(hash, secret, 'iv', NOTHING, IV_OCTETS),
  };
}

/** The traffic secret after a KeyUpdate (RFC 8446 §7.2). */
export function updatedSecret({ hash, hashOctets }: CipherSuite, secret: Uint8Array): Promise<Uint8Array> {
  return hkdfExpandLabel(hash, secret, 'traffic upd', NOTHING, hashOctets);
}

/** verify_data of Finished, and a PSK's binder: a MAC over the transcript (RFC 8446 §4.4.4, §4.2.11.2). */
export async function finishedMac(
  { hash, hashOctets }: CipherSuite,
  baseKey: Uint8Array,
  transcript: Uint8Array,
): Promise<Uint8Array> {
  const key = await hkdfExpandLabel(hash, baseKey, 'finished', NOTHING, hashOctets);
  return hmac(hash, key, transcript);
}

/** The PSK of a ticket (RFC 8446 §4.6.1). */
export function ticketPsk(
  { hash, hashOctets }: CipherSuite,
  resumptionMasterSecret: Uint8Array,
  nonce: Uint8Array,
): Promise<Uint8Array> {
  return hkdfExpandLabel(hash, resumptionMasterSecret, 'resumption', nonce, hashOctets);
}

/** Keying material for others (RFC 8446 §7.5). */
export async function exportKeyingMaterial(
  suite: CipherSuite,
  exporterMasterSecret: Uint8Array,
  label: string,
  context: Uint8Array,
  octets: number,
): Promise<Uint8Array> {
  const { hash, hashOctets } = suite;
  const secret = await hkdfExpandLabel(
    hash,
    exporterMasterSecret,
    label,
    await digest(hash, NOTHING),
    hashOctets,
  );
  return hkdfExpandLabel(hash, secret, 'exporter', await digest(hash, context), octets);
}
