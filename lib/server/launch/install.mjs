/**
 * Run before `npm start`, `npm run dev` and `npm test`: installs the packages if they are not those of the lock
 * file. Uses nothing but Node's own modules, since on a fresh clone there is nothing else.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
// In node_modules, so that whoever deletes that folder deletes the stamp with it.
const stampPath = join(root, 'node_modules/.roundtrip-installed');

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Roundtrip needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .update(readFileSync(join(root, 'package.json')))
  // better-sqlite3 is compiled for one ABI.
  .update(process.versions.modules)
  .digest('hex');
const installed = existsSync(stampPath) ? readFileSync(stampPath, 'utf8') : '';

if (installed !== wanted) {
  console.log('Installing packages…');
  // A registry mirror that lags behind may lack an optional package of another platform; `npm ci` gives up over
  // that, `npm install` does not.
  const status = npm('ci') === 0 ? 0 : npm('install', '--no-save', '--no-package-lock');
  if (status !== 0) process.exit(status);
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(stampPath, wanted);
}

/** @param {string[]} args */
function npm(...args) {
  const env = {
    ...process.env,
    // Prisma's packages would fetch native engines from their vendor's host; we use none of them (prisma.config.ts).
    PRISMA_ENGINES_MIRROR: 'http://127.0.0.1:9',
    PRISMA_SKIP_POSTINSTALL_GENERATE: '1',
    // `npm start` in production still builds, and building needs the development packages.
    NODE_ENV: 'development',
  };
  const { status, error } = spawnSync('npm', args, {
    cwd: root,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) console.error(error.message);
  return status ?? 1;
}
