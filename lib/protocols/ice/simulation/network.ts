import type { EventQueue } from '@/lib/sim';
import type { Nat, NatPacket } from '@/lib/protocols/nat';
import type { StunMessage } from '@/lib/protocols/stun';
import { successTo } from '@/lib/protocols/stun';
import type { TransportAddress } from '@/lib/protocols/udp';
import { isSameTransportAddress, writeTransportAddress } from '@/lib/protocols/udp';

/** The two hosts. */
export type Side = 'a' | 'b';

/** What a datagram of the simulation holds; the relay's are what TURN wraps in indications. */
export type Payload =
  | { kind: 'stun'; message: StunMessage }
  | { kind: 'allocate' }
  | { kind: 'allocated'; relayed: TransportAddress }
  | { kind: 'to-peer' | 'from-peer'; peer: TransportAddress; message: StunMessage };

/** A datagram under way. */
export type Datagram = NatPacket & { payload: Payload };

/** Something that happened to a datagram. */
export type NetworkEvent = {
  atMs: number;
  type: 'sent' | 'delivered' | 'dropped';
  side: Side;
  source: string;
  destination: string;
  what: string;
  reason?: string;
};

/** A host, and the NAT that it is behind, if any. */
export type Host = { address: TransportAddress; nat?: Nat };

/** Servers that everyone can reach (addresses of RFC 5737). */
export const STUN_SERVER: TransportAddress = { address: '198.51.100.1', port: 3478 };
export const TURN_SERVER: TransportAddress = { address: '198.51.100.2', port: 3478 };

/** What the network needs. */
type NetworkOptions = {
  queue: EventQueue;
  hosts: Record<Side, Host>;
  /** One way, between any two. */
  delayMs: number;
  deliver(side: Side, datagram: Datagram): void;
  onEvent(event: NetworkEvent): void;
};

/**
 * Two hosts behind NATs, a STUN server and a relay. Every datagram goes through the NATs on its way at the time when it
 * passes them. The relay does what a TURN server does with permissions, without its octets (they are `turn`'s).
 */
export class Network {
  readonly #options: NetworkOptions;
  readonly #relays: {
    side: Side;
    mapped: TransportAddress;
    relayed: TransportAddress;
    permitted: Set<string>;
  }[] = [];

  constructor(options: NetworkOptions) {
    this.#options = options;
  }

  /** A datagram leaves a host. */
  send(side: Side, destination: TransportAddress, payload: Payload): void {
    const { queue, hosts, delayMs } = this.#options;
    const { address, nat } = hosts[side];
    const datagram: Datagram = { source: address, destination, payload };
    this.#note('sent', side, datagram);
    if (!nat) return void queue.schedule(queue.nowMs + delayMs, () => this.#route(side, datagram));
    const result = nat.outbound(datagram, queue.nowMs);
    if (result.action === 'drop') return this.#note('dropped', side, datagram, result.reason);
    const { packet } = result;
    if (result.action === 'hairpin')
      return void queue.schedule(queue.nowMs + delayMs, () => this.#enter(packet));
    queue.schedule(queue.nowMs + delayMs, () => this.#route(side, packet));
  }

  /** In the open network. */
  #route(side: Side, datagram: Datagram): void {
    const { destination, source, payload } = datagram;
    if (isSameTransportAddress(destination, STUN_SERVER)) {
      if (payload.kind !== 'stun') return;
      const answer = successTo(payload.message, [{ name: 'XOR-MAPPED-ADDRESS', value: source }]);
      return this.#reply(side, {
        source: STUN_SERVER,
        destination: source,
        payload: { kind: 'stun', message: answer },
      });
    }
    if (destination.address === TURN_SERVER.address) return this.#relay(side, datagram);
    this.#arrive(side, datagram);
  }

  #relay(side: Side, { source, destination, payload }: Datagram): void {
    const own = this.#relays.find((relay) => isSameTransportAddress(relay.mapped, source));
    if (isSameTransportAddress(destination, TURN_SERVER)) {
      if (payload.kind === 'allocate') {
        const relayed = { address: TURN_SERVER.address, port: 50_000 + 2 * this.#relays.length };
        if (!own) this.#relays.push({ side, mapped: source, relayed, permitted: new Set() });
        const allocated: Payload = { kind: 'allocated', relayed: own?.relayed ?? relayed };
        return this.#reply(side, { source: TURN_SERVER, destination: source, payload: allocated });
      }
      if (payload.kind !== 'to-peer' || !own) return;
      own.permitted.add(payload.peer.address);
      const message: Payload = { kind: 'stun', message: payload.message };
      return this.#route(side, { source: own.relayed, destination: payload.peer, payload: message });
    }
    const relay = this.#relays.find(({ relayed }) => isSameTransportAddress(relayed, destination));
    const datagram: Datagram = { source, destination, payload };
    if (!relay || payload.kind !== 'stun') return this.#note('dropped', side, datagram, 'no-allocation');
    if (!relay.permitted.has(source.address)) return this.#note('dropped', side, datagram, 'no-permission');
    const wrapped: Payload = { kind: 'from-peer', peer: source, message: payload.message };
    this.#reply(side, { source: TURN_SERVER, destination: relay.mapped, payload: wrapped });
  }

  #reply(side: Side, datagram: Datagram): void {
    const { queue, delayMs } = this.#options;
    queue.schedule(queue.nowMs + delayMs, () => this.#arrive(side, datagram));
  }

  /** At the NAT that has this address, or at a host that stands in the open. */
  #arrive(side: Side, datagram: Datagram): void {
    const { hosts, queue } = this.#options;
    for (const nat of new Set(Object.values(hosts).flatMap((host) => host.nat ?? []))) {
      const result = nat.inbound(datagram, queue.nowMs);
      if (result.action !== 'drop') return this.#enter(result.packet);
      // Not one of this NAT's ends: another's, perhaps.
      if (result.reason !== 'no-mapping') return this.#note('dropped', side, datagram, result.reason);
    }
    const open = (['a', 'b'] as const).find((each) => !hosts[each].nat && this.#isAt(each, datagram));
    if (open === undefined) return this.#note('dropped', side, datagram, 'unreachable');
    this.#enter(datagram);
  }

  #enter(datagram: Datagram): void {
    const to = this.#isAt('a', datagram) ? 'a' : 'b';
    this.#note('delivered', to, datagram);
    this.#options.deliver(to, datagram);
  }

  #isAt(side: Side, { destination }: Datagram): boolean {
    return isSameTransportAddress(this.#options.hosts[side].address, destination);
  }

  #note(
    type: NetworkEvent['type'],
    side: Side,
    { source, destination, payload }: Datagram,
    reason?: string,
  ): void {
    const what =
      payload.kind === 'allocate' || payload.kind === 'allocated' ? payload.kind : nameOf(payload.message);
    this.#options.onEvent({
      atMs: this.#options.queue.nowMs,
      type,
      side,
      source: writeTransportAddress(source),
      destination: writeTransportAddress(destination),
      what,
      ...(reason === undefined ? {} : { reason }),
    });
  }
}

function nameOf({ method, class: messageClass, attributes }: StunMessage): string {
  const nominates = attributes.some(({ name }) => name === 'USE-CANDIDATE') ? ' USE-CANDIDATE' : '';
  return `${method} ${messageClass}${nominates}`;
}
