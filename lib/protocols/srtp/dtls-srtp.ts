import { ByteWriter, FieldTrace, toHex, type TraceSink } from '@/lib/bytes';
import { nameIn } from '@/lib/protocols/rtp';
import { SrtpError } from './errors';
import type { MasterKey } from './key-derivation';
import { getProfileOrThrow, type ProfileName, PROTECTION_PROFILES } from './profiles';

/** The label under which DTLS exports the keys of SRTP (RFC 5764 §4.2). */
export const EXPORTER_LABEL = 'EXTRACTOR-dtls_srtp';

/** The extension use_srtp: profiles in order of preference, of which the server answers one (RFC 5764 §4.1.1). */
export type UseSrtp = { profiles: number[]; mki: Uint8Array };

/**
 * The data of a use_srtp extension (RFC 5764 §4.1.1).
 * @throws SrtpError SRTP_EXTENSION_TRUNCATED, SRTP_EXTENSION_LENGTH_WRONG
 */
export function decodeUseSrtp(bytes: Uint8Array, trace?: TraceSink): UseSrtp {
  if (bytes.length < 3)
    throw new SrtpError('SRTP_EXTENSION_TRUNCATED', bytes.length, `${bytes.length} octets`, 'two lengths');
  const octets = (bytes[0]! << 8) | bytes[1]!;
  if (octets < 2 || (octets & 1) !== 0 || octets > bytes.length - 3)
    throw new SrtpError(
      'SRTP_EXTENSION_LENGTH_WRONG',
      0,
      `${octets} octets of profiles`,
      'two each, one at least',
    );
  const mkiAt = 2 + octets;
  const mkiOctets = bytes[mkiAt]!;
  if (mkiAt + 1 + mkiOctets !== bytes.length)
    throw new SrtpError(
      'SRTP_EXTENSION_LENGTH_WRONG',
      mkiAt,
      `an MKI of ${mkiOctets} octets`,
      `${bytes.length - mkiAt - 1}`,
    );
  const profiles: number[] = [];
  for (let at = 2; at < mkiAt; at += 2) profiles.push((bytes[at]! << 8) | bytes[at + 1]!);
  const extension = { profiles, mki: bytes.subarray(mkiAt + 1) };
  if (trace) traceUseSrtp(trace, extension);
  return extension;
}

/**
 * The data of a use_srtp extension, from profiles by their numbers (RFC 5764 §4.1.1).
 * @throws SrtpError SRTP_FIELD_OUT_OF_RANGE: no profile, a number that does not fit in 16 bits, an MKI of more than 255 octets
 */
export function encodeUseSrtp({ profiles, mki }: UseSrtp): Uint8Array {
  if (profiles.length === 0 || profiles.length > 0x7fff)
    throw new SrtpError('SRTP_FIELD_OUT_OF_RANGE', 0, `${profiles.length} profiles`, '1 to 32767');
  if (mki.length > 255)
    throw new SrtpError('SRTP_FIELD_OUT_OF_RANGE', 0, `an MKI of ${mki.length} octets`, 'at most 255');
  const writer = new ByteWriter(3 + 2 * profiles.length + mki.length).uint16(2 * profiles.length);
  for (const profile of profiles) {
    if (!(Number.isInteger(profile) && profile >= 0 && profile <= 0xffff))
      throw new SrtpError('SRTP_FIELD_OUT_OF_RANGE', writer.length, `profile ${profile}`, '0 to 65535');
    writer.uint16(profile);
  }
  return writer.uint8(mki.length).write(mki).finish();
}

function traceUseSrtp(sink: TraceSink, { profiles, mki }: UseSrtp): void {
  const fields = new FieldTrace(sink, 'RFC 5764 §4.1.1').field(
    16,
    'Profiles Length',
    `${profiles.length * 2} octets`,
  );
  for (const profile of profiles)
    fields.field(
      16,
      'SRTP Protection Profile',
      nameIn(PROTECTION_PROFILES, profile),
      undefined,
      'RFC 5764 §4.1.2',
    );
  fields.field(8, 'MKI Length', `${mki.length} octets`).field(mki.length * 8, 'MKI', toHex(mki));
}

/** Octets to export for a profile: a key and a salt for each side (RFC 5764 §4.2). @throws SrtpError SRTP_PROFILE_UNKNOWN */
export function keyingMaterialOctets(name: ProfileName): number {
  const { keyOctets, saltOctets } = getProfileOrThrow(name);
  return 2 * (keyOctets + saltOctets);
}

/**
 * The master keys of both directions out of exported octets: the client's key, the server's, the client's salt, the
 * server's (RFC 5764 §4.2). Each side sends under its own.
 * @throws SrtpError SRTP_PROFILE_UNKNOWN, SRTP_KEY_LENGTH_WRONG
 */
export function splitKeyingMaterial(
  name: ProfileName,
  material: Uint8Array,
): { client: MasterKey; server: MasterKey } {
  const { keyOctets, saltOctets } = getProfileOrThrow(name);
  const expected = keyingMaterialOctets(name);
  if (material.length !== expected)
    throw new SrtpError('SRTP_KEY_LENGTH_WRONG', 0, `${material.length} octets`, `${expected}`);
  const saltsAt = 2 * keyOctets;
  const side = (which: 0 | 1): MasterKey => ({
    masterKey: material.slice(which * keyOctets, (which + 1) * keyOctets),
    masterSalt: material.slice(saltsAt + which * saltOctets, saltsAt + (which + 1) * saltOctets),
  });
  return { client: side(0), server: side(1) };
}
