/**
 * Where things are, worked out once for every process that the launcher starts. `ROUNDTRIP_DATA` sets the data
 * folder (default `data`), `DATABASE_URL` another database file.
 */
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export const root = join(import.meta.dirname, '../../..');

/** Says what is wrong with the settings, and ends. @param {string} message @returns {never} */
export function refuse(message) {
  console.error(message);
  process.exit(1);
}

/** Fills in the environment, and answers with the database's path. */
export function applySettings() {
  process.chdir(root);
  const data = resolve(root, process.env.ROUNDTRIP_DATA || 'data');
  const url = process.env.DATABASE_URL || `file:${join(data, 'roundtrip.db')}`;
  if (!url.startsWith('file:')) {
    refuse(`DATABASE_URL must be "file:<path>" (SQLite); other databases are not supported yet.`);
  }
  // Prisma resolves a relative path against one folder, SQLite against another: make it absolute.
  const databasePath = resolve(root, url.slice('file:'.length));
  mkdirSync(data, { recursive: true });
  mkdirSync(dirname(databasePath), { recursive: true });
  Object.assign(process.env, {
    ROUNDTRIP_DATA: data,
    DATABASE_URL: `file:${databasePath}`,
    // Nothing of ours reports to anyone.
    NEXT_TELEMETRY_DISABLED: '1',
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  });
  return databasePath;
}
