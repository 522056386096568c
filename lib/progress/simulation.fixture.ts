import type { NewProgressEvent, ProgressEvent } from '@/lib/course/events';
import { createProgressStore, type ProgressStore, type Surroundings } from './progress-store';
import { createMemoryStorage, type ProgressStorage } from './storage';
import type { Transport } from './transport';

/** What becomes of one request. */
export type Fate = 'ok' | 'request-lost' | 'answer-lost' | 'busy';

/** Recorded about this section, an event is refused by the simulated server, and the batch with it. */
export const POISON = 'poison';
const isPoison = (event: ProgressEvent) => event.type === 'section:read' && event.section === POISON;

/** A server that keeps the rules of app/api, and the cookie jar of one browser. */
export function createSimulatedServer() {
  const logs = new Map<string, ProgressEvent[]>();
  const owners = new Map<string, string>();
  let learners = 0;
  return {
    logs,
    cookie: null as string | null,
    blocksCookies: false,
    pageSize: 3,
    join(): string {
      if (this.cookie !== null) return this.cookie;
      learners += 1;
      logs.set(`learner-${learners}`, []);
      return `learner-${learners}`;
    },
    take(expected: string, events: readonly ProgressEvent[]): Awaited<ReturnType<Transport['send']>> {
      if (this.cookie !== expected) return { type: 'learner-changed' };
      if (events.some(isPoison)) return { type: 'refused' };
      if (events.some(({ id }) => owners.has(id) && owners.get(id) !== expected)) return { type: 'refused' };
      for (const event of events) if (!owners.has(event.id)) logs.get(expected)?.push(event);
      for (const { id } of events) owners.set(id, expected);
      return { type: 'acknowledged', ids: events.map(({ id }) => id) };
    },
    read(after: number) {
      const log = (this.cookie !== null && logs.get(this.cookie)) || [];
      const events = log.slice(after, after + this.pageSize);
      const next = after + events.length;
      return { learner: this.cookie, events, next, more: next < log.length };
    },
  };
}

export type SimulatedServer = ReturnType<typeof createSimulatedServer>;

/** One browser: its storage outlives its pages, and time passes only when it is told to. */
export function createSimulatedBrowser(
  server: SimulatedServer,
  stored: ProgressStorage = createMemoryStorage(),
) {
  let nowMs = 0;
  let ids = 0;
  const added = new Set<string>();
  const shared: ProgressStorage = { ...stored, durable: true };

  return {
    storage: shared,
    /** Ids of the events that reached the storage. */
    added,
    /**
     * Opens a page. Its requests meet `fates` in turn, then go well; it dies after `lifeSteps` dealings with storage or network:
     * what it does after that never ends.
     */
    openPage(fates: Fate[] = [], lifeSteps = Infinity, options: { storageBlocked?: boolean } = {}) {
      let steps = 0;
      const timers = new Set<{ atMs: number; callback: () => void }>();
      const acknowledged = new Set<string>();
      const alive = async <T>(work: () => T | Promise<T>): Promise<T> => {
        steps += 1;
        if (steps > lifeSteps) return new Promise<never>(() => {});
        const result = await work();
        steps += 1;
        // The work was done, and the page died before it heard of it.
        return steps > lifeSteps ? new Promise<never>(() => {}) : result;
      };
      const travel = <T>(work: () => T, lost: T): Promise<T> =>
        alive(() => {
          const fate = fates.shift() ?? 'ok';
          if (fate === 'request-lost' || fate === 'busy') return lost;
          const answer = work();
          return fate === 'answer-lost' ? lost : answer;
        });
      const world: Surroundings = {
        openStorage: () =>
          options.storageBlocked ? Promise.reject(new Error('blocked')) : alive(() => mortal),
        transport: {
          join: async () => {
            const name = await travel(() => {
              const joined = server.join();
              return { joined, cookie: server.blocksCookies ? null : joined };
            }, null);
            // An answer that is lost takes its cookie with it.
            if (name?.cookie) server.cookie = name.cookie;
            return name?.joined ?? null;
          },
          send: async (learner, events) => {
            const result = await travel(() => server.take(learner, events), { type: 'unreached' });
            if (result.type === 'acknowledged') for (const id of result.ids) acknowledged.add(id);
            return result;
          },
          read: (after) => travel(() => server.read(after), null),
        },
        nowMs: () => nowMs,
        random: () => 0.5,
        newId: () => `event-${(ids += 1)}`,
        setTimer(delayMs, callback) {
          const timer = { atMs: nowMs + delayMs, callback };
          timers.add(timer);
          return () => void timers.delete(timer);
        },
        alone: (work) => work(),
      };
      const mortal: ProgressStorage = {
        durable: true,
        learner: () => alive(() => shared.learner()),
        become: (learner) => alive(() => shared.become(learner)),
        load: (learner) => alive(() => shared.load(learner)),
        add: (learner, event) =>
          alive(() => {
            added.add(event.id);
            return shared.add(learner, event);
          }),
        acknowledge: (learner, done) => alive(() => shared.acknowledge(learner, done)),
        remember: (learner, events, cursor) => alive(() => shared.remember(learner, events, cursor)),
      };
      const store: ProgressStore = createProgressStore(world);
      return {
        store,
        acknowledged,
        /** Lets everything happen that can, timers too, until nothing is left to do or the page is dead. */
        async settle() {
          for (let round = 0; round < 300; round++) {
            // A turn of the event loop: everything that needs no timer has happened by then, however many steps it took.
            await new Promise((resolve) => setImmediate(resolve));
            const next = [...timers].sort((a, b) => a.atMs - b.atMs)[0];
            if (!next || steps > lifeSteps) return;
            timers.delete(next);
            nowMs = Math.max(nowMs, next.atMs);
            next.callback();
          }
          throw new Error('the page never came to rest');
        },
      };
    },
  };
}

export const read = (section: string): NewProgressEvent => ({
  type: 'section:read',
  lesson: 'tcp/slow-start',
  section,
});
