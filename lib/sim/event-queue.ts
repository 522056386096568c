import { SimError } from './sim-error';

/** A scheduled event, for cancelling it. Holds nothing that a caller may rely on. */
export type EventHandle = { readonly atMs: number };

type Entry = { atMs: number; order: number; action: (() => void) | undefined };

/** A queue holds at most this many events that have not happened; one more throws SIM_QUEUE_FULL. */
export const MAX_PENDING_EVENTS = 1_000_000;

/**
 * The virtual clock of a simulation, and what is still to happen. Nothing here waits: `step` jumps to the next
 * event. Events of equal time happen in the order in which they were scheduled, so a run is the same every time.
 */
export class EventQueue {
  #nowMs: number;
  #order = 0;
  #cancelled = 0;
  readonly #heap: Entry[] = [];
  readonly #maxPending: number;

  constructor(options: { startMs?: number; maxPending?: number } = {}) {
    this.#nowMs = options.startMs ?? 0;
    this.#maxPending = options.maxPending ?? MAX_PENDING_EVENTS;
  }

  /** Virtual time in milliseconds: that of the event under way, or of the last one. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** Events that are still to happen. */
  get pending(): number {
    return this.#heap.length - this.#cancelled;
  }

  /** When the next event happens; undefined with none. */
  get nextAtMs(): number | undefined {
    this.#dropCancelled();
    return this.#heap[0]?.atMs;
  }

  /**
   * Has `action` happen at `atMs`, which may be now but not earlier (SIM_TIME_REVERSED). An event scheduled for
   * now happens after those already scheduled for now.
   */
  schedule(atMs: number, action: () => void): EventHandle {
    if (!(atMs >= this.#nowMs)) {
      throw new SimError('SIM_TIME_REVERSED', `event at ${atMs} ms: expected ${this.#nowMs} ms or later`);
    }
    if (this.pending >= this.#maxPending) {
      throw new SimError('SIM_QUEUE_FULL', `${this.#maxPending} events are pending: no room for another`);
    }
    const entry: Entry = { atMs, order: this.#order++, action };
    this.#heap.push(entry);
    this.#siftUp(this.#heap.length - 1);
    return entry;
  }

  /** Takes an event back. False when it has happened or was cancelled before. */
  cancel(handle: EventHandle): boolean {
    const entry = handle as Entry;
    if (entry.action === undefined) return false;
    entry.action = undefined;
    this.#cancelled++;
    // Cancelled entries stay in the heap until they surface; more of them than live ones are swept out.
    if (this.#cancelled > 64 && this.#cancelled * 2 > this.#heap.length) this.#sweep();
    return true;
  }

  /** Lets the next event happen and moves the clock to it. False when none is left. */
  step(): boolean {
    this.#dropCancelled();
    const entry = this.#heap[0];
    if (entry === undefined) return false;
    this.#removeFirst();
    this.#nowMs = entry.atMs;
    const action = entry.action;
    entry.action = undefined;
    action?.();
    return true;
  }

  /** Lets everything up to and including `untilMs` happen, then sets the clock to it. Returns how many events. */
  runUntil(untilMs: number): number {
    let count = 0;
    for (let next = this.nextAtMs; next !== undefined && next <= untilMs; next = this.nextAtMs) {
      this.step();
      count++;
    }
    if (untilMs > this.#nowMs) this.#nowMs = untilMs;
    return count;
  }

  #dropCancelled(): void {
    for (
      let first = this.#heap[0];
      first !== undefined && first.action === undefined;
      first = this.#heap[0]
    ) {
      this.#removeFirst();
      this.#cancelled--;
    }
  }

  #sweep(): void {
    const live = this.#heap.filter((entry) => entry.action !== undefined).sort(compare);
    this.#heap.length = 0;
    for (const entry of live) this.#heap.push(entry); // a sorted array is a heap
    this.#cancelled = 0;
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#siftDown();
  }

  #siftUp(from: number): void {
    const heap = this.#heap;
    const entry = heap[from]!;
    let at = from;
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = heap[parentAt]!;
      if (compare(parent, entry) <= 0) break;
      heap[at] = parent;
      at = parentAt;
    }
    heap[at] = entry;
  }

  #siftDown(): void {
    const heap = this.#heap;
    const entry = heap[0]!;
    let at = 0;
    for (;;) {
      let childAt = at * 2 + 1;
      if (childAt >= heap.length) break;
      if (childAt + 1 < heap.length && compare(heap[childAt + 1]!, heap[childAt]!) < 0) childAt++;
      const child = heap[childAt]!;
      if (compare(entry, child) <= 0) break;
      heap[at] = child;
      at = childAt;
    }
    heap[at] = entry;
  }
}

function compare(a: Entry, b: Entry): number {
  return a.atMs - b.atMs || a.order - b.order;
}
