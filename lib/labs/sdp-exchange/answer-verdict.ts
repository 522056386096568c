import {
  groupsOf,
  parseSdp,
  readAllMedia,
  SdpError,
  validateOfferAnswer,
  type MediaReading,
  type SessionDescription,
} from '@/lib/protocols/sdp';
import type { ExerciseVerdict, Json } from '../define-lab';

/** What only the learner's side can know, and the answer has to say. */
export type Own = { ufrag: string; pwd: string; fingerprint: string };

const passed: ExerciseVerdict = { passed: true };

/**
 * Judges an answer by what it says and not by how it is written: every answer that a browser would take, and with
 * which the call could come about, passes. The first thing that is wrong is named.
 */
export function judgeAnswer(offerText: string, own: Own, answer: Json): ExerciseVerdict {
  if (typeof answer !== 'string') return { passed: false, mistake: 'not-text' };
  const offer = parseSdp(offerText);
  const description = readAnswer(answer);
  if (typeof description === 'string') return { passed: false, mistake: description };
  const mistake = structureMistake(offer, description) ?? sectionMistake(offer, description, own);
  if (mistake !== undefined) return { passed: false, mistake };
  const problems = validateOfferAnswer(offer, description);
  return problems.some(({ severity }) => severity === 'error') ? { passed: false } : passed;
}

/** The description, or the mistake for which it cannot be read. */
function readAnswer(text: string): SessionDescription | string {
  if (!text.endsWith('\n')) return 'last-line';
  try {
    const description = parseSdp(text);
    const types = new Set(description.lines.map(({ type }) => type));
    return ['v', 'o', 's', 't'].every((type) => types.has(type)) ? description : 'session-lines';
  } catch (error) {
    if (error instanceof SdpError) return 'unreadable';
    throw error;
  }
}

function structureMistake(offer: SessionDescription, answer: SessionDescription): string | undefined {
  const kinds = ({ media }: SessionDescription) => media.map((section) => section.media);
  if (kinds(answer).length !== kinds(offer).length) return 'sections';
  if (kinds(answer).join() !== kinds(offer).join()) return 'order';
  const mids = (description: SessionDescription) => readAllMedia(description).map(({ mid }) => mid);
  if (mids(answer).join() !== mids(offer).join()) return 'mid';
  if (answer.media.some(({ port }) => port === 0)) return 'rejected';
  if (answer.media.some(({ proto }, index) => proto !== offer.media[index]?.proto)) return 'proto';
  const bundled = groupsOf(answer, 'BUNDLE')[0] ?? [];
  return mids(offer).every((mid) => mid !== undefined && bundled.includes(mid)) ? undefined : 'bundle';
}

/** The rules of one section, in the order in which a browser asks for them. */
const rules: readonly { mistake: string; isBroken(it: Pair, own: Own): boolean }[] = [
  { mistake: 'actpass', isBroken: ({ answer }) => answer.setup === 'actpass' },
  { mistake: 'ice', isBroken: ({ answer }) => !answer.iceUfrag || !answer.icePwd },
  {
    mistake: 'copied',
    isBroken: ({ offer, answer }) =>
      answer.iceUfrag === offer.iceUfrag ||
      answer.fingerprints[0]?.fingerprint === offer.fingerprints[0]?.fingerprint,
  },
  {
    mistake: 'fingerprint',
    isBroken: ({ answer }, own) =>
      !answer.fingerprints.some(({ fingerprint }) => fingerprint.toUpperCase() === own.fingerprint),
  },
  {
    mistake: 'ice',
    isBroken: ({ answer }, own) => answer.iceUfrag !== own.ufrag || answer.icePwd !== own.pwd,
  },
  { mistake: 'setup', isBroken: ({ answer }) => answer.setup !== 'active' && answer.setup !== 'passive' },
];

type Pair = { offer: MediaReading; answer: MediaReading };

function sectionMistake(offer: SessionDescription, answer: SessionDescription, own: Own): string | undefined {
  const offered = readAllMedia(offer);
  const answered = readAllMedia(answer);
  // The bundle's first section speaks for all: the others may be silent on their transport.
  const first: Pair = { offer: offered[0]!, answer: answered[0]! };
  const broken = rules.find(({ isBroken }) => isBroken(first, own));
  if (broken) return broken.mistake;
  const codes = new Set(validateOfferAnswer(offer, answer).map(({ code }) => code));
  if (codes.has('SDP_ANSWER_DIRECTION')) return 'direction';
  if (answered.some((section, index) => offered[index]?.hasRtcpMux && !section.hasRtcpMux)) return 'rtcp-mux';
  if (codes.has('SDP_ANSWER_SCTP_PORT_MISSING')) return 'sctp-port';
  if (!answer.media.every(({ formats }, index) => isPartOf(formats, offer.media[index]?.formats ?? [])))
    return 'formats';
  if (
    answer.media.some(
      ({ media, formats }, index) => media !== 'application' && !areMapped(formats, answered[index]!),
    )
  )
    return 'rtpmap';
  if (answered.some(({ connection }) => connection === undefined)) return 'connection';
  return undefined;
}

const isPartOf = (some: readonly string[], all: readonly string[]) =>
  some.every((format) => all.includes(format));

/** From 96 on a number means nothing without its line (RFC 3551 §3). */
const areMapped = (formats: readonly string[], { rtpmaps }: MediaReading) =>
  formats.every(
    (format) => Number(format) < 96 || rtpmaps.some(({ payloadType }) => String(payloadType) === format),
  );
