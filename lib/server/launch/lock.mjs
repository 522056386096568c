import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './settings.mjs';

const folder = join(root, '.roundtrip');

/**
 * Runs `work` while no other process holds the lock `name`: two starts, or two test files, would write the same
 * folders. The lock of a process that is gone does not count. Uses nothing but Node's own modules, for install.mjs.
 * @template T @param {string} name @param {() => Promise<T>} work @returns {Promise<T>}
 */
export async function withLock(name, work) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.lock`);
  for (let waits = 0; !tryLock(path); waits++) {
    if (waits === 5) console.log(`Waiting for process ${ownerOf(path)}, which holds ${path}`);
    await delay(200);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** @template T @param {() => Promise<T>} work @returns {Promise<T>} */
export function withBuildLock(work) {
  return withLock('build', work);
}

/** @param {string} path */
function tryLock(path) {
  // Linked into place with its owner in it: nobody sees a lock that is not written yet.
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, path);
    return true;
  } catch {
    const owner = ownerOf(path);
    if (owner !== 0 && !isAlive(owner)) removeStale(path, owner);
    return false;
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Moved before it is removed: if it is another's by now, who was quicker, it goes back. */
function removeStale(path, owner) {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
    if (ownerOf(aside) !== owner) linkSync(aside, path);
  } catch {
    // Gone already, or taken again: the next try tells.
  } finally {
    rmSync(aside, { force: true });
  }
}

/** The process that holds the lock; 0 if there is none. */
function ownerOf(path) {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return 0;
  }
}

function isAlive(pid) {
  // In a container the process before us had the same number.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
