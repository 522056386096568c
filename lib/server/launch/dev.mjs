/** `npm run dev`: the same server, with Next building pages as they are asked for. */
import { pathToFileURL } from 'node:url';
import { buildFonts, buildMonaco, buildRunner, buildServer } from './build-steps.mjs';
import { generateClient, migrate } from './database.mjs';
import { withBuildLock } from './lock.mjs';
import { applySettings, refuse } from './settings.mjs';

const databasePath = applySettings();
try {
  await withBuildLock(async () => {
    await generateClient();
    await buildServer();
    await buildMonaco();
    await buildRunner();
    await buildFonts();
  });
  await migrate(databasePath);
} catch (error) {
  refuse(error instanceof Error ? error.message : String(error));
}
process.env.NODE_ENV = 'development';
const { serve } = await import(pathToFileURL('.roundtrip/server.mjs').href);
await serve({ dev: true });
