import { FieldTrace, toHex, type TraceSink } from '@/lib/bytes';
import { DtlsError } from './errors';
import { concat, isUint, setUint, uintAt } from './octets';
import { nameOr, PROFILE_NAMES, SRTP_PROFILES } from './registry';

/** What use_srtp says: a client's profiles in order of preference, or the server's one (RFC 5764 §4.1.1). */
export type UseSrtp = { profiles: number[]; /** Master Key Identifier, mostly empty. */ mki: Uint8Array };

/** extension_data of use_srtp (RFC 5764 §4.1.1). @throws DtlsError DTLS_FIELD_OUT_OF_RANGE */
export function encodeUseSrtp({ profiles, mki }: UseSrtp): Uint8Array {
  if (
    profiles.length === 0 ||
    profiles.length > 0x7fff ||
    mki.length > 255 ||
    !profiles.every((it) => isUint(it, 0xffff))
  )
    throw new DtlsError(
      'DTLS_FIELD_OUT_OF_RANGE',
      0,
      `${profiles.length} profiles, ${mki.length} octets`,
      '1 to 32767, 255',
    );
  const list = new Uint8Array(2 + profiles.length * 2);
  setUint(list, 0, 2, profiles.length * 2);
  profiles.forEach((profile, index) => setUint(list, 2 + index * 2, 2, profile));
  return concat(list, Uint8Array.of(mki.length), mki);
}

/** extension_data of use_srtp, read (RFC 5764 §4.1.1). @throws DtlsError DTLS_USE_SRTP_MALFORMED */
export function decodeUseSrtp(data: Uint8Array, trace?: TraceSink): UseSrtp {
  const listOctets = uintAt(data, 0, 2);
  const mkiOctets = data[2 + listOctets];
  if (
    listOctets < 2 ||
    listOctets % 2 !== 0 ||
    mkiOctets === undefined ||
    data.length !== 3 + listOctets + mkiOctets
  )
    throw new DtlsError(
      'DTLS_USE_SRTP_MALFORMED',
      0,
      `${data.length} octets, a list of ${listOctets}`,
      'profiles of two octets each and an MKI, with their lengths',
    );
  const fields =
    trace && new FieldTrace(trace, 'RFC 5764 §4.1.1').field(16, 'SRTPProtectionProfiles length', listOctets);
  const profiles: number[] = [];
  for (let at = 2; at < 2 + listOctets; at += 2) {
    const profile = uintAt(data, at, 2);
    profiles.push(profile);
    fields?.field(16, 'SRTPProtectionProfile', nameOr(PROFILE_NAMES, profile), undefined, 'RFC 5764 §4.1.2');
  }
  const mki = data.slice(3 + listOctets);
  fields?.field(8, 'srtp_mki length', mki.length).field(mki.length * 8, 'srtp_mki', toHex(mki));
  return { profiles, mki };
}

/** The label that both ends export keying material under (RFC 5764 §4.2). */
export const DTLS_SRTP_LABEL = 'EXTRACTOR-dtls_srtp';

/** Master key and salt of one direction (RFC 5764 §4.2). */
export type SrtpMaster = { masterKey: Uint8Array; masterSalt: Uint8Array };

/** Octets of master keys and salts (RFC 5764 §4.1.2, RFC 7714 §12). */
const MASTER_OCTETS: ReadonlyMap<number, readonly [key: number, salt: number]> = new Map([
  [SRTP_PROFILES.SRTP_AES128_CM_HMAC_SHA1_80, [16, 14]],
  [SRTP_PROFILES.SRTP_AES128_CM_HMAC_SHA1_32, [16, 14]],
  [SRTP_PROFILES.SRTP_NULL_HMAC_SHA1_80, [16, 14]],
  [SRTP_PROFILES.SRTP_NULL_HMAC_SHA1_32, [16, 14]],
  [SRTP_PROFILES.SRTP_AEAD_AES_128_GCM, [16, 12]],
  [SRTP_PROFILES.SRTP_AEAD_AES_256_GCM, [32, 12]],
]);

function masterOctetsOf(profile: number): readonly [key: number, salt: number] {
  const octets = MASTER_OCTETS.get(profile);
  if (octets) return octets;
  throw new DtlsError('DTLS_SRTP_PROFILE_UNKNOWN', 0, nameOr(PROFILE_NAMES, profile), 'one of SRTP_PROFILES');
}

/** How many octets to export for a profile: both directions' keys and salts (RFC 5764 §4.2). @throws DtlsError DTLS_SRTP_PROFILE_UNKNOWN */
export function srtpKeyingOctets(profile: number): number {
  const [key, salt] = masterOctetsOf(profile);
  return 2 * (key + salt);
}

/**
 * The exported octets cut into both directions' keys (RFC 5764 §4.2): client key, server key, client salt, server salt.
 * @throws DtlsError DTLS_SRTP_PROFILE_UNKNOWN, DTLS_FIELD_OUT_OF_RANGE
 */
export function splitSrtpKeys(
  profile: number,
  material: Uint8Array,
): { client: SrtpMaster; server: SrtpMaster } {
  const [key, salt] = masterOctetsOf(profile);
  if (material.length !== 2 * (key + salt))
    throw new DtlsError('DTLS_FIELD_OUT_OF_RANGE', 0, `${material.length} octets`, `${2 * (key + salt)}`);
  const saltsAt = 2 * key;
  return {
    client: { masterKey: material.slice(0, key), masterSalt: material.slice(saltsAt, saltsAt + salt) },
    server: { masterKey: material.slice(key, saltsAt), masterSalt: material.slice(saltsAt + salt) },
  };
}
