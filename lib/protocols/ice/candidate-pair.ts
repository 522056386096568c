import { isSameTransportAddress } from '@/lib/protocols/udp';
import type { IceCandidate, LocalCandidate } from './candidate';
import { pairPriority } from './priority';

/** Who decides which pair is used (RFC 8445 §4). */
export type IceRole = 'controlling' | 'controlled';

/** RFC 8445 §6.1.2.6, Figure 5. */
export type PairState = 'frozen' | 'waiting' | 'in-progress' | 'succeeded' | 'failed';

/** A way that may work: from one of our candidates to one of theirs. */
export type CandidatePair = {
  local: LocalCandidate;
  remote: IceCandidate;
  component: number;
  priority: bigint;
  /** Both foundations: pairs of equal ones share their fate. */
  foundation: string;
  state: PairState;
  /** The controlled agent was told to use this pair while its own check was still on its way (§7.3.1.5). */
  nominateOnSuccess: boolean;
};

/** A pair, frozen. */
export function createPair(local: LocalCandidate, remote: IceCandidate, role: IceRole): CandidatePair {
  return {
    local,
    remote,
    component: local.component,
    priority: priorityOf(local, remote, role),
    foundation: `${local.foundation}:${remote.foundation}`,
    state: 'frozen',
    nominateOnSuccess: false,
  };
}

/** A pair's priority for an agent in this role: it depends on whose candidate is whose. */
export function priorityOf(local: IceCandidate, remote: IceCandidate, role: IceRole): bigint {
  return role === 'controlling'
    ? pairPriority(local.priority, remote.priority)
    : pairPriority(remote.priority, local.priority);
}

/** For sorting: the highest priority first, then the lowest component. */
export function comparePairs(left: CandidatePair, right: CandidatePair): number {
  if (left.priority !== right.priority) return left.priority > right.priority ? -1 : 1;
  return left.component - right.component;
}

/** Packets of both would take the same way, so checking one is enough. */
export function isSamePath(left: CandidatePair, right: CandidatePair): boolean {
  return (
    left.component === right.component &&
    isSameTransportAddress(left.local.base, right.local.base) &&
    isSameTransportAddress(left.remote.address, right.remote.address)
  );
}

/**
 * RFC 8445 §6.1.2.2: same component, same address family, and link-local addresses only among themselves.
 */
export function canPair(local: IceCandidate, remote: IceCandidate): boolean {
  if (local.component !== remote.component) return false;
  const [ours, theirs] = [local.address.address, remote.address.address];
  return ours.includes(':') === theirs.includes(':') && isLinkLocal(ours) === isLinkLocal(theirs);
}

function isLinkLocal(address: string): boolean {
  return /^fe[89ab]/i.test(address) && address.includes(':');
}
