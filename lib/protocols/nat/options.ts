import type { Random } from '@/lib/sim';
import type { NatBehaviour } from './behaviour';
import { NatError } from './errors';

/**
 * How an external port is found (RFC 4787 §4.2.1): the internal one if it is free, else the next; the one after the last
 * that was given; or any.
 */
export type PortAssignment = 'preserving' | 'sequential' | 'random';

/** What a NAT does (RFC 4787). Without more than the two behaviours it is as the RFC requires. */
export type NatOptions = {
  mapping: NatBehaviour;
  filtering: NatBehaviour;
  /** Its addresses outside; one unless given. */
  externalAddresses?: readonly string[];
  /** A mapping that nothing refreshed for this long is gone (§4.3: at least 2 minutes, 5 recommended). */
  timeoutMs?: number;
  /** Whether a packet from outside keeps a mapping alive too (§4.3, REQ-6); one from inside always does. */
  inboundRefresh?: boolean;
  portAssignment?: PortAssignment;
  /** An even internal port gets an even one outside, an odd one an odd one (§4.2.2, REQ-4): RTP and RTCP need it. */
  parity?: boolean;
  /** All of one host's mappings on one external address (REQ-2), or each on the next. */
  pooling?: 'paired' | 'arbitrary';
  /**
   * What happens when a host inside sends to an external address of this NAT (§6): it goes back in, and seems to come from
   * the sender's external address (REQ-9) or, wrongly, from its internal one; or it is dropped.
   */
  hairpinning?: 'external-source' | 'internal-source' | 'none';
  /** Ports to give, both included. Ports below 1024 are given to those who have one inside (REQ-3). */
  ports?: { first: number; last: number };
  /** More are refused, as a table that is full does. */
  maxMappings?: number;
  /** For `random` assignment. */
  random?: Random;
};

/** Mappings that a NAT holds unless told otherwise. */
export const DEFAULT_MAX_MAPPINGS = 65_536;
/** Remote ends that one internal end may have sent to and be answered by. */
export const MAX_REMOTES = 65_536;
/** Five minutes, which RFC 4787 §4.3 recommends (REQ-5). */
export const DEFAULT_TIMEOUT_MS = 300_000;

/** Options with everything filled in. @throws NatError NAT_OPTION_INVALID */
export function natOptions(options: NatOptions): Required<Omit<NatOptions, 'random'>> & { random?: Random } {
  const filled = {
    externalAddresses: ['203.0.113.1'],
    timeoutMs: DEFAULT_TIMEOUT_MS,
    inboundRefresh: false,
    portAssignment: 'preserving' as const,
    parity: true,
    pooling: 'paired' as const,
    hairpinning: 'external-source' as const,
    ports: { first: 1, last: 65_535 },
    maxMappings: DEFAULT_MAX_MAPPINGS,
    ...options,
  };
  const { ports, timeoutMs, externalAddresses } = filled;
  if (!(timeoutMs > 0)) throw new NatError('NAT_OPTION_INVALID', `timeout ${timeoutMs} ms`, 'more than 0');
  if (externalAddresses.length === 0) throw new NatError('NAT_OPTION_INVALID', 'no address', 'one or more');
  if (!(ports.first >= 1 && ports.last <= 65_535 && ports.first <= ports.last)) {
    throw new NatError('NAT_OPTION_INVALID', `ports ${ports.first} to ${ports.last}`, '1 to 65535');
  }
  if (filled.portAssignment === 'random' && !options.random) {
    throw new NatError('NAT_OPTION_INVALID', 'random ports without chance', 'a `random`');
  }
  return filled;
}
