/** What was built from what: a hash of each step's sources, kept in `.roundtrip/stamps`. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './settings.mjs';

const folder = join(root, '.roundtrip/stamps');
const NOT_SOURCES =
  /\.(test|integration\.test|architecture\.test|content\.test)\.tsx?$|\.fixture\.ts$|\.md$|\/fixtures\//;

/**
 * Runs `work` unless it was run with these sources before. Contents are hashed, not times: a checkout or a copy
 * changes those.
 * @param {{ name: string; sources: string[]; outputs: string[]; work: () => void | Promise<void> }} step
 */
export async function ifStale({ name, sources, outputs, work }) {
  const stamp = join(folder, name);
  const wanted = hashOf(sources);
  const isFresh = outputs.every((path) => existsSync(join(root, path)));
  if (isFresh && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;
  rmSync(stamp, { force: true });
  await work();
  mkdirSync(folder, { recursive: true });
  writeFileSync(stamp, wanted);
  return true;
}

/** @param {string[]} paths files and folders; those that do not exist count as empty */
function hashOf(paths) {
  const hash = createHash('sha256').update(process.version);
  for (const path of paths.flatMap(filesOf).sort())
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

/** @param {string} path @returns {string[]} */
function filesOf(path) {
  const absolute = join(root, path);
  if (!existsSync(absolute) || NOT_SOURCES.test(path)) return [];
  if (!statSync(absolute).isDirectory()) return [path];
  return readdirSync(absolute).flatMap((name) => filesOf(`${path}/${name}`));
}
