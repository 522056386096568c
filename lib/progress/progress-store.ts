import { addsNothing, emptyProgress, foldProgress, type ProgressState } from '@/lib/course/fold';
import type { NewProgressEvent, ProgressEvent } from '@/lib/course/events';
import { emptyOutbox, lastBatch, nextBatch, saveStateOf, stepOutbox } from './outbox';
import type { Outbox, OutboxInput, SaveState } from './outbox';
import { createMemoryStorage, NOBODY, type ProgressStorage } from './storage';
import type { SendResult, Transport } from './transport';

/** What the page shows. */
export type ProgressSnapshot = {
  /** The server's log and what this browser has not sent yet, folded together. */
  state: ProgressState;
  status: SaveState;
  /** How many events the server would not take. */
  refused: number;
};

export const emptySnapshot: ProgressSnapshot = {
  state: emptyProgress,
  status: 'idle',
  refused: 0,
};

/** The world outside: in the page the browser's, in tests a simulation. */
export type Surroundings = {
  openStorage(): Promise<ProgressStorage>;
  transport: Transport;
  nowMs(): number;
  random(): number;
  newId(): string;
  /** Calls back after `delayMs`; the answer cancels. */
  setTimer(delayMs: number, callback: () => void): () => void;
  /** Runs `work` while no other tab sends. */
  alone(work: () => Promise<void>): Promise<void>;
};

export type ProgressStore = ReturnType<typeof createProgressStore>;

/** After so many changes of learner in a row something else is wrong: wait, as for a lost network. */
const MAX_CHANGES = 3;

