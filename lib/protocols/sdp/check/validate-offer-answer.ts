import type { SessionDescription } from '../description';
import { textOf } from '../description';
import { quote } from '../errors';
import { readAllMedia } from '../read-media';
import { checkAnsweredBundle } from './answered-bundle';
import { checkAnsweredMedia } from './answered-media';
import { checkAnsweredTransport } from './answered-transport';
import type { Finding, Problem } from './problem';
import { locate } from './problem';
import { reportTo } from './report';

/**
 * What is wrong between an offer and its answer (RFC 3264 §6 and what grew on it): each problem with its line in the
 * answer. An empty list: a peer that made the offer can go on. Both are taken as they are; what is wrong with either
 * by itself is for `checkSdp`. Never throws.
 */
export function validateOfferAnswer(offer: SessionDescription, answer: SessionDescription): Problem[] {
  const findings: Finding[] = [];
  const session = reportTo(findings);
  const [offered, answered] = [readAllMedia(offer), readAllMedia(answer)];
  if (offer.media.length !== answer.media.length) {
    session.error(
      'SDP_ANSWER_SECTION_COUNT',
      `${answer.media.length} m= lines`,
      `${offer.media.length}, as offered`,
    );
  }
  const timingOf = ({ lines }: SessionDescription) =>
    lines
      .filter(({ type }) => type === 't')
      .map(textOf)
      .join(' / ');
  if (timingOf(offer) !== timingOf(answer)) {
    const line = answer.lines.find(({ type }) => type === 't');
    session.warning('SDP_ANSWER_TIMING_CHANGED', quote(timingOf(answer)), quote(timingOf(offer)), line);
  }
  offer.media.forEach((section, i) => {
    const theirs = answer.media[i];
    if (!theirs) return;
    const pair = {
      offer: { section, reading: offered[i]! },
      answer: { section: theirs, reading: answered[i]! },
    };
    const report = reportTo(findings, i);
    checkAnsweredMedia(pair, report);
  });
  checkAnsweredBundle({ offer, offered, answer, answered }, (section) => reportTo(findings, section));
  checkAnsweredTransport({ offer, offered, answer, answered }, (section) => reportTo(findings, section));
  return locate(answer, findings);
}
