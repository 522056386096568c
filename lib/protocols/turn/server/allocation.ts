import type { StunAttribute } from '@/lib/protocols/stun';
import type { TransportAddress } from '@/lib/protocols/udp';
import { isSameTransportAddress } from '@/lib/protocols/udp';
import { TURN_LIMITS } from './options';

/** A relayed transport address and how long it is held. */
export type Relay = { address: TransportAddress; expiresAtMs: number };

/** What one client has at the server (RFC 8656 §3.2): relayed addresses, and who may send through them. */
export class Allocation {
  readonly client: TransportAddress;
  readonly username: string;
  /** Of the request that made it: its retransmissions get the same answer (§7.2). */
  readonly transactionId: string;
  /** One, or one of each family. */
  readonly relays: Relay[];
  /** What else the answer told: a reservation, or why there is no second family. */
  readonly told: readonly StunAttribute[];
  /** Peer addresses without ports, until when. */
  readonly #permissions = new Map<string, number>();
  readonly #channels = new Map<number, { peer: TransportAddress; expiresAtMs: number }>();

  constructor(
    client: TransportAddress,
    username: string,
    transactionId: string,
    relays: Relay[],
    told: readonly StunAttribute[],
  ) {
    this.client = client;
    this.username = username;
    this.transactionId = transactionId;
    this.relays = relays;
    this.told = told;
  }

  /** Permissions are by address: any port of the peer may send (§9). */
  isPermitted(peer: TransportAddress, nowMs: number): boolean {
    return (this.#permissions.get(peer.address) ?? -Infinity) > nowMs;
  }

  hasRoomFor(peers: readonly TransportAddress[], nowMs: number): boolean {
    for (const [address, untilMs] of this.#permissions)
      if (untilMs <= nowMs) this.#permissions.delete(address);
    const added = new Set(
      peers.map(({ address }) => address).filter((address) => !this.#permissions.has(address)),
    );
    return this.#permissions.size + added.size <= TURN_LIMITS.permissionsOfAnAllocation;
  }

  permit(peer: TransportAddress, nowMs: number): void {
    this.#permissions.set(peer.address, nowMs + TURN_LIMITS.permissionMs);
  }

  peerOf(channel: number, nowMs: number): TransportAddress | undefined {
    const bound = this.#channels.get(channel);
    return bound && bound.expiresAtMs > nowMs ? bound.peer : undefined;
  }

  channelOf(peer: TransportAddress, nowMs: number): number | undefined {
    for (const [channel, bound] of this.#channels) {
      if (bound.expiresAtMs > nowMs && isSameTransportAddress(bound.peer, peer)) return channel;
    }
    return undefined;
  }

  bind(channel: number, peer: TransportAddress, nowMs: number): void {
    this.#channels.set(channel, { peer, expiresAtMs: nowMs + TURN_LIMITS.channelMs });
  }
}
