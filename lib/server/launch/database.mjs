/** The database's client and tables, brought up to date before anything runs. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runNode } from './run.mjs';
import { root } from './settings.mjs';
import { ifStale } from './stamps.mjs';

const PRISMA = 'node_modules/prisma/build/index.js';

/** Writes the Prisma client to `.roundtrip/prisma` if the schema has changed. */
export async function generateClient() {
  await ifStale({
    name: 'prisma',
    sources: ['prisma/schema.prisma', 'node_modules/prisma/package.json'],
    outputs: ['.roundtrip/prisma/client.ts'],
    work: () => runNode(PRISMA, ['generate'], { quiet: true }),
  });
}

/**
 * Applies the migrations that the database does not have, with Prisma's own command. That takes two seconds even
 * when there is nothing to do, so its table is read first.
 * @param {string} databasePath
 */
export async function migrate(databasePath) {
  if (await isUpToDate(databasePath)) return;
  console.log(`Migrating ${databasePath}`);
  await runNode(PRISMA, ['migrate', 'deploy'], { quiet: true });
}

/** @param {string} databasePath */
async function isUpToDate(databasePath) {
  if (!existsSync(databasePath)) return false;
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(databasePath, { readonly: true });
  try {
    const applied = new Set(
      database
        .prepare(
          'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
        )
        .pluck()
        .all(),
    );
    return migrationNames().every((name) => applied.has(name));
  } catch {
    // No such table, or no database at all: Prisma's command says what is wrong.
    return false;
  } finally {
    database.close();
  }
}

function migrationNames() {
  const entries = readdirSync(join(root, 'prisma/migrations'), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}
