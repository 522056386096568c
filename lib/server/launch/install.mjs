/**
 * Run before `npm start`, `npm run dev` and `npm test`: installs the packages if they are not those of the lock
 * file. Uses nothing but Node's own modules, since on a fresh clone there is nothing else.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const lockPath = join(root, 'package-lock.json');
/** What npm writes at the end of an install that went well: a lock file of what is really there. */
const installedPath = join(root, 'node_modules/.package-lock.json');
/** For which Node the native packages were built; goes when node_modules goes. */
const abiPath = join(root, 'node_modules/.roundtrip-abi');
const abi = process.versions.modules;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Roundtrip needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

if (!isInstalled()) {
  console.log('Installing packages…');
  // A registry mirror that lags behind may lack an optional package of another platform; `npm ci` gives up over
  // that, `npm install` does not.
  const status = npm('ci') === 0 ? 0 : npm('install', '--no-save', '--no-package-lock');
  if (status !== 0) process.exit(status);
} else if (existsSync(abiPath) && readFileSync(abiPath, 'utf8') !== abi) {
  console.log('Building native packages for this Node…');
  const status = npm('rebuild', 'better-sqlite3');
  if (status !== 0) process.exit(status);
}
writeFileSync(abiPath, abi);

/** Whether every package of the lock file is there in its version; those for other platforms need not be. */
function isInstalled() {
  if (!existsSync(installedPath)) return false;
  const wanted = JSON.parse(readFileSync(lockPath, 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedPath, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
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
