import { parseCandidate } from '../candidate';
import type { MediaDescription, SdpLine } from '../description';
import { quote, SdpError } from '../errors';
import type { MediaReading } from '../read-media';
import { attributesOf, findLine } from '../read-media';
import type { Report } from './report';

/** Octets of the hashes that a fingerprint may name (RFC 8122 §5). */
const HASH_OCTETS: Readonly<Record<string, number>> = {
  ...{ 'sha-1': 20, 'sha-224': 28, 'sha-256': 32, 'sha-384': 48, 'sha-512': 64, md5: 16, md2: 16 },
};
const WEAK_HASHES = ['md2', 'md5', 'sha-1'];

/** ICE and DTLS lines of one level by their own rules. */
export function checkTransportLines(lines: readonly SdpLine[], report: Report): void {
  checkCredential(findLine(lines, 'ice-ufrag'), 4, 'SDP_ICE_UFRAG_LENGTH', report);
  checkCredential(findLine(lines, 'ice-pwd'), 22, 'SDP_ICE_PWD_LENGTH', report);
  for (const line of attributesOf(lines, 'candidate')) {
    try {
      parseCandidate(`candidate:${line.value ?? ''}`);
    } catch (error) {
      if (!(error instanceof SdpError)) throw error;
      report.error('SDP_CANDIDATE_MALFORMED', error.seen, error.expected, line);
    }
  }
  for (const line of attributesOf(lines, 'fingerprint')) {
    const [hash = '', value = ''] = line.value?.split(' ') ?? [];
    const name = hash.toLowerCase();
    const octets = Math.ceil(value.length / 3);
    const expected = HASH_OCTETS[name];
    if (expected !== undefined && octets !== expected) {
      report.error('SDP_FINGERPRINT_LENGTH', `${octets} octets of ${hash}`, `${expected} octets`, line);
    }
    if (WEAK_HASHES.includes(name)) report.warning('SDP_FINGERPRINT_WEAK', hash, 'sha-256 or better', line);
  }
  for (const line of attributesOf(lines, 'setup')) {
    if (!['active', 'passive', 'actpass', 'holdconn'].includes(line.value ?? '')) {
      report.error(
        'SDP_SETUP_UNKNOWN',
        quote(line.value ?? ''),
        'active, passive, actpass or holdconn',
        line,
      );
    }
  }
}

function checkCredential(
  line: SdpLine | undefined,
  shortest: number,
  code: 'SDP_ICE_UFRAG_LENGTH' | 'SDP_ICE_PWD_LENGTH',
  report: Report,
): void {
  const length = line?.value?.length ?? shortest;
  if (length < shortest || length > 256)
    report.error(code, `${length} characters`, `${shortest} to 256`, line);
}

/**
 * What a section that has a transport of its own must say for WebRTC (RFC 8829 §5.2.1, RFC 8827 §6.5). A section that
 * shares the bundle's may leave it out.
 */
export function checkWebRtcTransport(section: MediaDescription, reading: MediaReading, report: Report): void {
  if (reading.iceUfrag === undefined && reading.icePwd === undefined) {
    report.error('SDP_ICE_MISSING', 'no ICE credentials', 'a=ice-ufrag and a=ice-pwd');
  }
  if (reading.fingerprints.length === 0) {
    report.error('SDP_FINGERPRINT_MISSING', 'no fingerprint', 'a=fingerprint');
  }
  if (reading.setup === undefined && findLine(section.lines, 'setup') === undefined) {
    report.error('SDP_SETUP_MISSING', 'no a=setup', 'a=setup');
  }
}
