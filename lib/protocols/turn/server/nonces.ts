import type { Random } from '@/lib/sim';
import { writeNonce } from '@/lib/protocols/stun';
import { TURN_LIMITS } from './options';

/** The nonce of each client: its own, and for an hour at most (RFC 8656 §5). The oldest goes when there are too many. */
export class Nonces {
  readonly #random: Random;
  readonly #given = new Map<string, { nonce: string; expiresAtMs: number }>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** The one to send to a client. */
  current(clientKey: string, nowMs: number): string {
    const given = this.#given.get(clientKey);
    if (given && given.expiresAtMs > nowMs) return given.nonce;
    this.#given.delete(clientKey);
    const oldest = this.#given.keys().next();
    if (this.#given.size >= TURN_LIMITS.noncesKept && !oldest.done) this.#given.delete(oldest.value);
    const distinct = Array.from({ length: 4 }, () => this.#random.integer(0, 2 ** 32 - 1).toString(16));
    const nonce = writeNonce({ passwordAlgorithms: true, usernameAnonymity: true }, distinct.join(''));
    this.#given.set(clientKey, { nonce, expiresAtMs: nowMs + TURN_LIMITS.nonceMs });
    return nonce;
  }

  isCurrent(clientKey: string, nonce: string, nowMs: number): boolean {
    const given = this.#given.get(clientKey);
    return given !== undefined && given.expiresAtMs > nowMs && given.nonce === nonce;
  }
}
