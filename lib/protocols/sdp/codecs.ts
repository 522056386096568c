import type { MediaDescription } from './description';
import type { MediaReading } from './read-media';
import { isRtp } from './section-kind';

/** What a payload number stands for in one section: its `rtpmap`, `fmtp` and `rtcp-fb` lines in one place. */
export type Codec = {
  payloadType: string;
  /** As written; compared without regard to case (RFC 8866 §6.6). */
  encodingName: string;
  clockRate: number;
  channels?: number;
  parameters?: string;
  /** `nack pli`, `transport-cc` …; those for `*` among them. */
  feedback: string[];
};

/** Payload numbers that need no `rtpmap` (RFC 3551 §6, tables 4 and 5; the registry is closed). */
export const STATIC_PAYLOAD_TYPES: Readonly<
  Record<string, { encodingName: string; clockRate: number; channels?: number }>
> = {
  0: { encodingName: 'PCMU', clockRate: 8000 },
  3: { encodingName: 'GSM', clockRate: 8000 },
  4: { encodingName: 'G723', clockRate: 8000 },
  5: { encodingName: 'DVI4', clockRate: 8000 },
  6: { encodingName: 'DVI4', clockRate: 16_000 },
  7: { encodingName: 'LPC', clockRate: 8000 },
  8: { encodingName: 'PCMA', clockRate: 8000 },
  9: { encodingName: 'G722', clockRate: 8000 },
  10: { encodingName: 'L16', clockRate: 44_100, channels: 2 },
  11: { encodingName: 'L16', clockRate: 44_100 },
  12: { encodingName: 'QCELP', clockRate: 8000 },
  13: { encodingName: 'CN', clockRate: 8000 },
  14: { encodingName: 'MPA', clockRate: 90_000 },
  15: { encodingName: 'G728', clockRate: 8000 },
  16: { encodingName: 'DVI4', clockRate: 11_025 },
  17: { encodingName: 'DVI4', clockRate: 22_050 },
  18: { encodingName: 'G729', clockRate: 8000 },
  25: { encodingName: 'CelB', clockRate: 90_000 },
  26: { encodingName: 'JPEG', clockRate: 90_000 },
  28: { encodingName: 'nv', clockRate: 90_000 },
  31: { encodingName: 'H261', clockRate: 90_000 },
  32: { encodingName: 'MPV', clockRate: 90_000 },
  33: { encodingName: 'MP2T', clockRate: 90_000 },
  34: { encodingName: 'H263', clockRate: 90_000 },
};

/** The codecs of a section in its order of preference; a number that nothing explains is left out. */
export function codecsOf(section: MediaDescription, reading: MediaReading): Codec[] {
  if (!isRtp(section)) return [];
  return section.formats.flatMap((payloadType) => {
    const mapped = reading.rtpmaps.find((rtpmap) => String(rtpmap.payloadType) === payloadType);
    const known = mapped ?? STATIC_PAYLOAD_TYPES[payloadType];
    if (!known) return [];
    const codec: Codec = {
      payloadType,
      encodingName: known.encodingName,
      clockRate: known.clockRate,
      feedback: reading.feedback
        .filter((line) => line.payloadType === payloadType || line.payloadType === '*')
        .map(({ feedback }) => feedback),
    };
    if (known.channels !== undefined) codec.channels = known.channels;
    const parameters = reading.fmtps.find(({ format }) => format === payloadType)?.parameters;
    if (parameters !== undefined) codec.parameters = parameters;
    return [codec];
  });
}

/** `apt=96;rtx-time=200` as a map with lower-case keys; a value alone (`0-15`) stands under `''`. */
export function formatParameters(parameters: string | undefined): Map<string, string> {
  const map = new Map<string, string>();
  for (const part of (parameters ?? '').split(';')) {
    const text = part.trim();
    if (text === '') continue;
    const equals = text.indexOf('=');
    if (equals < 0) map.set('', text);
    else map.set(text.slice(0, equals).trim().toLowerCase(), text.slice(equals + 1).trim());
  }
  return map;
}

type Comparable = Pick<Codec, 'encodingName' | 'clockRate'> & { channels?: number; parameters?: string };

/**
 * Whether two peers mean the same by a codec (RFC 3264 §6.1): name, clock rate, channels, and those parameters that
 * make it another configuration rather than another wish (RFC 6184 §8.2.2 for H264, RFC 9628 §6 for VP9,
 * RTP Payload Format For AV1 §7.2).
 */
export function isSameCodec(a: Comparable, b: Comparable): boolean {
  const name = a.encodingName.toLowerCase();
  if (name !== b.encodingName.toLowerCase() || a.clockRate !== b.clockRate) return false;
  if ((a.channels ?? 1) !== (b.channels ?? 1)) return false;
  const [ours, theirs] = [formatParameters(a.parameters), formatParameters(b.parameters)];
  const isSame = (key: string, fallback: string) =>
    (ours.get(key) ?? fallback) === (theirs.get(key) ?? fallback);
  if (name === 'h264') return isSame('packetization-mode', '0') && h264Profile(ours) === h264Profile(theirs);
  if (name === 'vp9') return isSame('profile-id', '0');
  if (name === 'av1') return isSame('profile', '0');
  return true;
}

/**
 * profile_idc and those bits of profile-iop that make a sub-profile: Constrained Baseline has three spellings
 * (RFC 6184 §8.1, table 5). The level, the last octet, may differ.
 */
function h264Profile(parameters: Map<string, string>): string {
  const id = (parameters.get('profile-level-id') ?? '420010').toLowerCase();
  const idc = id.slice(0, 2);
  const iop = Number.parseInt(id.slice(2, 4), 16);
  const isConstrainedBaseline =
    (idc === '42' && (iop & 0x40) !== 0) ||
    (idc === '4d' && (iop & 0x80) !== 0) ||
    (idc === '58' && (iop & 0xc0) === 0xc0);
  return isConstrainedBaseline ? 'constrained baseline' : `${idc} ${iop & 0xf0}`;
}

/** What carries another format instead of media of its own: the payload numbers it names (RFC 4588 §8.6, RFC 2198 §5). */
export function carriedFormats({ encodingName, parameters }: Comparable): string[] | undefined {
  const name = encodingName.toLowerCase();
  if (name === 'rtx') {
    const apt = formatParameters(parameters).get('apt');
    return [apt ?? ''];
  }
  if (name === 'red' && parameters !== undefined) return parameters.trim().split('/');
  return undefined;
}
