import type { Random } from '@/lib/sim';
import type { PortAssignment } from './options';

/** How a port is looked for. */
type PortPoolOptions = {
  portAssignment: PortAssignment;
  parity: boolean;
  ports: { first: number; last: number };
  random?: Random;
};

/** Ports below this are the system's (RFC 6335 §6); a NAT keeps internal ones on their side of it (RFC 4787 REQ-3). */
const FIRST_USER_PORT = 1024;

/** The ports of one external address: which are given, and which is given next. */
export class PortPool {
  readonly #options: PortPoolOptions;
  readonly #taken = new Set<number>();
  #next: number;

  constructor(options: PortPoolOptions) {
    this.#options = options;
    this.#next = Math.max(options.ports.first, FIRST_USER_PORT);
  }

  /** Takes a port for someone who has `internalPort` inside; `undefined`: none is free. */
  take(internalPort: number): number | undefined {
    const { first, last } = this.#rangeFor(internalPort);
    const start = this.#startAt(internalPort, first, last);
    const count = last - first + 1;
    for (let step = 0; step < count; step++) {
      const port = first + ((start - first + step) % count);
      if (this.#taken.has(port) || !this.#hasParity(port, internalPort)) continue;
      this.#taken.add(port);
      this.#next = port + 1;
      return port;
    }
    return undefined;
  }

  give(port: number): void {
    this.#taken.delete(port);
  }

  #rangeFor(internalPort: number): { first: number; last: number } {
    const { first, last } = this.#options.ports;
    const isSystem = internalPort < FIRST_USER_PORT && first < FIRST_USER_PORT;
    if (isSystem) return { first, last: Math.min(last, FIRST_USER_PORT - 1) };
    return { first: Math.min(Math.max(first, FIRST_USER_PORT), last), last };
  }

  #startAt(internalPort: number, first: number, last: number): number {
    const { portAssignment, random } = this.#options;
    const wanted =
      portAssignment === 'preserving'
        ? internalPort
        : portAssignment === 'random' && random
          ? random.integer(first, last)
          : this.#next;
    return wanted >= first && wanted <= last ? wanted : first;
  }

  #hasParity(port: number, internalPort: number): boolean {
    return !this.#options.parity || (port & 1) === (internalPort & 1);
  }
}
