import { PrismaBetterSQLite3 } from '@prisma/adapter-better-sqlite3';

/**
 * SQLite set so that what was answered for stays. WAL lets readers go on during a write, but with better-sqlite3's
 * default of `synchronous=NORMAL` a commit may be lost when the power fails; FULL waits for the disk at every
 * commit. A batch of events is one commit, so the price is one fsync a batch.
 */
const SETTINGS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
`;
/** How long a statement waits while another process (a backup, a migration) holds the file. */
const BUSY_TIMEOUT_MS = 5_000;

/** Prisma's adapter, with each of its connections made durable. */
export class DurableSqlite extends PrismaBetterSQLite3 {
  constructor(url: string) {
    super({ url, timeout: BUSY_TIMEOUT_MS });
  }

  override async connect() {
    const connection = await super.connect();
    await connection.executeScript(SETTINGS);
    return connection;
  }
}
