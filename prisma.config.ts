import { PrismaBetterSQLite3 } from '@prisma/adapter-better-sqlite3';
import { defineConfig } from 'prisma/config';

/**
 * With `engine: 'js'` Prisma's commands go through the adapter and fetch no engine from another host. Prisma 6,
 * not 7, for the same reason: see docs/decisions/0004.
 */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  experimental: { adapter: true },
  engine: 'js',
  adapter: async () => new PrismaBetterSQLite3({ url: process.env.DATABASE_URL ?? 'file:data/roundtrip.db' }),
});
