import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './settings.mjs';

const path = join(root, '.roundtrip/build.lock');

/**
 * Runs `work` while no other process builds here: two starts, or two test files, would write the same folders.
 * The lock of a process that is gone does not count.
 * @template T @param {() => Promise<T>} work @returns {Promise<T>}
 */
export async function withBuildLock(work) {
  mkdirSync(join(root, '.roundtrip'), { recursive: true });
  while (!tryLock()) await delay(200);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function tryLock() {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isHeld()) rmSync(path, { force: true });
    return false;
  }
}

function isHeld() {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    // Not written yet: its owner has just made it.
    if (pid > 0) process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
