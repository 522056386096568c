import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { ProgressEvent } from '@/lib/course/events';
import { NOBODY, withoutCode, type ProgressStorage } from './storage';

/** `order` is the key, made by the database: events come back in the order in which they were stored. */
type Row = { order?: number; learner: string; id: string; event: ProgressEvent; pending: boolean };

interface Schema extends DBSchema {
  events: { key: number; value: Row; indexes: { learner: string; own: [string, string] } };
  meta: { key: string; value: string | number };
}

const VERSION = 1;
const cursorOf = (learner: string) => `cursor ${learner}`;

/** Opens the browser's database. Rejects where storage is blocked. */
export async function openIndexedDbStorage(name = 'roundtrip-progress'): Promise<ProgressStorage> {
  const database: IDBPDatabase<Schema> = await openDB<Schema>(name, VERSION, {
    upgrade(created) {
      const events = created.createObjectStore('events', { keyPath: 'order', autoIncrement: true });
      events.createIndex('learner', 'learner');
      events.createIndex('own', ['learner', 'id'], { unique: true });
      created.createObjectStore('meta');
    },
    // A later version of the page wants to upgrade: let it.
    blocking: (_current, _next, event) => (event.target as IDBDatabase).close(),
  });

  /** Stores acknowledged events in one transaction: over a pending row, or as a new one. */
  async function settle(learner: string, events: readonly ProgressEvent[], cursor?: number) {
    const transaction = database.transaction(['events', 'meta'], 'readwrite');
    const rows = transaction.objectStore('events');
    for (const event of events) {
      const order = await rows.index('own').getKey([learner, event.id]);
      const row: Row = { learner, id: event.id, event: withoutCode(event), pending: false };
      await rows.put(order === undefined ? row : { ...row, order });
    }
    if (cursor !== undefined) await transaction.objectStore('meta').put(cursor, cursorOf(learner));
    await transaction.done;
  }

  return {
    durable: true,
    learner: async () => String((await database.get('meta', 'learner')) ?? NOBODY),
    async become(learner) {
      const transaction = database.transaction(['events', 'meta'], 'readwrite');
      await transaction.objectStore('meta').put(learner, 'learner');
      if (learner !== NOBODY) {
        const index = transaction.objectStore('events').index('learner');
        for (let row = await index.openCursor(NOBODY); row; row = await row.continue()) {
          await row.update({ ...row.value, learner });
        }
      }
      await transaction.done;
    },
    async load(learner) {
      const rows = await database.getAllFromIndex('events', 'learner', learner);
      return {
        pending: rows.filter((row) => row.pending).map((row) => row.event),
        log: rows.filter((row) => !row.pending).map((row) => row.event),
        cursor: Number((await database.get('meta', cursorOf(learner))) ?? 0),
      };
    },
    async add(learner, event) {
      const transaction = database.transaction('events', 'readwrite', { durability: 'strict' });
      await transaction.store.put({ learner, id: event.id, event, pending: true });
      await transaction.done;
    },
    async acknowledge(learner, ids) {
      const rows = await Promise.all(ids.map((id) => database.getFromIndex('events', 'own', [learner, id])));
      await settle(
        learner,
        rows.filter((row) => row !== undefined).map((row) => row.event),
      );
    },
    remember: settle,
  };
}
