import type { EventQueue } from './event-queue';
import { createLossProcess, type Loss } from './loss';
import { SimError } from './sim-error';
import { DROPPED, Transmitter } from './transmitter';

/** Why a packet did not arrive: the link lost it, or its queue was full. */
export type DropReason = 'lost' | 'queue-full';

/** A packet on its way, as callbacks see it: `number` counts from 1 what was offered to the link. */
export type Passage<P> = { packet: P; sizeBytes: number; number: number; sentMs: number };

/** How a link treats packets; `delayMs` alone gives a perfect one. */
export type LinkOptions<P> = {
  /** Propagation, one way. */
  delayMs: number;
  /** Bits a second; without it packets take no time to serialise. */
  rateBps?: number;
  /** Octets that may wait for the transmitter; without it the queue has no end. */
  queueBytes?: number;
  /** Losses on the way, after the queue: a lost packet has taken its time on the link. */
  loss?: Loss;
  /**
   * What happens to a packet on the way: one extra delay in ms for each copy that arrives. `[0]` is a normal
   * passage, `[]` a loss, `[30]` a detour (later packets overtake it), `[0, 5]` a duplicate.
   */
  fate?(passage: Passage<P>): readonly number[];
  onDeliver?(passage: Passage<P>): void;
  onDrop?(passage: Passage<P>, reason: DropReason): void;
};

/** Every packet is in exactly one place: offered + duplicated = delivered + lost + queueFull + inTransit. */
export type LinkCounts = {
  offered: number;
  duplicated: number;
  delivered: number;
  lost: number;
  queueFull: number;
  inTransit: number;
};

/** One direction of a wire. */
export type Link<P> = {
  /** Hands a packet to the link now. False when its queue was full. */
  send(packet: P, sizeBytes: number): boolean;
  /** Octets waiting in the queue now. */
  waitingBytes(): number;
  counts(): LinkCounts;
};

/**
 * Creates a link for packets of any type: rate, propagation delay, a drop-tail queue, scripted or seeded loss.
 * Packets arrive in the order in which they were sent, unless `fate` says otherwise. What the link does is
 * scheduled on `queue`; its limit is the limit of packets in transit.
 */
export function createLink<P>(queue: EventQueue, options: LinkOptions<P>): Link<P> {
  const { delayMs } = options;
  if (!(delayMs >= 0)) throw new SimError('SIM_INVALID_INPUT', `delay ${delayMs} ms: expected 0 or more`);
  const transmitter = new Transmitter(options);
  const isLost = createLossProcess(options.loss ?? { kind: 'none' });
  const counts: LinkCounts = { offered: 0, duplicated: 0, delivered: 0, lost: 0, queueFull: 0, inTransit: 0 };

  function deliverAt(atMs: number, passage: Passage<P>): void {
    counts.inTransit++;
    queue.schedule(atMs, () => {
      counts.inTransit--;
      counts.delivered++;
      options.onDeliver?.(passage);
    });
  }

  return {
    send(packet, sizeBytes) {
      const passage: Passage<P> = { packet, sizeBytes, number: ++counts.offered, sentMs: queue.nowMs };
      const departureMs = transmitter.accept(queue.nowMs, sizeBytes);
      if (departureMs === DROPPED) {
        counts.queueFull++;
        options.onDrop?.(passage, 'queue-full');
        return false;
      }
      const copies = isLost(passage.number) ? [] : (options.fate?.(passage) ?? [0]);
      if (copies.length === 0) {
        counts.lost++;
        options.onDrop?.(passage, 'lost');
      }
      counts.duplicated += Math.max(0, copies.length - 1);
      for (const extraMs of copies) deliverAt(departureMs + delayMs + extraMs, passage);
      return true;
    },
    waitingBytes: () => transmitter.waitingBytes(queue.nowMs),
    counts: () => ({ ...counts }),
  };
}
