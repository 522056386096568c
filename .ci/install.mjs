// @ts-check
/** Before `npm test`: installs as `npm start` does; on a bare Debian with what SQLite's binding is compiled with. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { installDebianPackages } from './debian.mjs';

const installer = join(import.meta.dirname, '../lib/server/launch/install.mjs');
const install = () =>
  spawnSync(process.execPath, [installer], { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;

// A prebuilt binding is fetched where its host can be reached; elsewhere it is compiled.
if (!install() && !(installDebianPackages(['g++', 'make', 'python3']) && install())) process.exit(1);
