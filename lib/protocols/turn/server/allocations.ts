import { toHex } from '@/lib/bytes';
import type { DecodedMessage, StunAttribute } from '@/lib/protocols/stun';
import type { TransportAddress } from '@/lib/protocols/udp';
import { writeTransportAddress } from '@/lib/protocols/udp';
import { Allocation } from './allocation';
import type { FilledOptions } from './options';
import { TURN_LIMITS } from './options';
import { RelayPorts } from './relay-ports';

/** All that a server holds: allocations by client and by relayed address, and ports kept for someone's next request. */
export class Allocations {
  readonly #options: FilledOptions;
  readonly #ports: RelayPorts;
  readonly #byClient = new Map<string, Allocation>();
  readonly #byRelayed = new Map<string, Allocation>();
  readonly #reserved = new Map<string, { relayed: TransportAddress; expiresAtMs: number }>();

  constructor(options: FilledOptions) {
    this.#options = options;
    this.#ports = new RelayPorts(options.ports, options.random);
  }

  ofClient(client: TransportAddress): Allocation | undefined {
    return this.#byClient.get(writeTransportAddress(client));
  }

  ofRelayed(relayed: TransportAddress): Allocation | undefined {
    return this.#byRelayed.get(writeTransportAddress(relayed));
  }

  all(): Allocation[] {
    return [...this.#byClient.values()];
  }

  isFull(): boolean {
    return this.#byClient.size >= this.#options.maxAllocations;
  }

  countOf(username: string): number {
    return this.all().filter((allocation) => allocation.username === username).length;
  }

  takePort(address: string, want: 'any' | 'even' | 'pair'): TransportAddress | undefined {
    return this.#ports.take(address, want);
  }

  /** Keeps a port that was taken for whoever shows the token within 30 seconds (RFC 8656 §7.2). */
  reserve(relayed: TransportAddress, nowMs: number): Uint8Array {
    const token = Uint8Array.from({ length: 8 }, () => this.#options.random.integer(0, 255));
    this.#reserved.set(toHex(token), { relayed, expiresAtMs: nowMs + TURN_LIMITS.reservationMs });
    return token;
  }

  redeem(token: Uint8Array): TransportAddress | undefined {
    const reservation = this.#reserved.get(toHex(token));
    this.#reserved.delete(toHex(token));
    return reservation?.relayed;
  }

  add(
    client: TransportAddress,
    username: string,
    request: DecodedMessage,
    relayed: readonly TransportAddress[],
    told: readonly StunAttribute[],
    expiresAtMs: number,
  ): Allocation {
    const relays = relayed.map((address) => ({ address, expiresAtMs }));
    const allocation = new Allocation(client, username, toHex(request.transactionId), relays, told);
    this.#byClient.set(writeTransportAddress(client), allocation);
    for (const address of relayed) this.#byRelayed.set(writeTransportAddress(address), allocation);
    return allocation;
  }

  /** Ends what has had its time: relayed addresses, allocations that have none left, reservations. */
  expire(nowMs: number): void {
    for (const allocation of this.all()) {
      const gone = allocation.relays.filter((relay) => relay.expiresAtMs <= nowMs);
      for (const relay of gone) {
        allocation.relays.splice(allocation.relays.indexOf(relay), 1);
        this.#byRelayed.delete(writeTransportAddress(relay.address));
        this.#ports.give(relay.address);
      }
      if (allocation.relays.length === 0) this.#byClient.delete(writeTransportAddress(allocation.client));
    }
    for (const [token, { relayed, expiresAtMs }] of this.#reserved) {
      if (expiresAtMs > nowMs) continue;
      this.#reserved.delete(token);
      this.#ports.give(relayed);
    }
  }
}
