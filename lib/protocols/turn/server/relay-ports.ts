import type { Random } from '@/lib/sim';
import { writeTransportAddress } from '@/lib/protocols/udp';
import type { TransportAddress } from '@/lib/protocols/udp';

/** Which ports of the server's relay addresses are in use; chosen by chance, so that nobody can guess them. */
export class RelayPorts {
  readonly #taken = new Set<string>();
  readonly #ports: { first: number; last: number };
  readonly #random: Random;

  constructor(ports: { first: number; last: number }, random: Random) {
    this.#ports = ports;
    this.#random = random;
  }

  /** `even`: an even port; `pair`: one whose next is free too, and is taken with it. `undefined`: there is none. */
  take(address: string, want: 'any' | 'even' | 'pair'): TransportAddress | undefined {
    const { first, last } = this.#ports;
    const count = last - first + 1;
    const start = this.#random.integer(0, count - 1);
    for (let step = 0; step < count; step++) {
      const port = first + ((start + step) % count);
      if (want !== 'any' && port % 2 === 1) continue;
      if (!this.#isFree(address, port)) continue;
      if (want === 'pair' && !(port < last && this.#isFree(address, port + 1))) continue;
      this.#taken.add(writeTransportAddress({ address, port }));
      if (want === 'pair') this.#taken.add(writeTransportAddress({ address, port: port + 1 }));
      return { address, port };
    }
    return undefined;
  }

  give(relayed: TransportAddress): void {
    this.#taken.delete(writeTransportAddress(relayed));
  }

  #isFree(address: string, port: number): boolean {
    return !this.#taken.has(writeTransportAddress({ address, port }));
  }
}
