/** `npm run build`: everything that is stale, and nothing served. `--client-only` stops at the Prisma client. */
import { buildAll } from './build-steps.mjs';
import { generateClient } from './database.mjs';
import { withBuildLock } from './lock.mjs';
import { applySettings, refuse } from './settings.mjs';

applySettings();
try {
  await withBuildLock(process.argv.includes('--client-only') ? generateClient : buildAll);
} catch (error) {
  refuse(error instanceof Error ? error.message : String(error));
}
