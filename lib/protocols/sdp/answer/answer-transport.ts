import type { Candidate } from '../candidate';
import { candidateValue } from '../candidate';
import type { SdpLine } from '../description';
import { attribute, field } from '../description';
import type { MediaReading } from '../read-media';
import { answerSetup } from '../setup-role';
import type { AnswerCapabilities } from './capabilities';

/** The address of `c=` and the port of `m=`, for peers that know no ICE. */
export type DefaultAddress = { port: number; connection: SdpLine };

/** Port 9, "discard", says that there is no address yet (RFC 8829 §5.2.1, RFC 8840 §4.1.1). */
export const NO_ADDRESS: DefaultAddress = { port: 9, connection: field('c', 'IN IP4 0.0.0.0') };

/**
 * The candidate that most peers could reach, so relayed before reflexive before host (RFC 8445 §5.1.4); one that is a
 * name cannot stand in `c=` and leaves it empty (RFC 8839 §4.3.1).
 */
export function defaultAddress(candidates: readonly Candidate[] = []): DefaultAddress {
  const usable = candidates.filter(
    ({ component, transport }) => component === 1 && transport.toLowerCase() === 'udp',
  );
  const best =
    usable.find(({ type }) => type === 'relay') ?? usable.find(({ type }) => type === 'srflx') ?? usable[0];
  if (!best || !/^[0-9.]+$|:/.test(best.address)) return NO_ADDRESS;
  const family = best.address.includes(':') ? 'IP6' : 'IP4';
  return { port: best.port, connection: field('c', `IN ${family} ${best.address}`) };
}

/** ICE of one section: credentials and candidates; between them DTLS, where it is used: fingerprints and role. */
export function transportLines(
  offered: MediaReading,
  { ice, fingerprints, setup }: AnswerCapabilities,
  hasDtls: boolean,
): SdpLine[] {
  const lines: SdpLine[] = [attribute('ice-ufrag', ice.ufrag), attribute('ice-pwd', ice.pwd)];
  if (hasDtls) {
    for (const { hash, fingerprint } of fingerprints)
      lines.push(attribute('fingerprint', `${hash} ${fingerprint}`));
    lines.push(attribute('setup', answerSetup(offered.setup, setup)));
  }
  for (const candidate of ice.candidates ?? []) lines.push(attribute('candidate', candidateValue(candidate)));
  if (ice.isComplete) lines.push(attribute('end-of-candidates'));
  return lines;
}
