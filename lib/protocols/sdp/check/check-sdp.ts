import type { MediaDescription, SessionDescription } from '../description';
import { mediaLineOf } from '../description';
import { groupsOf } from '../groups';
import type { MediaReading } from '../read-media';
import { findLine, readAllMedia } from '../read-media';
import { isRtp, usesTls } from '../section-kind';
import { checkEncodings } from './check-encodings';
import { checkFormats } from './check-formats';
import { checkGroups } from './check-groups';
import { checkLines, checkRepetition } from './check-lines';
import { checkTransportLines, checkWebRtcTransport } from './check-transport';
import type { Finding, Problem } from './problem';
import { locate } from './problem';
import type { Report } from './report';
import { reportTo } from './report';

/**
 * What is wrong with a description by itself, each with its line and the section that says so; in the order of the
 * text. `profile: 'webrtc'` adds what RFC 8829 and 8827 demand on top of SDP: ICE, a fingerprint, `mid`, `rtcp-mux`,
 * no keys in the clear. Never throws.
 */
export function checkSdp(
  description: SessionDescription,
  { profile = 'sdp' }: { profile?: 'sdp' | 'webrtc' } = {},
): Problem[] {
  const findings: Finding[] = [];
  const reportAt = (section?: number) => reportTo(findings, section);
  const readings = readAllMedia(description);
  const session = reportAt();
  checkLines(description.lines, 'session', session);
  checkRepetition(description.lines, session);
  checkTransportLines(description.lines, session);
  const bundle = groupsOf(description, 'BUNDLE');
  description.media.forEach((section, i) => {
    const report = reportAt(i);
    const reading = readings[i]!;
    if (section.end !== undefined)
      report.warning('SDP_LINE_END', section.end === '' ? 'no line end' : 'LF alone', 'CRLF');
    checkLines(section.lines, 'media', report);
    checkRepetition(section.lines, report);
    checkFormats(section, reading, report);
    checkTransportLines(section.lines, report);
    checkEncodings(section, reading, report);
    if (reading.connection === undefined)
      report.error('SDP_CONNECTION_MISSING', 'no c= line here or above', 'c=');
    if ((reading.iceUfrag === undefined) !== (reading.icePwd === undefined)) {
      report.error(
        'SDP_ICE_HALF',
        reading.iceUfrag === undefined ? 'a=ice-pwd alone' : 'a=ice-ufrag alone',
        'both',
      );
    }
    if (profile === 'webrtc') checkWebRtc(section, reading, bundle, report);
  });
  checkGroups(description, readings, reportAt);
  return locate(description, findings);
}

function checkWebRtc(
  section: MediaDescription,
  reading: MediaReading,
  bundles: string[][],
  report: Report,
): void {
  if (reading.mid === undefined) report.error('SDP_MID_MISSING', 'no a=mid', 'a=mid');
  const key = section.lines.find((line) => line.type === 'k') ?? findLine(section.lines, 'crypto');
  if (key) report.error('SDP_KEY_IN_CLEAR', 'a key in the clear', 'DTLS alone', key);
  if (section.port === 0 && !reading.isBundleOnly) return;
  const isTagged = bundles.every((mids) => !mids.includes(reading.mid ?? '') || mids[0] === reading.mid);
  if (isTagged) checkWebRtcTransport(section, reading, report);
  if (!isRtp(section)) return;
  if (isTagged && !reading.hasRtcpMux) report.error('SDP_RTCP_MUX_MISSING', 'no a=rtcp-mux', 'a=rtcp-mux');
  if (!/SAVPF?$/.test(section.proto)) {
    report.error('SDP_PROTO_UNPROTECTED', `m=${mediaLineOf(section)}`, 'UDP/TLS/RTP/SAVPF');
  } else if (!usesTls(section)) {
    report.warning('SDP_PROTO_OLD', section.proto, 'UDP/TLS/RTP/SAVPF');
  }
}
