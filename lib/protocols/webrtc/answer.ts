import {
  createAnswer,
  parseCandidate,
  readAllMedia,
  validateOfferAnswer,
  writeSdp,
  type SessionDescription,
} from '../sdp';
import type { OwnLines, Transceiver } from './offer';

const CODECS = {
  audio: [
    { encodingName: 'opus', clockRate: 48_000, channels: 2 },
    { encodingName: 'PCMU', clockRate: 8000 },
  ],
  video: [{ encodingName: 'VP8', clockRate: 90_000 }],
};

/** The text of an answer (RFC 8829 §5.3.1), with each section in the direction of its transceiver as far as it is allowed. */
export function writeAnswer(
  offer: SessionDescription,
  own: OwnLines,
  transceivers: readonly Transceiver[],
): string {
  const directionOf = (mid: string) => transceivers.find((transceiver) => transceiver.mid === mid);
  const byMid = Object.fromEntries(
    readAllMedia(offer).flatMap(({ mid }, index) => {
      const kind = offer.media[index]?.media;
      const direction = directionOf(mid ?? '')?.direction;
      if (mid === undefined || direction === undefined || (kind !== 'audio' && kind !== 'video')) return [];
      return [[mid, { codecs: CODECS[kind], direction }]];
    }),
  );
  const answer = createAnswer(offer, {
    origin: { sessionId: String(own.sessionId), sessionVersion: own.version },
    ice: {
      ...own.credentials,
      candidates: own.candidates.map((candidate) => parseCandidate(candidate)),
      isComplete: own.isGatheringComplete,
    },
    fingerprints: [{ hash: 'sha-256', fingerprint: own.fingerprint }],
    media: { audio: { codecs: CODECS.audio }, video: { codecs: CODECS.video }, application: {} },
    byMid,
  });
  return writeSdp(answer);
}

/** The first rule that this answer breaks, by its code; undefined: a browser takes it (RFC 8829 §5.11). */
export function refusalOf(offer: SessionDescription, answer: SessionDescription): string | undefined {
  return validateOfferAnswer(offer, answer).find(({ severity }) => severity === 'error')?.code;
}