/** Drives the outbox: stores what is recorded, sends it, reads the server's log, tells listeners. */
export function createProgressStore(world: Surroundings) {
  let storage: ProgressStorage = createMemoryStorage();
  let learner = NOBODY;
  let log: readonly ProgressEvent[] = [];
  let outbox: Outbox = emptyOutbox;
  /** An event could not be stored, or the browser refuses our cookie: what is pending dies with the page. */
  let unkept = false;
  let cookieBlocked = false;
  let started: Promise<void> | undefined;
  let pumping: Promise<void> | undefined;
  let cancelTimer = () => {};
  let snapshot = emptySnapshot;
  const listeners = new Set<() => void>();

  function tell(change: Partial<ProgressSnapshot> = {}) {
    const status = cookieBlocked ? 'not-kept' : saveStateOf(outbox, storage.durable && !unkept);
    const isIdle = status === 'saved' && log.length === 0 && outbox.pending.length === 0;
    snapshot = { ...snapshot, refused: outbox.refused.length, ...change, status: isIdle ? 'idle' : status };
    for (const listener of listeners) listener();
  }

  /** The same object as long as there is nothing: who draws progress need not draw none of it again. */
  const fold = () =>
    log.length + outbox.pending.length === 0 ? emptyProgress : foldProgress([...log, ...outbox.pending]);

  function step(input: OutboxInput) {
    outbox = stepOutbox(outbox, input);
    tell();
  }

  /** Goes over to what is kept for `next`; what `learner` has not sent stays stored for their return. */
  async function switchTo(next: string) {
    const { online, failures, retryAtMs } = outbox;
    // Before anything is awaited: from here on nothing of the one before may be sent or shown as the next one's.
    const before = learner;
    learner = next;
    outbox = { ...emptyOutbox, online, failures, retryAtMs };
    log = [];
    if (next !== before) await storage.become(next);
    const kept = await storage.load(next);
    log = kept.log;
    outbox = stepOutbox(outbox, { type: 'stored', events: kept.pending });
    tell({ state: fold() });
    return kept.cursor;
  }

  /** Reads who we are and what is new in the log. False: the server did not answer. */
  async function pull(): Promise<boolean> {
    let cursor = (await storage.load(learner)).cursor;
    for (;;) {
      const page = await world.transport.read(cursor);
      if (!page) return false;
      if ((page.learner ?? NOBODY) !== learner) {
        cursor = await switchTo(page.learner ?? NOBODY);
        if (learner === NOBODY) return true;
        continue;
      }
      if (page.events.length > 0) {
        await storage.remember(learner, page.events, page.next);
        log = [...log, ...page.events];
        step({ type: 'acknowledged', ids: page.events.map(({ id }) => id) });
        tell({ state: fold() });
      }
      if (!page.more) return true;
      cursor = page.next;
    }
  }

  async function acknowledge(ids: readonly string[]) {
    await storage.acknowledge(learner, ids);
    log = [...log, ...outbox.pending.filter(({ id }) => ids.includes(id))];
    step({ type: 'acknowledged', ids });
  }

  const unreached = (retryAfterMs?: number) =>
    step({
      type: 'unreached',
      nowMs: world.nowMs(),
      random: world.random(),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });

  /** Sends one batch after another until nothing is left or the server is out of reach. */
  async function sendAll() {
    for (let changes = 0; ;) {
      const batch = nextBatch(outbox, world.nowMs());
      if (batch.length === 0 || cookieBlocked) return;
      step({ type: 'sent', ids: batch.map(({ id }) => id) });
      const sender = learner === NOBODY ? await world.transport.join() : learner;
      const result: SendResult =
        sender === null ? { type: 'unreached' } : await world.transport.send(sender, batch);
      if (result.type === 'acknowledged') {
        if (sender !== null && sender !== learner) await adopt(sender);
        await acknowledge(result.ids);
        // An answer that leaves something out is no reason to think it sent, nor to ask again at once.
        if (outbox.sending.length > 0) unreached();
      } else if (result.type === 'refused') step({ type: 'refused' });
      else if (result.type === 'unreached') unreached(result.retryAfterMs);
      else {
        step({ type: 'sent', ids: [] });
        const hadJoined = learner === NOBODY;
        if (++changes > MAX_CHANGES || !(await pull())) unreached();
        else if (hadJoined && learner === NOBODY) cookieBlocked = true;
        tell();
      }
    }
  }

  /** The server has named us for the first time. The outbox stays as it is: only its owner has a name now. */
  async function adopt(name: string) {
    // First: what is recorded during the change is stored under the name, what was before is taken over.
    learner = name;
    await storage.become(name);
  }

  function pump(): Promise<void> {
    cancelTimer();
    pumping ??= world
      .alone(sendAll)
      .catch(() => unreached())
      .finally(() => {
        pumping = undefined;
        const waitMs = outbox.retryAtMs - world.nowMs();
        if (nextBatch(outbox, Infinity).length > 0 && outbox.online && !cookieBlocked) {
          cancelTimer = world.setTimer(Math.max(0, waitMs), () => void pump());
        }
      });
    return pumping;
  }

  async function store(event: ProgressEvent) {
    const owner = learner;
    try {
      await storage.add(owner, event);
    } catch {
      unkept = true;
    }
    // Another learner's by now: it is stored for whom it was recorded.
    if (owner === learner || owner === NOBODY) step({ type: 'stored', events: [event] });
  }

  return {
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getSnapshot: () => snapshot,

    /** Opens the storage and meets the server. May be called again: the first call counts. */
    start(): Promise<void> {
      started ??= (async () => {
        storage = await world.openStorage().catch(() => createMemoryStorage());
        await switchTo(await storage.learner());
        await pull();
        void pump();
      })();
      return started;
    },

    /** Takes what the learner did. It is stored before it is sent. */
    async record(recorded: NewProgressEvent): Promise<void> {
      await this.start();
      if (addsNothing(snapshot.state, recorded)) return;
      const at = new Date(world.nowMs()).toISOString();
      const event: ProgressEvent = { ...recorded, id: world.newId(), at };
      await store(event);
      tell({ state: fold() });
      void pump();
    },

    /** The network came or went. Another tab may have left something meanwhile: the storage is read again. */
    async setOnline(online: boolean): Promise<void> {
      step({ type: 'network', online });
      if (!online) return;
      await this.start();
      step({ type: 'stored', events: (await storage.load(learner)).pending });
      await pump();
    },

    /** The page is about to go: hands over what is not on its way, without waiting for its turn. */
    async flush(): Promise<void> {
      const batch = lastBatch(outbox);
      if (learner === NOBODY || batch.length === 0 || cookieBlocked) return;
      const result = await world.transport.send(learner, batch);
      if (result.type === 'acknowledged') await acknowledge(result.ids);
    },
  };
}
