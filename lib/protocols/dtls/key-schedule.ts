import {
  type CipherSuite,
  digest,
  hkdfExpandLabel,
  hkdfExtract,
  hmac,
  type SecretLabel,
} from '@/lib/protocols/tls';

/** Keys of one direction and epoch: for the AEAD, its nonce, and the sequence numbers (RFC 9147 §4.2.3). */
export type RecordKeys = { key: Uint8Array; iv: Uint8Array; sn: Uint8Array };

const NOTHING = new Uint8Array();
const IV_OCTETS = 12;

/** HKDF-Expand-Label of TLS 1.3 with "dtls13" for "tls13 ", so that no key serves both (RFC 9147 §5.9). */
export function dtlsExpandLabel(
  { hash }: CipherSuite,
  secret: Uint8Array,
  label: string,
  context: Uint8Array,
  octets: number,
): Promise<Uint8Array> {
  return hkdfExpandLabel(hash, secret, label, context, octets, 'dtls13');
}

/** Derive-Secret (RFC 8446 §7.1) under DTLS's prefix; `transcriptHash` is that of `transcript13`. */
export function dtlsDeriveSecret(
  suite: CipherSuite,
  secret: Uint8Array,
  label: SecretLabel,
  transcriptHash: Uint8Array,
): Promise<Uint8Array> {
  return dtlsExpandLabel(suite, secret, label, transcriptHash, suite.hashOctets);
}

/** The next secret in the chain early, handshake, master (RFC 8446 §7.1). The first one has no label: `earlySecret` of tls. */
export async function dtlsNextSecret(
  suite: CipherSuite,
  secret: Uint8Array,
  ikm: Uint8Array = new Uint8Array(suite.hashOctets),
): Promise<Uint8Array> {
  const salt = await dtlsDeriveSecret(suite, secret, 'derived', await digest(suite.hash, NOTHING));
  return hkdfExtract(suite.hash, salt, ikm);
}

/** Keys from a traffic secret (RFC 8446 §7.3, RFC 9147 §4.2.3). */
export async function recordKeys(suite: CipherSuite, trafficSecret: Uint8Array): Promise<RecordKeys> {
  const expand = (label: string, octets: number) =>
    dtlsExpandLabel(suite, trafficSecret, label, NOTHING, octets);
  return {
    key: await expand('key', suite.keyOctets),
    iv: await expand('iv', IV_OCTETS),
    sn: await expand('sn', suite.keyOctets),
  };
}

/** The traffic secret of the next epoch after a KeyUpdate (RFC 9147 §8, RFC 8446 §7.2). */
export function dtlsUpdatedSecret(suite: CipherSuite, trafficSecret: Uint8Array): Promise<Uint8Array> {
  return dtlsExpandLabel(suite, trafficSecret, 'traffic upd', NOTHING, suite.hashOctets);
}

/** verify_data of Finished (RFC 8446 §4.4.4). */
export async function dtlsFinishedMac(
  suite: CipherSuite,
  trafficSecret: Uint8Array,
  transcriptHash: Uint8Array,
): Promise<Uint8Array> {
  const key = await dtlsExpandLabel(suite, trafficSecret, 'finished', NOTHING, suite.hashOctets);
  return hmac(suite.hash, key, transcriptHash);
}

/** Keying material for others, SRTP for one (RFC 8446 §7.5, RFC 5764 §4.2). */
export async function dtlsExportKeyingMaterial(
  suite: CipherSuite,
  exporterMasterSecret: Uint8Array,
  label: string,
  context: Uint8Array,
  octets: number,
): Promise<Uint8Array> {
  const empty = await digest(suite.hash, NOTHING);
  const secret = await dtlsExpandLabel(suite, exporterMasterSecret, label, empty, suite.hashOctets);
  return dtlsExpandLabel(suite, secret, 'exporter', await digest(suite.hash, context), octets);
}
