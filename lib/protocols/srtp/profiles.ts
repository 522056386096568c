import { SrtpError } from './errors';

/** The registry of DTLS-SRTP protection profiles (RFC 5764 §4.1.2, RFC 7714 §14.2, RFC 8723, RFC 8269). */
export const PROTECTION_PROFILES = {
  SRTP_AES128_CM_HMAC_SHA1_80: 0x0001,
  SRTP_AES128_CM_HMAC_SHA1_32: 0x0002,
  SRTP_NULL_HMAC_SHA1_80: 0x0005,
  SRTP_NULL_HMAC_SHA1_32: 0x0006,
  SRTP_AEAD_AES_128_GCM: 0x0007,
  SRTP_AEAD_AES_256_GCM: 0x0008,
  DOUBLE_AEAD_AES_128_GCM_AEAD_AES_128_GCM: 0x0009,
  DOUBLE_AEAD_AES_256_GCM_AEAD_AES_256_GCM: 0x000a,
  SRTP_ARIA_128_CTR_HMAC_SHA1_80: 0x000b,
  SRTP_ARIA_128_CTR_HMAC_SHA1_32: 0x000c,
  SRTP_ARIA_256_CTR_HMAC_SHA1_80: 0x000d,
  SRTP_ARIA_256_CTR_HMAC_SHA1_32: 0x000e,
  SRTP_AEAD_ARIA_128_GCM: 0x000f,
  SRTP_AEAD_ARIA_256_GCM: 0x0010,
} as const;

/** Those of them that are implemented here: what browsers offer. */
export type ProfileName =
  | 'SRTP_AES128_CM_HMAC_SHA1_80'
  | 'SRTP_AES128_CM_HMAC_SHA1_32'
  | 'SRTP_AEAD_AES_128_GCM'
  | 'SRTP_AEAD_AES_256_GCM';

/** The parameters that a profile stands for (RFC 5764 §4.1.2, RFC 7714 §14.2). */
export type ProtectionProfile = {
  name: ProfileName;
  isAead: boolean;
  /** Octets of master and session keys. */
  keyOctets: number;
  /** Octets of master and session salts. */
  saltOctets: number;
  rtpTagOctets: number;
  rtcpTagOctets: number;
};

const counterMode = { isAead: false, keyOctets: 16, saltOctets: 14, rtcpTagOctets: 10 };
const gcm = { isAead: true, saltOctets: 12, rtpTagOctets: 16, rtcpTagOctets: 16 };

const SUPPORTED: Readonly<Record<ProfileName, ProtectionProfile>> = {
  SRTP_AES128_CM_HMAC_SHA1_80: { name: 'SRTP_AES128_CM_HMAC_SHA1_80', ...counterMode, rtpTagOctets: 10 },
  // Only media has the short tag; control keeps the long one.
  SRTP_AES128_CM_HMAC_SHA1_32: { name: 'SRTP_AES128_CM_HMAC_SHA1_32', ...counterMode, rtpTagOctets: 4 },
  SRTP_AEAD_AES_128_GCM: { name: 'SRTP_AEAD_AES_128_GCM', ...gcm, keyOctets: 16 },
  SRTP_AEAD_AES_256_GCM: { name: 'SRTP_AEAD_AES_256_GCM', ...gcm, keyOctets: 32 },
};

/** The profiles that packets can be protected with, the strongest first. */
export const SUPPORTED_PROFILES: readonly ProfileName[] = [
  'SRTP_AEAD_AES_256_GCM',
  'SRTP_AEAD_AES_128_GCM',
  'SRTP_AES128_CM_HMAC_SHA1_80',
  'SRTP_AES128_CM_HMAC_SHA1_32',
];

/** A supported profile by its name or number. @throws SrtpError SRTP_PROFILE_UNKNOWN */
export function getProfileOrThrow(profile: ProfileName | number): ProtectionProfile {
  const name =
    typeof profile === 'string'
      ? profile
      : SUPPORTED_PROFILES.find((each) => PROTECTION_PROFILES[each] === profile);
  if (name === undefined)
    throw new SrtpError('SRTP_PROFILE_UNKNOWN', 0, `profile ${profile}`, 'one of WebCrypto');
  return SUPPORTED[name];
}
