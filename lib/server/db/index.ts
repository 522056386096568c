import { Prisma, PrismaClient } from '@/.roundtrip/prisma/client';
import { environment } from '../environment';
import { DurableSqlite } from './durable-adapter';

/** What a service works with: it takes part in a transaction and does not open its own. */
export type Transaction = Prisma.TransactionClient;

type Held = { client: PrismaClient; close(): Promise<void> };
/**
 * Where the one client of this process is kept. On `globalThis` because Next loads a module once a route bundle
 * (and again at every change in development), and because the server closes it on the way out (launch/serve.ts).
 */
const KEY = Symbol.for('roundtrip.database');
const holder = globalThis as { [KEY]?: Held | undefined };

function database(): PrismaClient {
  const held = (holder[KEY] ??= open());
  return held.client;
}

function open(): Held {
  const client = new PrismaClient({
    adapter: new DurableSqlite(environment.databaseUrl),
    errorFormat: 'minimal',
  });
  return {
    client,
    async close() {
      holder[KEY] = undefined;
      await client.$disconnect();
    },
  };
}

/** Lets go of the database file; the next transaction opens it again. */
export async function closeDatabase(): Promise<void> {
  await holder[KEY]?.close();
}

const ATTEMPTS = 4;
/** Unique key taken meanwhile; write conflict; a lock not had in time. All pass when the work is done again. */
const PASSING = new Set(['P2002', 'P2034', 'P2028', 'P1008']);

/**
 * Runs `work` in one transaction, and again if another writer got in between. All queries go through here, reads
 * too: the SQLite adapter has one connection, on which a query outside a transaction would land inside a
 * stranger's, see what he has not committed, and go when he rolls back.
 */
export async function transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database().$transaction(work, { maxWait: 10_000, timeout: 10_000 });
    } catch (error) {
      const passing = error instanceof Prisma.PrismaClientKnownRequestError && PASSING.has(error.code);
      if (!passing || attempt === ATTEMPTS) throw error;
    }
  }
}
