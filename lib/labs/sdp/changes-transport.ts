import type { Report, Side } from './changes';

/** What the edit does to the way of one section: addresses, secrets, roles, protocols. */
export function transportChanges(before: Side, after: Side, report: Report): void {
  const [was, is] = [before.reading, after.reading];
  if (before.section.proto !== after.section.proto) {
    report('proto', 'RFC 8866 §5.14', { from: before.section.proto, to: after.section.proto });
  }
  fingerprintChange(before, after, report);
  const credentials = ({ reading }: Side) => [reading.iceUfrag, reading.icePwd];
  if (String(credentials(before)) !== String(credentials(after))) {
    const isWhole = is.iceUfrag !== undefined && is.icePwd !== undefined;
    report(isWhole ? 'ice-changed' : 'ice-removed', 'RFC 8839 §5.4');
  }
  if (was.setup !== is.setup)
    report('setup', 'RFC 5763 §5', { from: was.setup ?? 'none', to: is.setup ?? 'none' });
  if (was.hasRtcpMux !== is.hasRtcpMux)
    report(is.hasRtcpMux ? 'rtcp-mux-added' : 'rtcp-mux-removed', 'RFC 5761 §5.1.1');
  if (was.isBundleOnly !== is.isBundleOnly)
    report(is.isBundleOnly ? 'bundle-only-added' : 'bundle-only-removed', 'RFC 8843 §6');
  const [had, has] = [was.candidates.length, is.candidates.length];
  if (has < had) report('candidates-removed', 'RFC 8839 §5.1', { n: had - has, left: has });
  else if (has > had) report('candidates-added', 'RFC 8839 §5.1', { n: has - had });
  else if (JSON.stringify(was.candidates) !== JSON.stringify(is.candidates))
    report('candidates-changed', 'RFC 8839 §5.1');
  if (was.hasEndOfCandidates !== is.hasEndOfCandidates) {
    report(is.hasEndOfCandidates ? 'end-of-candidates-added' : 'end-of-candidates-removed', 'RFC 8840 §8.2');
  }
  const trickles = ({ reading }: Side) => reading.iceOptions.includes('trickle');
  if (trickles(before) !== trickles(after))
    report(trickles(after) ? 'trickle-added' : 'trickle-removed', 'RFC 8840 §4.1.1');
}

function fingerprintChange(before: Side, after: Side, report: Report): void {
  const hashesOf = ({ reading }: Side) =>
    reading.fingerprints.map(({ hash, fingerprint }) => `${hash} ${fingerprint}`);
  const [was, is] = [hashesOf(before), hashesOf(after)];
  if (is.length === 0 && was.length > 0) report('fingerprint-removed', 'RFC 8829 §5.2.1');
  else if (was.length === 0 && is.length > 0) report('fingerprint-added', 'RFC 8842 §5.1');
  else if (String(was) !== String(is)) report('fingerprint-changed', 'RFC 5763 §5');
}
