import type { CandidateAddress } from './identity';

const TYPE_PREFERENCE = { host: 126, srflx: 100 } as const;
const LOCAL_PREFERENCE = 65_535;
const COMPONENT = 1;

/** RFC 8445 §5.1.2.1, for the one component that rtcp-mux leaves. */
export function candidatePriority(type: keyof typeof TYPE_PREFERENCE): number {
  return 2 ** 24 * TYPE_PREFERENCE[type] + 2 ** 8 * LOCAL_PREFERENCE + (256 - COMPONENT);
}

/** A candidate as it is signalled (RFC 8839 §5.1). `base` is the address that it was sent from. */
export function candidateText({ type, address, port }: CandidateAddress, base: CandidateAddress): string {
  const foundation = type === 'host' ? 1 : 2;
  const from = type === 'host' ? '' : ` raddr ${base.address} rport ${base.port}`;
  return `candidate:${foundation} ${COMPONENT} udp ${candidatePriority(type)} ${address} ${port} typ ${type}${from}`;
}
