// @ts-check
/** Installs what package-lock.json says, if node_modules holds something else. Node's own modules only. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installDebianPackages } from './debian.mjs';

const root = join(import.meta.dirname, '..');

/** @param {string} path @returns {Record<string, { version?: string, optional?: boolean }>} */
const packagesOf = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).packages;

function isInstalled() {
  try {
    // npm writes this file last, so that an interrupted install counts as none.
    const installed = packagesOf('node_modules/.package-lock.json');
    return Object.entries(packagesOf('package-lock.json')).every(([name, wanted]) => {
      const there = installed[name];
      return name === '' || (there ? there.version === wanted.version : wanted.optional === true);
    });
  } catch {
    return false;
  }
}

function install() {
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  const npm = process.env.npm_execpath;
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  return status === 0;
}

if (!isInstalled()) {
  console.log('installing packages');
  // SQLite's binding is compiled where its prebuilt file cannot be fetched.
  const done = install() || (installDebianPackages(['g++', 'make', 'python3']) && install());
  if (!done) process.exit(1);
}
