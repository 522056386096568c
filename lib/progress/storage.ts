import type { ProgressEvent } from '@/lib/course/events';

/** What a browser keeps for one learner. */
export type Kept = {
  /** Not acknowledged by the server; oldest first. */
  pending: readonly ProgressEvent[];
  /** Acknowledged, or read from the server. */
  log: readonly ProgressEvent[];
  /** How far the server's log has been read. */
  cursor: number;
};

/** No learner yet: who works before the server has named one. */
export const NOBODY = '';

/**
 * Where events are put before they are sent. Everything is keyed by learner, so that two people in one browser
 * never see or send each other's.
 */
export type ProgressStorage = {
  /** Whether it outlives the page. */
  readonly durable: boolean;
  /** The learner that the server named last; NOBODY before that. */
  learner(): Promise<string>;
  /** Makes `learner` the current one, who takes over what NOBODY did. */
  become(learner: string): Promise<void>;
  load(learner: string): Promise<Kept>;
  /** Resolves when the event is stored. */
  add(learner: string, event: ProgressEvent): Promise<void>;
  /** The server has these: they are no longer pending. */
  acknowledge(learner: string, ids: readonly string[]): Promise<void>;
  /** Keeps a page of the server's log. */
  remember(learner: string, events: readonly ProgressEvent[], cursor: number): Promise<void>;
};

/** What is kept of an acknowledged event: not the code, which the editor and the server have. */
export function withoutCode(event: ProgressEvent): ProgressEvent {
  return event.type === 'exercise:attempted' ? { ...event, code: '' } : event;
}

type Row = { learner: string; event: ProgressEvent; pending: boolean };

/** For browsers that give us no storage: private windows, opaque origins. */
export function createMemoryStorage(): ProgressStorage {
  let current = NOBODY;
  let rows: Row[] = [];
  const cursors = new Map<string, number>();
  const put = (learner: string, event: ProgressEvent, pending: boolean) => {
    const index = rows.findIndex((row) => row.learner === learner && row.event.id === event.id);
    const row = { learner, event: pending ? event : withoutCode(event), pending };
    if (index === -1) rows.push(row);
    else rows[index] = row;
  };
  return {
    durable: false,
    learner: async () => current,
    async become(learner) {
      current = learner;
      if (learner === NOBODY) return;
      rows = rows.map((row) => (row.learner === NOBODY ? { ...row, learner } : row));
    },
    async load(learner) {
      const own = rows.filter((row) => row.learner === learner);
      return {
        pending: own.filter((row) => row.pending).map((row) => row.event),
        log: own.filter((row) => !row.pending).map((row) => row.event),
        cursor: cursors.get(learner) ?? 0,
      };
    },
    add: async (learner, event) => put(learner, event, true),
    async acknowledge(learner, ids) {
      for (const { event } of rows.filter((row) => row.learner === learner && ids.includes(row.event.id))) {
        put(learner, event, false);
      }
    },
    async remember(learner, events, cursor) {
      for (const event of events) put(learner, event, false);
      cursors.set(learner, cursor);
    },
  };
}
