import type { Random } from '@/lib/sim';
import type { TransportAddress } from '@/lib/protocols/udp';
import type { TurnTransport } from '../channel-data';
import { TurnError } from '../errors';

/** What a TURN server is told. */
export type TurnServerOptions = {
  realm: string;
  /** Passwords by user name. */
  users: ReadonlyMap<string, string>;
  /** The addresses that it relays on: one of each family that it supports, IPv4 first. */
  relayAddresses: readonly string[];
  /** For nonces, tokens and ports. */
  random: Random;
  /** Relayed ports, both included; RFC 8656 §7.2 recommends the dynamic range. */
  ports?: { first: number; last: number };
  /** Allocations that one user may have; more are answered 486. */
  quota?: number;
  /** Allocations in all; more are answered 508. */
  maxAllocations?: number;
  /** The longest that an allocation lives without a refresh. */
  maxLifetimeSeconds?: number;
  /** How clients reach the server: over a stream ChannelData is padded (RFC 8656 §12.5). */
  clientTransport?: TurnTransport;
  /** Peers that may not be sent to are answered 403: a relay must not open the network that it stands in. */
  isPeerAllowed?: (peer: TransportAddress) => boolean;
};

/** How long things live (RFC 8656 §3.2, §9, §12, §7.2, §5), and how many there may be of one allocation. */
export const TURN_LIMITS = {
  defaultLifetimeSeconds: 600,
  maxLifetimeSeconds: 3600,
  permissionMs: 300_000,
  channelMs: 600_000,
  reservationMs: 30_000,
  nonceMs: 3_600_000,
  permissionsOfAnAllocation: 1024,
  noncesKept: 10_000,
} as const;

export type FilledOptions = Required<TurnServerOptions>;

/** @throws TurnError TURN_OPTION_INVALID */
export function fillOptions(options: TurnServerOptions): FilledOptions {
  if (options.relayAddresses.length === 0) {
    throw new TurnError('TURN_OPTION_INVALID', 0, 'no relay address', 'one or two');
  }
  return {
    ports: { first: 49_152, last: 65_535 },
    quota: 10,
    maxAllocations: 1000,
    maxLifetimeSeconds: TURN_LIMITS.maxLifetimeSeconds,
    clientTransport: 'udp',
    isPeerAllowed: () => true,
    ...options,
  };
}

/** The number of an address's family as attributes have it (RFC 8489 §14.1): 1 for IPv4, 2 for IPv6. */
export function familyOf(address: string): 1 | 2 {
  return address.includes(':') ? 2 : 1;
}
