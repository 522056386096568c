import type { TransportAddress } from '@/lib/protocols/udp';
import { isSameTransportAddress } from '@/lib/protocols/udp';
import type { CandidateType } from './priority';
import { candidatePriority } from './priority';

/** An address where an agent may be reached (RFC 8445 §5.1, RFC 8839 §5.1). UDP only. */
export type IceCandidate = {
  /** Candidates of equal foundation are likely to work or fail together (RFC 8445 §5.1.1.3). 1 to 32 characters. */
  foundation: string;
  /** 1 for RTP or data, 2 for RTCP on its own port. */
  component: number;
  priority: number;
  type: CandidateType;
  address: TransportAddress;
  /** Where it was learned from, for people to see: the base of a reflexive one, the mapped address of a relayed one. */
  related?: TransportAddress;
};

/** One's own candidate; packets for it leave from and arrive at its base, which is itself for host and relayed ones. */
export type LocalCandidate = IceCandidate & { base: TransportAddress };

/**
 * Foundations for one agent (RFC 8445 §5.1.1.3): equal for candidates of equal type, base address, server and protocol,
 * and different for all others.
 */
export class Foundations {
  readonly #known = new Map<string, string>();

  of(type: CandidateType, baseAddress: string, server = ''): string {
    const key = `${type} ${baseAddress} ${server} udp`;
    const foundation = this.#known.get(key) ?? String(this.#known.size + 1);
    this.#known.set(key, foundation);
    return foundation;
  }
}

/** What a local candidate is made of; the rest follows. */
export type CandidateParts = {
  type: CandidateType;
  address: TransportAddress;
  /** The socket; itself unless given. */
  base?: TransportAddress;
  /** The address of the STUN or TURN server that told. */
  server?: string;
  component?: number;
  localPreference?: number;
};

/** A local candidate with its foundation and priority. */
export function createCandidate(parts: CandidateParts, foundations: Foundations): LocalCandidate {
  const { type, address, base = address, server, component = 1, localPreference } = parts;
  return {
    foundation: foundations.of(type, base.address, server),
    component,
    priority: candidatePriority({
      type,
      component,
      ...(localPreference === undefined ? {} : { localPreference }),
    }),
    type,
    address,
    base,
    ...(base === address ? {} : { related: base }),
  };
}

/**
 * RFC 8445 §5.1.3: of candidates with the same address and the same base only the one of the highest priority stays. A
 * reflexive candidate behind no NAT goes this way.
 */
export function withoutRedundant(candidates: readonly LocalCandidate[]): LocalCandidate[] {
  const sorted = [...candidates].sort((left, right) => right.priority - left.priority);
  return sorted.filter(
    (candidate, index) => !sorted.slice(0, index).some((better) => isRedundant(candidate, better)),
  );
}

function isRedundant(candidate: LocalCandidate, better: LocalCandidate): boolean {
  return (
    candidate.component === better.component &&
    isSameTransportAddress(candidate.address, better.address) &&
    isSameTransportAddress(candidate.base, better.base)
  );
}
