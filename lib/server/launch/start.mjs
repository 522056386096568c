/** `npm start`: prepares what is not ready, then serves, in this process so that signals reach the server. */
import { pathToFileURL } from 'node:url';
import { buildAll } from './build-steps.mjs';
import { migrate } from './database.mjs';
import { withBuildLock } from './lock.mjs';
import { applySettings, refuse } from './settings.mjs';

const databasePath = applySettings();
try {
  await withBuildLock(buildAll);
  await migrate(databasePath);
} catch (error) {
  refuse(error instanceof Error ? error.message : String(error));
}
process.env.NODE_ENV = 'production';
const { serve } = await import(pathToFileURL('.roundtrip/server.mjs').href);
await serve({ dev: false });
