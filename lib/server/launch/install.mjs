/**
 * Run before `npm start`, `npm run dev` and `npm test`: installs the packages if they are not those of the lock
 * file. Uses nothing but Node's own modules, since on a fresh clone there is nothing else.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { root } from './settings.mjs';

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

/** @type {NodeJS.Signals | undefined} what has ended npm: nothing more is tried then */
let stoppedBy;
process.exitCode = await withLock('install', install);

/** @returns {Promise<number>} exit code */
async function install() {
  let status = 0;
  if (!isInstalled()) {
    console.log('Installing packages…');
    // A registry mirror that lags behind may lack an optional package of another platform; `npm ci` gives up over
    // that, `npm install` does not.
    status = await npm('ci');
    if (status !== 0 && !stoppedBy) status = await npm('install', '--no-save', '--no-package-lock');
  } else if (existsSync(abiPath) && readFileSync(abiPath, 'utf8') !== abi) {
    console.log('Building native packages for this Node…');
    status = await npm('rebuild', 'better-sqlite3');
  }
  if (status === 0) writeFileSync(abiPath, abi);
  return status;
}

/** Whether every package of the lock file is there in its version; those for other platforms need not be. */
function isInstalled() {
  if (!existsSync(installedPath)) return false;
  const wanted = JSON.parse(readFileSync(lockPath, 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedPath, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
}

/**
 * Runs npm in a process group of its own. A signal to us goes to all of it, and we end when it has ended: npm left
 * behind would go on writing into node_modules under the next install.
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
function npm(...args) {
  const isWindows = process.platform === 'win32';
  const child = spawn('npm', args, {
    cwd: root,
    env: {
      ...process.env,
      // Prisma's packages would fetch native engines from their vendor's host; we use none of them (prisma.config.ts).
      PRISMA_ENGINES_MIRROR: 'http://127.0.0.1:9',
      PRISMA_SKIP_POSTINSTALL_GENERATE: '1',
      // From the folder that SQLite's binding is compiled in; a prebuilt one does not need it.
      CXXFLAGS: `-include ../../../lib/server/launch/object-wrap.h ${process.env.CXXFLAGS ?? ''}`,
      // `npm start` in production still builds, and building needs the development packages.
      NODE_ENV: 'development',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: isWindows,
    detached: !isWindows,
  });
  const forward = (/** @type {NodeJS.Signals} */ signal) => {
    stoppedBy = signal;
    if (isWindows || child.pid === undefined) child.kill(signal);
    else process.kill(-child.pid, signal);
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, forward);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once('close', (code) => {
      for (const signal of signals) process.off(signal, forward);
      resolve(stoppedBy ? 128 + constants.signals[stoppedBy] : (code ?? 1));
    });
  });
}
