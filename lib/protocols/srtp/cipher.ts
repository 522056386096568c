import { CounterModeCipher } from './counter-mode';
import { GcmCipher } from './gcm';
import type { SessionKeys } from './key-derivation';
import type { ProtectionProfile } from './profiles';

/** One packet as a cipher sees it. */
export type ProtectionUnit = {
  ssrc: number;
  /** Index of 48 bits: ROC and sequence number, or the SRTCP index. */
  index: number;
  /** What is authenticated and stays as it is. */
  clear: Uint8Array;
  /** What is authenticated and encrypted: plain text to `seal`, cipher text to `open`. */
  body: Uint8Array;
  /** Authenticated behind the packet: for media the ROC, which is not sent, for control the word with the index. */
  trailer: Uint8Array;
  kind: 'rtp' | 'rtcp';
};

/** A packet's cipher and its authentication, in one. */
export type SrtpCipher = {
  seal(unit: ProtectionUnit): Promise<{ body: Uint8Array; tag: Uint8Array }>;
  /** The plain text. @throws SrtpError SRTP_NOT_AUTHENTIC */
  open(unit: ProtectionUnit, tag: Uint8Array): Promise<Uint8Array>;
};

/** The cipher of a profile with session keys (RFC 3711 §4, RFC 7714 §5). */
export function createCipher(
  profile: ProtectionProfile,
  keys: SessionKeys,
  kind: 'rtp' | 'rtcp',
): SrtpCipher {
  if (profile.isAead) return new GcmCipher(keys);
  return new CounterModeCipher(keys, kind === 'rtp' ? profile.rtpTagOctets : profile.rtcpTagOctets);
}
