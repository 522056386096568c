import type { SessionDescription } from '../description';
import { quote } from '../errors';
import { groupsOf, isAccepted } from '../groups';
import type { MediaReading } from '../read-media';
import { findLine } from '../read-media';
import type { Report } from './report';

export type Exchange = {
  offer: SessionDescription;
  offered: readonly MediaReading[];
  answer: SessionDescription;
  answered: readonly MediaReading[];
};

/** Names and bundles of the answer against the offer's (RFC 5888 §9.2, RFC 8843 §7.3). */
export function checkAnsweredBundle(
  { offer, offered, answer, answered }: Exchange,
  reportAt: (section?: number) => Report,
): void {
  const [asked, given] = [groupsOf(offer, 'BUNDLE'), groupsOf(answer, 'BUNDLE')];
  const groupLine = findLine(answer.lines, 'group');
  for (const mids of given) {
    const group = asked.find((candidate) => mids.some((mid) => candidate.includes(mid)));
    const extra = mids.filter((mid) => !group?.includes(mid));
    if (extra.length > 0) {
      reportAt().error(
        'SDP_ANSWER_BUNDLE_NOT_OFFERED',
        extra.map(quote).join(' '),
        `mids of ${group?.join(' ') ?? 'an offered bundle'}`,
        groupLine,
      );
    }
  }
  const bundled = new Set(given.flat());
  answer.media.forEach((section, i) => {
    const theirs = offer.media[i];
    const [ours, wanted] = [answered[i]!, offered[i]];
    if (!theirs || !wanted) return;
    if (ours.mid !== wanted.mid) {
      // An answerer that knows no groups leaves the name out; one that writes another has mixed up the sections.
      const report = ours.mid === undefined ? reportAt(i).warning : reportAt(i).error;
      report(
        'SDP_ANSWER_MID_CHANGED',
        ours.mid === undefined ? 'no a=mid' : quote(ours.mid),
        quote(wanted.mid ?? ''),
        findLine(section.lines, 'mid'),
      );
    }
    const isBundled = ours.mid !== undefined && bundled.has(ours.mid);
    const isTaken = isAccepted(section.port, ours, given);
    if (!isTaken && isBundled) {
      reportAt(i).error(
        'SDP_ANSWER_BUNDLE_REFUSED_SECTION',
        `${ours.mid} with port 0 in the bundle`,
        'refused sections outside it',
        groupLine,
      );
    }
    if (isTaken && wanted.isBundleOnly && !isBundled) {
      reportAt(i).error(
        'SDP_ANSWER_BUNDLE_ONLY_LEFT_OUT',
        `port ${section.port}, outside the bundle`,
        'in the bundle, or port 0',
      );
    }
  });
}
