import { createCipher, type SrtpCipher } from './cipher';
import { SrtpError } from './errors';
import { AUTH_KEY_OCTETS, deriveSessionKeys, type MasterKey, type SessionKeys } from './key-derivation';
import type { TrailerShape } from './packet';
import { getProfileOrThrow, type ProfileName, type ProtectionProfile } from './profiles';

/** Streams under one master key at most: what is remembered of each stays bounded. */
export const MAX_STREAMS = 1024;

/** How one direction is protected. */
export type SrtpOptions = {
  /** Says in each packet which master key it is under (RFC 3711 §3.1); none in WebRTC. */
  mki?: Uint8Array;
  /** The ROC that streams are in already; 0 unless key management says so (RFC 3711 §3.3.1). */
  roc?: number;
  /** The index of the first datagram of RTCP; 0 unless a context goes on (RFC 3711 §3.2.1). */
  srtcpIndex?: number;
  /** Packets that the replay list remembers, 64 at least. */
  replayWindow?: number;
};

/** Ciphers and options that a sender and a receiver both have (RFC 3711 §3.2). */
export class CryptoContext {
  readonly profile: ProtectionProfile;
  readonly rtp: SrtpCipher;
  readonly rtcp: SrtpCipher;
  readonly mki: Uint8Array;
  readonly options: SrtpOptions;

  private constructor(
    profile: ProtectionProfile,
    keys: { rtp: SessionKeys; rtcp: SessionKeys },
    options: SrtpOptions,
  ) {
    checkKeys(profile, keys.rtp);
    checkKeys(profile, keys.rtcp);
    this.profile = profile;
    this.rtp = createCipher(profile, keys.rtp, 'rtp');
    this.rtcp = createCipher(profile, keys.rtcp, 'rtcp');
    this.mki = options.mki ?? new Uint8Array();
    this.options = options;
  }

  /** From what key management has agreed on. @throws SrtpError SRTP_PROFILE_UNKNOWN, SRTP_KEY_LENGTH_WRONG */
  static async derive(
    name: ProfileName,
    master: MasterKey,
    options: SrtpOptions = {},
  ): Promise<CryptoContext> {
    const profile = getProfileOrThrow(name);
    const [rtp, rtcp] = await Promise.all([
      deriveSessionKeys(profile, master, 'rtp'),
      deriveSessionKeys(profile, master, 'rtcp'),
    ]);
    return new CryptoContext(profile, { rtp, rtcp }, options);
  }

  /** From session keys as they are, as RFC 7714 has them. @throws SrtpError SRTP_PROFILE_UNKNOWN, SRTP_KEY_LENGTH_WRONG */
  static withSessionKeys(
    name: ProfileName,
    keys: { rtp: SessionKeys; rtcp: SessionKeys },
    options: SrtpOptions = {},
  ): CryptoContext {
    return new CryptoContext(getProfileOrThrow(name), keys, options);
  }

  /** What stands behind packets of this context. */
  shapeOf(kind: 'rtp' | 'rtcp'): TrailerShape {
    const { isAead, rtpTagOctets, rtcpTagOctets } = this.profile;
    return { isAead, tagOctets: kind === 'rtp' ? rtpTagOctets : rtcpTagOctets, mkiOctets: this.mki.length };
  }
}

function checkKeys({ keyOctets, saltOctets, isAead }: ProtectionProfile, keys: SessionKeys): void {
  const seen = [keys.key.length, keys.salt.length, keys.authKey.length];
  const expected = [keyOctets, saltOctets, isAead ? 0 : AUTH_KEY_OCTETS];
  if (seen.some((octets, i) => octets !== expected[i]))
    throw new SrtpError('SRTP_KEY_LENGTH_WRONG', 0, `${seen.join(', ')} octets`, expected.join(', '));
}

/** What is kept of a stream, made when it is first asked for. @throws SrtpError SRTP_TOO_MANY_STREAMS */
export function streamOf<T>(streams: Map<number, T>, ssrc: number, create: () => T): T {
  const known = streams.get(ssrc);
  if (known) return known;
  if (streams.size >= MAX_STREAMS)
    throw new SrtpError('SRTP_TOO_MANY_STREAMS', 8, `${streams.size + 1} streams`, `at most ${MAX_STREAMS}`);
  const created = create();
  streams.set(ssrc, created);
  return created;
}
