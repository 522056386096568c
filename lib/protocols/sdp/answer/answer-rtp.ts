import type { Codec } from '../codecs';
import { carriedFormats, codecsOf, isSameCodec } from '../codecs';
import type { MediaDescription, SdpLine } from '../description';
import { attribute } from '../description';
import { answerDirection, isReceiving, isSending } from '../direction';
import { isLentNumber } from '../extension-numbers';
import type { MediaReading } from '../read-media';
import { hasFlag } from '../read-media';
import { writeSimulcast } from '../simulcast';
import type { CodecCapability, MediaCapability } from './capabilities';

const RTP_STREAM_ID = 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id';

/** What of an offered RTP section is taken: formats for its `m=` line and the lines of the media itself. */
export type RtpAnswer = { formats: string[]; lines: SdpLine[] };

/**
 * RFC 8829 §5.3.1, the part about media: those codecs that both have, in the offer's order and under its numbers, with
 * the feedback and header extensions that both know, in a direction that the offer allows. Undefined: nothing in
 * common, refuse the section.
 */
export function answerRtp(
  section: MediaDescription,
  offered: MediaReading,
  capability: MediaCapability,
  numbers: ReadonlyMap<string, number>,
): RtpAnswer | undefined {
  const codecs = commonCodecs(codecsOf(section, offered), capability);
  if (codecs.every((codec) => carriedFormats(codec) !== undefined)) return undefined;
  const direction = answerDirection(offered.direction, capability.direction ?? 'sendrecv');
  const lines: SdpLine[] = [attribute(direction)];
  if (offered.hasRtcpMux) lines.push(attribute('rtcp-mux'));
  if (hasFlag(section.lines, 'rtcp-rsize')) lines.push(attribute('rtcp-rsize'));
  for (const codec of codecs) lines.push(...codecLines(codec, capability));
  const simulcast = capability.simulcast && isReceiving(direction) ? simulcastLines(offered) : [];
  const chosen = new Set<number>();
  for (const { id, direction: way, uri } of offered.headerExtensions) {
    // Without it nobody could tell the encodings of a simulcast apart (RFC 8853 §5.5).
    const isNeeded = simulcast.length > 0 && uri === RTP_STREAM_ID;
    if (!isNeeded && !capability.headerExtensions?.includes(uri)) continue;
    const number = isLentNumber(id) ? numbers.get(uri) : id;
    if (number === undefined || chosen.has(id)) continue;
    chosen.add(id);
    lines.push(attribute('extmap', `${number}${reversed(way)} ${uri}`));
  }
  if (isSending(direction) && capability.track) lines.push(...trackLines(capability.track));
  lines.push(...simulcast);
  return { formats: codecs.map(({ payloadType }) => payloadType), lines };
}

/**
 * What carries other formats (rtx, red) stays only where all that it carries stays; an rtx may carry a red, so ask
 * until nothing falls out any more.
 */
function commonCodecs(offered: readonly Codec[], { codecs }: MediaCapability): Codec[] {
  let kept = offered.filter((codec) => codecs.some((own) => isSameKind(own, codec)));
  for (;;) {
    const formats = new Set(kept.map(({ payloadType }) => payloadType));
    const whole = kept.filter(
      (codec) => carriedFormats(codec)?.every((format) => formats.has(format)) ?? true,
    );
    if (whole.length === kept.length) return kept;
    kept = whole;
  }
}

/** The parameters of a carrier name payload numbers, which are the offer's own. */
function isSameKind(own: CodecCapability, offered: Codec): boolean {
  const isCarrier = carriedFormats(offered) !== undefined;
  return isCarrier
    ? isSameCodec({ ...own, parameters: '' }, { ...offered, parameters: '' })
    : isSameCodec(own, offered);
}

function codecLines(codec: Codec, { codecs }: MediaCapability): SdpLine[] {
  const { payloadType, encodingName, clockRate, channels } = codec;
  const own = codecs.find((candidate) => isSameCodec(candidate, codec));
  const lines: SdpLine[] = [
    attribute(
      'rtpmap',
      `${payloadType} ${encodingName}/${clockRate}${channels === undefined ? '' : `/${channels}`}`,
    ),
  ];
  const isCarrier = carriedFormats(codec) !== undefined;
  const parameters = isCarrier ? codec.parameters : (own?.parameters ?? codec.parameters);
  if (parameters !== undefined && parameters !== '')
    lines.push(attribute('fmtp', `${payloadType} ${parameters}`));
  for (const feedback of codec.feedback) {
    if (own?.feedback && !own.feedback.includes(feedback)) continue;
    lines.push(attribute('rtcp-fb', `${payloadType} ${feedback}`));
  }
  return lines;
}

/** A one-way header extension is turned round in the answer (RFC 8285 §8). */
function reversed(direction: string | undefined): string {
  if (direction === 'sendonly') return '/recvonly';
  if (direction === 'recvonly') return '/sendonly';
  return direction === undefined ? '' : `/${direction}`;
}

function trackLines({ streamId, trackId, ssrc, cname }: NonNullable<MediaCapability['track']>): SdpLine[] {
  const lines = [attribute('msid', trackId === undefined ? streamId : `${streamId} ${trackId}`)];
  if (ssrc !== undefined && cname !== undefined) lines.push(attribute('ssrc', `${ssrc} cname:${cname}`));
  return lines;
}

/** What was offered as sent is answered as received, each encoding under the same name (RFC 8853 §5.3.2). */
function simulcastLines(offered: MediaReading): SdpLine[] {
  const streams = offered.simulcast?.send ?? [];
  const hasNames = offered.headerExtensions.some(({ uri }) => uri === RTP_STREAM_ID);
  if (streams.length === 0 || !hasNames) return [];
  const names = new Set(streams.flat().map(({ rid }) => rid));
  const rids = offered.rids.filter(({ rid, direction }) => direction === 'send' && names.has(rid));
  return [
    ...rids.map(({ rid, restrictions }) =>
      attribute('rid', `${rid} recv${restrictions === undefined ? '' : ` ${restrictions}`}`),
    ),
    attribute('simulcast', writeSimulcast({ send: [], recv: streams })),
  ];
}
