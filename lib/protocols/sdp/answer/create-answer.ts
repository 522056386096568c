import type { MediaDescription, SdpLine, SessionDescription } from '../description';
import { attribute, field } from '../description';
import { SdpError } from '../errors';
import { realNumbers } from '../extension-numbers';
import { groupsOf } from '../groups';
import { writeOrigin } from '../origin';
import type { MediaReading } from '../read-media';
import { hasFlag, readAllMedia } from '../read-media';
import { isDataChannel, isRtp, usesTls } from '../section-kind';
import { answerDataChannel } from './answer-data-channel';
import { answerRtp } from './answer-rtp';
import { defaultAddress, NO_ADDRESS, transportLines } from './answer-transport';
import type { AnswerCapabilities, DataChannelCapability, MediaCapability } from './capabilities';

/**
 * The answer to an offer (RFC 3264 §6, RFC 8829 §5.3.1): a section for each of the offer's, in its order, under its
 * `mid`, over its protocols; refused with port 0 where nothing is in common. What is bundled shares the transport of
 * the bundle's first section, and only that one says so (RFC 8843 §7.3.2).
 * @throws SdpError SDP_OFFER_UNUSABLE: a section that could be accepted over DTLS lacks its fingerprint or its ICE
 *   credentials
 */
export function createAnswer(
  offer: SessionDescription,
  capabilities: AnswerCapabilities,
): SessionDescription {
  const readings = readAllMedia(offer);
  const numbers = realNumbers(readings);
  const bodies = offer.media.map((section, i) => answerBody(section, readings[i]!, capabilities, numbers));
  const bundle = answeredBundle(offer, readings, bodies, capabilities);
  const tag = bundle[0];
  const offeredTag = groupsOf(offer, 'BUNDLE')[0]?.[0];

  const media = offer.media.map((section, i): MediaDescription => {
    const reading = readings[i]!;
    const body = bodies[i];
    // A section that may only live in the bundle dies with it (RFC 8843 §6).
    const isBundled = reading.mid !== undefined && bundle.includes(reading.mid);
    if (!body || (reading.isBundleOnly && !isBundled)) return refusal(section, reading);
    const ownsTransport = !isBundled || reading.mid === tag;
    const offered = isBundled ? transportOf(reading, readings, offeredTag) : reading;
    const hasDtls = usesDtls(section, offered);
    const hasIce = hasDtls || offered.iceUfrag !== undefined;
    if (ownsTransport && hasDtls) checkTransport(i, offered);
    const address = ownsTransport ? defaultAddress(capabilities.ice.candidates) : NO_ADDRESS;
    const lines = [address.connection, ...midLine(reading)];
    if (ownsTransport && hasIce) lines.push(...transportLines(offered, capabilities, hasDtls));
    if (ownsTransport && isRtp(section) && !offered.hasRtcpMux)
      lines.push(attribute('rtcp', '9 IN IP4 0.0.0.0'));
    lines.push(...body.lines);
    return { media: section.media, port: address.port, proto: section.proto, formats: body.formats, lines };
  });
  return { lines: sessionLines(offer, bundle, capabilities), media };
}

type Body = { formats: string[]; lines: SdpLine[] } | undefined;

function answerBody(
  section: MediaDescription,
  reading: MediaReading,
  capabilities: AnswerCapabilities,
  numbers: ReadonlyMap<string, number>,
): Body {
  // Port 0 in an offer: a section that is over, unless it waits for its bundle (RFC 8843 §6).
  if (section.port === 0 && !reading.isBundleOnly) return undefined;
  const { media, byMid = {} } = capabilities;
  const own = reading.mid !== undefined && Object.hasOwn(byMid, reading.mid) ? byMid[reading.mid] : undefined;
  if (own === 'reject') return undefined;
  if (isDataChannel(section)) {
    const capability = own ?? media.application;
    return capability && answerDataChannel(section, reading, capability as DataChannelCapability);
  }
  if (!isRtp(section) || (section.media !== 'audio' && section.media !== 'video')) return undefined;
  const capability = own ?? media[section.media];
  return capability && answerRtp(section, reading, capability as MediaCapability, numbers);
}

/** Of the first bundle offered, those sections that are accepted, in its order (RFC 8843 §7.3). */
function answeredBundle(
  offer: SessionDescription,
  readings: readonly MediaReading[],
  bodies: readonly Body[],
  { bundle = true }: AnswerCapabilities,
): string[] {
  if (!bundle) return [];
  const accepted = new Set(readings.filter((_, i) => bodies[i] !== undefined).map(({ mid }) => mid));
  const offered = groupsOf(offer, 'BUNDLE')[0] ?? [];
  return offered.filter((mid) => accepted.has(mid));
}

function sessionLines(
  offer: SessionDescription,
  bundle: readonly string[],
  { origin, ice }: AnswerCapabilities,
): SdpLine[] {
  const { sessionId, sessionVersion = 1, username = '-' } = origin;
  const address = { netType: 'IN', addressType: 'IP4', address: '0.0.0.0' };
  const lines: SdpLine[] = [
    field('v', '0'),
    field('o', writeOrigin({ username, sessionId, sessionVersion: String(sessionVersion), ...address })),
    field('s', '-'),
    // "The t= line of the answer MUST equal the offer's" (RFC 3264 §6).
    ...offer.lines.filter(({ type }) => type === 't').map(({ value = '0 0' }) => field('t', value)),
  ];
  if (lines.length === 3) lines.push(field('t', '0 0'));
  if (bundle.length > 0) lines.push(attribute('group', `BUNDLE ${bundle.join(' ')}`));
  if (hasFlag(offer.lines, 'extmap-allow-mixed')) lines.push(attribute('extmap-allow-mixed'));
  if (ice.isLite) lines.push(attribute('ice-lite'));
  lines.push(attribute('ice-options', ice.isLite ? 'ice2' : 'trickle ice2'));
  return lines;
}

/** RFC 3264 §6: port 0, and a format because the grammar wants one. */
function refusal(section: MediaDescription, reading: MediaReading): MediaDescription {
  const { media, proto, formats } = section;
  return {
    media,
    port: 0,
    proto,
    formats: formats.slice(0, 1),
    lines: [NO_ADDRESS.connection, ...midLine(reading), attribute('inactive')],
  };
}

/** In a bundle a section may leave its transport to the bundle's first (RFC 8843 §7.2). */
function transportOf(
  reading: MediaReading,
  all: readonly MediaReading[],
  tag: string | undefined,
): MediaReading {
  return reading.iceUfrag === undefined ? (all.find(({ mid }) => mid === tag) ?? reading) : reading;
}

/** Plain RTP is answered plainly: as in RFC 3264's day, or over ICE alone (RFC 8839 §4.2). */
function usesDtls(section: MediaDescription, { fingerprints }: MediaReading): boolean {
  return usesTls(section) || fingerprints.length > 0;
}

function midLine({ mid }: MediaReading): SdpLine[] {
  return mid === undefined ? [] : [attribute('mid', mid)];
}

function checkTransport(index: number, reading: MediaReading): void {
  const fail = (seen: string, expected: string) =>
    new SdpError('SDP_OFFER_UNUSABLE', { offset: 0, line: 0 }, `${seen} in media section ${index}`, expected);
  if (reading.iceUfrag === undefined || reading.icePwd === undefined)
    throw fail('no ICE credentials', 'a=ice-ufrag and a=ice-pwd');
  if (reading.fingerprints.length === 0) throw fail('no fingerprint', 'a=fingerprint');
}
