import { groupsOf, isAccepted } from '../groups';
import type { MediaReading } from '../read-media';
import { findLine } from '../read-media';
import { isRtp, usesTls } from '../section-kind';
import { SETUP_ANSWERS } from '../setup-role';
import type { Exchange } from './answered-bundle';
import type { Report } from './report';

/**
 * ICE, DTLS and `rtcp-mux` of the answer against the offer's. In an answered bundle the first section speaks for all
 * (RFC 8843 §7.3.2); the others are compared only in what they say themselves.
 */
export function checkAnsweredTransport(
  { offer, offered, answer, answered }: Exchange,
  reportAt: (section?: number) => Report,
): void {
  const bundles = groupsOf(answer, 'BUNDLE');
  const offeredTag = groupsOf(offer, 'BUNDLE')[0]?.[0];
  const tagged = offered.find(({ mid }) => mid === offeredTag);
  answer.media.forEach((section, i) => {
    const asked = offer.media[i];
    const [wanted, given] = [offered[i], answered[i]!];
    if (!asked || !wanted || !isAccepted(section.port, given, bundles)) return;
    const report = reportAt(i);
    if (isRtp(section)) checkRtcpMux(wanted, given, report);
    const isShared = bundles.some((mids) => mids.includes(given.mid ?? '') && mids[0] !== given.mid);
    const setupLine = findLine(section.lines, 'setup') ?? findLine(answer.lines, 'setup');
    const role = wanted.setup ?? tagged?.setup ?? 'active';
    if (given.setup && !(SETUP_ANSWERS[role] as readonly string[]).includes(given.setup)) {
      report.error(
        'SDP_ANSWER_SETUP',
        given.setup,
        `${SETUP_ANSWERS[role].join(' or ')} to ${role}`,
        setupLine,
      );
    }
    checkCredentials(
      wanted,
      given,
      report,
      findLine(section.lines, 'ice-ufrag') ?? findLine(answer.lines, 'ice-ufrag'),
    );
    if (isShared) return;
    if (
      (wanted.iceUfrag ?? tagged?.iceUfrag) !== undefined &&
      (given.iceUfrag === undefined || given.icePwd === undefined)
    ) {
      report.error('SDP_ANSWER_ICE_MISSING', 'no ICE credentials', 'a=ice-ufrag and a=ice-pwd');
    }
    if (!usesTls(section) && wanted.fingerprints.length === 0) return;
    if (given.fingerprints.length === 0)
      report.error('SDP_ANSWER_FINGERPRINT_MISSING', 'no fingerprint', 'a=fingerprint');
    if (given.setup === undefined)
      report.error('SDP_ANSWER_SETUP', 'no a=setup', `${SETUP_ANSWERS[role].join(' or ')} to ${role}`);
  });
}

function checkRtcpMux(wanted: MediaReading, given: MediaReading, report: Report): void {
  if (given.hasRtcpMux && !wanted.hasRtcpMux) {
    report.error('SDP_ANSWER_RTCP_MUX_NOT_OFFERED', 'a=rtcp-mux', 'no a=rtcp-mux');
  }
  if (!given.hasRtcpMux && wanted.hasRtcpMuxOnly) {
    report.error('SDP_ANSWER_RTCP_MUX_REFUSED', 'no a=rtcp-mux', 'a=rtcp-mux, or port 0');
  }
  if (given.hasRtcpMuxOnly) report.warning('SDP_ANSWER_RTCP_MUX_ONLY', 'a=rtcp-mux-only', 'a=rtcp-mux');
}

/** Credentials are each side's own: checks sign with the other's, and a copy would sign with itself. */
function checkCredentials(
  wanted: MediaReading,
  given: MediaReading,
  report: Report,
  line: ReturnType<typeof findLine>,
): void {
  if (given.icePwd === undefined || given.icePwd !== wanted.icePwd) return;
  report.error(
    'SDP_ANSWER_ICE_COPIED',
    `the offer’s own ${given.iceUfrag ?? ''}`,
    'credentials of the answerer',
    line,
  );
}
